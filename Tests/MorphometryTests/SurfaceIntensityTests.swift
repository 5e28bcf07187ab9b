import Fixtures
import MeshProcessing
import Morphometry
import Testing
import Volumes

@Suite("Grey values on a surface") struct SurfaceIntensityTests {
  /// An image whose voxels have a value by their place in the world.
  private func image(
    spacing: SIMD3<Double>, _ value: (SIMD3<Double>) -> Double
  ) throws -> Image {
    let size: SIMD3<Int> = SIMD3(
      Int(40 / spacing.x) + 1, Int(40 / spacing.y) + 1, Int(40 / spacing.z) + 1)
    return Image(
      try Volume<Float>(size, spacing: spacing) { x, y, z in
        Float(value(SIMD3(Double(x), Double(y), Double(z)) * spacing))
      })
  }

  private let sphere = TriangleMesh.icosphere(
    radius: 10, subdivisions: 5, center: SIMD3(20, 20, 20))

  @Test("a ramp: its value at the centre, and the spread of a sphere, R / sqrt(3) times the slope")
  func ramp() throws {
    let image = try image(spacing: SIMD3(1, 0.5, 2)) { 100 + 3 * $0.x - 2 * $0.z }
    let found = SurfaceIntensity(sphere, in: image)
    #expect(abs(found.mean - 120) < 0.05)
    #expect(abs(found.standardDeviation / (10 * (13.0 / 3).squareRoot()) - 1) < 0.002)
    #expect(abs(found.contrast) < 0.05)
  }

  @Test("a cone around the centre: its contrast is two voxels of its slope")
  func cone() throws {
    let image = try image(spacing: .one) { place in
      let away = place - SIMD3(20, 20, 20)
      return 500 - 7 * (away * away).sum().squareRoot()
    }
    let found = SurfaceIntensity(sphere, in: image)
    #expect(abs(found.mean - 430) < 1)
    #expect(found.standardDeviation < 1)
    #expect(abs(found.contrast / 14 - 1) < 0.01)
    // The same surface seen from inside.
    #expect(abs(SurfaceIntensity(sphere.flipped(), in: image).contrast + found.contrast) < 1e-9)
  }

  @Test("parts count by their area, not by their vertices")
  func weights() throws {
    let image = try image(spacing: .one) { $0.x < 20 ? 0 : 100 }
    let (left, right) = (
      TriangleMesh.icosphere(radius: 3, subdivisions: 5, center: SIMD3(10, 20, 20)),
      TriangleMesh.icosphere(radius: 6, subdivisions: 3, center: SIMD3(30, 20, 20))
    )
    let found = SurfaceIntensity(left.joined(with: right), in: image)
    #expect(abs(found.mean - 80) < 0.5)
    #expect(abs(found.standardDeviation - 40) < 0.5)
  }

  @Test("beyond the image are the values of its border; without a surface there are none")
  func beyond() throws {
    let image = try image(spacing: .one) { _ in 7 }
    let far = TriangleMesh.icosphere(radius: 30, subdivisions: 3, center: SIMD3(20, 20, 20))
    #expect(abs(SurfaceIntensity(far, in: image).mean - 7) < 1e-9)
    #expect(SurfaceIntensity(TriangleMesh(), in: image).mean.isNaN)
  }
}
