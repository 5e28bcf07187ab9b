import Fixtures
import Lamina
import Testing

/// Half a voxel too far and mirrored objects are the classic mistakes of this field.
@Suite("Where surfaces lie") struct PlaceTests {
  /// Three different axes, rotated, off the centre of an image with three different sides and slices apart,
  /// whose origin is not zero.
  private static var phantom: Phantom {
    var phantom = Phantom(solid: .ellipsoid(semiAxes: SIMD3(14, 9, 6)))
    phantom.rotation = Rotation(axis: SIMD3(2, 1, 3), degrees: 35)
    phantom.spacing = SIMD3(1, 0.8, 1.5)
    phantom.shift = SIMD3(0.3, 0.15, 0.4)
    phantom.blur = SIMD3(repeating: 1)
    return phantom
  }

  /// How far the ellipsoid reaches in a direction.
  private func reach(_ direction: SIMD3<Double>) -> Double {
    let phantom = Self.phantom
    let inBody = phantom.rotation.inverse.rotated(direction) * SIMD3(14, 9, 6)
    return (phantom.center * direction).sum() + (inBody * inBody).sum().squareRoot()
  }

  private func expectInPlace(
    _ mesh: TriangleMesh, within bound: Double, centroid centroidBound: Double, _ what: Comment
  ) {
    let offset = (mesh.centroid - Self.phantom.center) / Self.phantom.spacing
    for axis in 0..<3 { #expect(abs(offset[axis]) < centroidBound, what) }
    for direction in [
      SIMD3(1.0, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1), SIMD3(0.6, 0.8, 0), SIMD3(0.6, -0.8, 0),
      SIMD3(0, 0.6, 0.8), SIMD3(0, 0.6, -0.8), SIMD3(0.6, 0, 0.8), SIMD3(0.6, 0, -0.8),
    ] {
      let found = mesh.positions.map { (SIMD3<Double>($0) * direction).sum() }.max() ?? .nan
      #expect(abs(found - reach(direction)) < bound, what)
    }
  }

  /// A mask knows the centroid of its voxels only.
  @Test(
    "the centroid is the analytic one within 0.02 voxels on each axis, 0.05 from a mask, and no axis is mirrored"
  )
  func centroidAndAxes() throws {
    let phantom = Self.phantom
    guard case .float32(let field) = try phantom.image(as: .float32) else { return }
    expectInPlace(
      field.isosurface(at: Float(phantom.truth.halfLevel)), within: 0.4, centroid: 0.02,
      "isosurface")
    let labels = try field.mask(above: Float(phantom.truth.halfLevel)).connectedComponents()
    expectInPlace(
      labels.maskSurface(around: labels.objects()[0]), within: 1, centroid: 0.05, "staircase")
    expectInPlace(labels.surfaceNets().surface(of: 1), within: 1.5, centroid: 0.05, "nets")
    var options = AnalysisOptions()
    options.surface = .mask
    options.sigma = Length(0)
    options.threshold = .value(phantom.truth.halfLevel)
    let compensated = try Analysis(of: .float32(field), options: options).objects[0].mesh
    expectInPlace(compensated, within: 0.6, centroid: 0.05, "mask")
  }

  @Test("an origin moves every surface by itself")
  func origin() throws {
    guard case .float32(var field) = try Self.phantom.image(as: .float32) else { return }
    let level = Float(Self.phantom.truth.halfLevel)
    let before = field.isosurface(at: level).centroid
    let shift = SIMD3(-100.0, 20, 7)
    field.calibrate(
      spacing: field.grid.spacing, origin: field.grid.origin + shift, unit: .micrometre,
      source: .phantom)
    let moved = field.isosurface(at: level).centroid - before - shift
    #expect((moved * moved).sum().squareRoot() < 1e-4)
  }
}
