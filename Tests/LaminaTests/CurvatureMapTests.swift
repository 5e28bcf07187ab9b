import Fixtures
import Lamina
import Testing

/// H at the vertices of the surface of a mask, against that of the exact surface at the nearest point.
@Suite("Curvature at points") struct CurvatureMapTests {
  /// The area-weighted root mean square error of H, relative to that of H itself.
  private func error(_ solid: Solid) throws -> Double {
    var sum = SIMD2<Double>.zero
    for seed in 1...4 as ClosedRange<UInt64> {
      var phantom = Phantom(solid: solid)
      phantom.rotation = .random(seed: seed)
      phantom.shift = SIMD3(0.24, 0.17, 0.21) * Double(seed)
      var options = AnalysisOptions()
      options.inputIsLabels = true
      let object = try Analysis(of: phantom.mask.image(as: .uint8), options: options).objects[0]
      let curvature = object.measurements.surface.curvature
      for (vertex, position) in object.mesh.positions.enumerated() {
        let place = phantom.rotation.inverse.rotated(SIMD3<Double>(position) - phantom.center)
        let exact = solid.surfacePoint(nearest: place).meanCurvature
        let difference = curvature.mean[vertex] - exact
        sum += curvature.area[vertex] * SIMD2(difference * difference, exact * exact)
      }
    }
    return (sum.x / sum.y).squareRoot()
  }

  @Test(
    "spheres and a triaxial ellipsoid",
    arguments: [
      (Solid.sphere(radius: 8), 0.06), (.sphere(radius: 20), 0.05),
      (.ellipsoid(semiAxes: SIMD3(11.08, 8.31, 5.54)), 0.15),
    ])
  func map(solid: Solid, bound: Double) throws {
    let error = try error(solid)
    #expect(error < bound)
  }
}
