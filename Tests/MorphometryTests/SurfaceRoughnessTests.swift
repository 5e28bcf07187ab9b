import Fixtures
import MeshProcessing
import Morphometry
import Testing

@Suite("Roughness of a surface") struct SurfaceRoughnessTests {
  private func roughness(_ mesh: TriangleMesh) -> SurfaceRoughness? {
    SurfaceRoughness(mesh, MeshMeasurements(mesh, curvatureScale: 1))
  }

  /// A ball of radius 10 whose radius varies as the Legendre polynomial of the given degree.
  private func waves(degree: Int, amplitude: Double) -> TriangleMesh {
    TriangleMesh.icosphere(radius: 1, subdivisions: 5).mapPositions { p in
      var (previous, current) = (1.0, p.z)
      for l in 1..<degree {
        let next = (Double(2 * l + 1) * p.z * current - Double(l) * previous) / Double(l + 1)
        (previous, current) = (current, next)
      }
      return p * (10 + amplitude * current)
    }
  }

  @Test("a sphere and an ellipsoid have next to none")
  func smoothSolids() throws {
    let sphere = try #require(roughness(.icosphere(radius: 10, subdivisions: 5)))
    #expect(sphere.rootMeanSquare < 4e-3 && abs(sphere.areaExcess) < 1e-3)
    let ellipsoid = TriangleMesh.icosphere(radius: 1, subdivisions: 5).mapPositions {
      $0 * SIMD3(13, 10, 7.7)
    }
    let found = try #require(roughness(ellipsoid))
    #expect(abs(found.cutOff - 5) < 0.02)
    #expect(found.rootMeanSquare < 4e-3 && abs(found.areaExcess) < 1e-3)
  }

  @Test(
    "waves on a sphere: short ones count, long ones do not",
    arguments: [(13, 0.5991), (24, 0.9963), (40, 1)])
  func waves(degree: Int, share: Double) throws {
    let found = try #require(roughness(waves(degree: degree, amplitude: 0.2)))
    // The root mean square of the polynomial over a sphere is 1 / sqrt(2 l + 1).
    let expected = share * 0.2 / Double(2 * degree + 1).squareRoot()
    #expect(abs(found.rootMeanSquare / expected - 1) < 0.05)
    #expect(found.arithmeticMean < found.rootMeanSquare)
    #expect(found.maximumHeight > 2 * found.rootMeanSquare)
    let long = try #require(roughness(waves(degree: 6, amplitude: 0.2)))
    #expect(long.rootMeanSquare < 0.1 * 0.2 / 13.0.squareRoot())
  }

  @Test("waves of height a and number l: half of a² l (l + 1) of area, divided by R²")
  func area() throws {
    let found = try #require(roughness(waves(degree: 24, amplitude: 0.1)))
    // The mean square of the slope is l (l + 1) / R² times that of the height, and half of it is area.
    let exact = 0.5 * 24 * 25 / 100 * 0.1 * 0.1 / 49
    #expect(abs(found.areaExcess / exact - 1) < 0.1)
  }

  @Test("twice as large, twice as rough; twice the amplitude, too")
  func scaling() throws {
    let small = try #require(roughness(waves(degree: 24, amplitude: 0.1)))
    let large = try #require(
      roughness(waves(degree: 24, amplitude: 0.1).mapPositions { 2 * $0 }))
    let rough = try #require(roughness(waves(degree: 24, amplitude: 0.2)))
    #expect(abs(large.rootMeanSquare / small.rootMeanSquare - 2) < 1e-3)
    #expect(abs(large.areaExcess / small.areaExcess - 1) < 0.01)
    #expect(abs(rough.rootMeanSquare / small.rootMeanSquare - 2) < 0.05)
  }

  @Test("nothing is said of a mesh that is open, inside out or too coarse")
  func undefined() {
    let sphere = TriangleMesh.icosphere(radius: 10, subdivisions: 4)
    let open = TriangleMesh(
      positions: sphere.positions, triangles: Array(sphere.triangles.dropLast()))
    #expect(roughness(sphere) != nil)
    #expect(roughness(open) == nil && roughness(sphere.flipped()) == nil)
    #expect(roughness(.icosphere(radius: 10, subdivisions: 1)) == nil)
    #expect(roughness(.box(.one)) == nil)
  }
}
