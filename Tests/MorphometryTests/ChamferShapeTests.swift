import Fixtures
import Morphometry
import Testing
import Volumes

@Suite("MorphoLibJ's distances") struct ChamferShapeTests {
  private func shape(
    side: Double = 1, size: Int = 30, _ isInside: (SIMD3<Int>) -> Bool
  ) throws -> ChamferShape {
    let labels = try LabelVolume(
      SIMD3(repeating: size), spacing: SIMD3(repeating: side)
    ) { x, y, z in isInside(SIMD3(x, y, z)) ? 3 : 0 }
    return ChamferShape(try #require(labels.objects().first), in: labels)
  }

  private func isIn(_ lower: SIMD3<Int>, _ upper: SIMD3<Int>, _ place: SIMD3<Int>) -> Bool {
    all(place .>= lower) && all(place .<= upper)
  }

  /// Values of MorphoLibJ 1.6.6-SNAPSHOT (Tests/Reference/MorphoLibJDistances.java).
  private func expect(
    _ shape: ChamferShape, way: Double, feret: Double, ball: Double, at center: SIMD3<Int>
  ) {
    #expect(abs(shape.geodesicDiameter - way) < 1e-8)
    #expect(abs(shape.largestCornerDistance - feret) < 1e-8)
    #expect(abs(shape.inscribedRadius - ball) < 1e-6)
    #expect(shape.deepestVoxel == center)
  }

  @Test("a cube, a ball, a voxel, a shell and a slab that the image cuts")
  func solids() throws {
    expect(
      try shape { isIn(SIMD3(1, 1, 1), SIMD3(9, 9, 9), $0) },
      way: 15.065384141, feret: 15.588457268, ball: 5, at: SIMD3(5, 5, 5))
    expect(
      try shape {
        let way = $0 &- SIMD3(10, 11, 12)
        return (way &* way).wrappedSum() <= 70
      }, way: 19.065384141, feret: 18.41195264, ball: 8, at: SIMD3(10, 11, 12))
    expect(
      try shape { $0 == SIMD3(4, 5, 6) },
      way: 1.732050808, feret: 1.732050808, ball: 1, at: SIMD3(4, 5, 6))
    expect(
      try shape {
        let way = $0 &- 14
        return (60...150).contains((way &* way).wrappedSum())
      }, way: 31.065384141, feret: 26.134268691, ball: 3, at: SIMD3(14, 14, 4))
    expect(
      try shape { abs(3 * $0.x + 2 * $0.y + $0.z - 90) <= 14 },
      way: 50.065384141, feret: 51.961524227, ball: 17.0 / 3, at: SIMD3(29, 0, 5))
  }

  /// MorphoLibJ tells the radius and the Feret diameter in units, the geodesic diameter in voxels.
  @Test("along x, then y, then z, and back along x, in voxels of half a unit")
  func snake() throws {
    let found = try shape(side: 0.5) {
      isIn(SIMD3(2, 3, 3), SIMD3(26, 5, 4), $0) || isIn(SIMD3(24, 3, 3), SIMD3(26, 25, 4), $0)
        || isIn(SIMD3(24, 22, 3), SIMD3(26, 25, 27), $0)
        || isIn(SIMD3(5, 22, 25), SIMD3(26, 25, 27), $0)
    }
    expect(found, way: 80.065384141, feret: 21.089096709, ball: 2, at: SIMD3(25, 23, 4))
  }

  @Test("what does not hang together has no way; what fills the image no outside")
  func undefined() throws {
    let parts = try shape { $0 == SIMD3(4, 5, 6) || $0 == SIMD3(4, 9, 6) }
    #expect(parts.geodesicDiameter.isNaN && parts.inscribedRadius == 1)
    let full = try shape(size: 5) { _ in true }
    #expect(full.geodesicDiameter.isNaN && full.inscribedRadius.isNaN && full.deepestVoxel == nil)
    let slices = try LabelVolume(SIMD3(9, 9, 9), spacing: SIMD3(1, 1, 3)) { x, y, z in
      isIn(SIMD3(2, 2, 2), SIMD3(6, 6, 6), SIMD3(x, y, z)) ? 1 : 0
    }
    let flat = ChamferShape(try #require(slices.objects().first), in: slices)
    #expect(flat.geodesicDiameter.isNaN && flat.inscribedRadius == 3)
  }
}
