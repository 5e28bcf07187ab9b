import Fixtures
import MeshProcessing
import Morphometry
import Phantoms
import Testing

@Suite("Moments and axes of solids") struct SolidMomentsTests {
  private func expectEqual(
    _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for axis in 0..<3 {
      #expect(abs(a[axis] - b[axis]) < tolerance, "\(a) \(b)", sourceLocation: sourceLocation)
    }
  }

  @Test("a box: side² / 12 along each axis, wherever it is")
  func box() {
    let mesh = TriangleMesh.box(SIMD3(2, 3, 5)).mapPositions { $0 + SIMD3(100, -50, 7) }
    let moments = mesh.solidMoments()
    #expect(abs(moments.volume - 30) < 1e-9)
    expectEqual(moments.centroid, SIMD3(101, -48.5, 9.5), 1e-9)
    expectEqual(moments.covariance.diagonal, SIMD3(4, 9, 25) / 12, 1e-9)
    expectEqual(moments.covariance.mixed, .zero, 1e-9)
    let sizes = EquivalentEllipsoid(moments.covariance).semiAxes
    expectEqual(sizes * sizes * 12 / 5, SIMD3(25, 9, 4), 1e-9)
  }

  /// (4 R² + 3 r²) / 8 across the axis and r² / 4 along it.
  @Test("a torus")
  func torus() {
    let torus = TriangleMesh.torus(majorRadius: 8, minorRadius: 3, around: 300, along: 150)
    let covariance = torus.solidMoments().covariance
    expectEqual(covariance.diagonal, SIMD3(35.375, 35.375, 2.25), 0.02)
  }

  @Test("an ellipsoid is its own, however it is turned")
  func ellipsoid() {
    let sphere = TriangleMesh.icosphere(radius: 1, subdivisions: 5)
    for seed in 1...5 as ClosedRange<UInt64> {
      let turn = Rotation.random(seed: seed)
      let mesh = sphere.mapPositions { turn.rotated($0 * SIMD3(4, 9, 6)) + SIMD3(30, 20, 10) }
      let moments = mesh.solidMoments()
      let ellipsoid = EquivalentEllipsoid(moments.covariance)
      expectEqual(ellipsoid.semiAxes, SIMD3(9, 6, 4), 0.01)
      #expect(abs(ellipsoid.volume / moments.volume - 1) < 2e-3)
      let longest = turn.rotated(SIMD3(0, 1, 0))
      #expect(abs((ellipsoid.axes[0] * longest).sum().magnitude - 1) < 1e-6)
      for axis in ellipsoid.axes { #expect(abs((axis * axis).sum() - 1) < 1e-12) }
      for axis in 0..<2 {
        let sizes = (0..<3).map { abs(ellipsoid.axes[axis][$0]) }
        let largest = sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0
        #expect(ellipsoid.axes[axis][largest] > 0)
      }
      let (a, b, c) = (ellipsoid.axes[0], ellipsoid.axes[1], ellipsoid.axes[2])
      let determinant =
        a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z)
        + a.z * (b.x * c.y - b.y * c.x)
      #expect(abs(determinant - 1) < 1e-12)
    }
  }

  @Test("eigenvalues and directions put the tensor together again")
  func eigensystem() {
    var random = SplitMix(seed: 3)
    for scale in [1.0, 1e-8, 1e9] {
      let tensor = SymmetricTensor(
        diagonal: scale
          * SIMD3(
            .random(in: -1...1, using: &random), .random(in: -1...1, using: &random),
            .random(in: -1...1, using: &random)),
        mixed: scale
          * SIMD3(
            .random(in: -1...1, using: &random), .random(in: -1...1, using: &random),
            .random(in: -1...1, using: &random)))
      let eigen = tensor.eigensystem()
      #expect(eigen.values.x >= eigen.values.y && eigen.values.y >= eigen.values.z)
      var (diagonal, mixed) = (SIMD3<Double>.zero, SIMD3<Double>.zero)
      for place in 0..<3 {
        let d = eigen.directions[place]
        diagonal += eigen.values[place] * d * d
        mixed += eigen.values[place] * SIMD3(d.y * d.z, d.x * d.z, d.x * d.y)
      }
      expectEqual(diagonal / scale, tensor.diagonal / scale, 1e-14)
      expectEqual(mixed / scale, tensor.mixed / scale, 1e-14)
    }
    let round = SymmetricTensor(diagonal: SIMD3(2, 2, 2)).eigensystem()
    #expect(round.values == SIMD3(2, 2, 2))
  }
}
