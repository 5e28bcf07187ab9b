import Fixtures
import MeshProcessing
import Morphometry
import Testing
import Volumes

@Suite("Shape of voxels") struct VoxelShapeTests {
  private func shape(
    of voxels: [SIMD3<Int>], spacing: SIMD3<Double> = .one
  ) throws -> VoxelShape {
    let labels = try LabelVolume(SIMD3(6, 6, 6), spacing: spacing) { x, y, z in
      voxels.contains(SIMD3(x, y, z)) ? 1 : 0
    }
    return VoxelShape(try #require(labels.objects().first), in: labels)
  }

  private func block(_ size: SIMD3<Int>, at corner: SIMD3<Int> = .zero) -> [SIMD3<Int>] {
    (0..<size.x * size.y * size.z).map {
      corner &+ SIMD3($0 % size.x, $0 / size.x % size.y, $0 / size.x / size.y)
    }
  }

  @Test("Euler numbers: for neighbours by corners, and by faces")
  func euler() throws {
    func expect(_ voxels: [SIMD3<Int>], _ byCorners: Int, _ byFaces: Int) throws {
      let configurations = try shape(of: voxels).configurations
      #expect(configurations.eulerNumber26 == byCorners)
      #expect(configurations.eulerNumber6 == byFaces)
    }
    try expect([SIMD3(0, 0, 0)], 1, 1)
    try expect(block(SIMD3(3, 2, 4)), 1, 1)
    // Touching at a corner, along an edge, at a face.
    try expect([SIMD3(1, 1, 1), SIMD3(2, 2, 2)], 1, 2)
    try expect([SIMD3(1, 1, 1), SIMD3(2, 2, 1)], 1, 2)
    try expect([SIMD3(1, 1, 1), SIMD3(2, 1, 1)], 1, 1)
    // A ring has a tunnel, a hollow block a cavity.
    try expect(block(SIMD3(3, 3, 1)).filter { $0 != SIMD3(1, 1, 0) }, 0, 0)
    try expect(block(SIMD3(3, 3, 3)).filter { $0 != SIMD3(1, 1, 1) }, 2, 2)
  }

  @Test("a block: faces, moments, boxes and diameter, in closed form")
  func blockMeasures() throws {
    let spacing = SIMD3(0.5, 0.7, 1.1)
    let shape = try shape(of: block(SIMD3(2, 3, 4), at: SIMD3(1, 2, 1)), spacing: spacing)
    #expect(shape.configurations.faces == SIMD3(24, 16, 12))
    #expect(abs(shape.faceArea - 2 * (1 * 2.1 + 1 * 4.4 + 2.1 * 4.4)) < 1e-12)
    let counts = SIMD3(2.0, 3, 4)
    let expected = (counts * counts - 1) / 12 * spacing * spacing
    let whole = shape.moments.withVoxelExtent(spacing).covariance.diagonal
    for axis in 0..<3 {
      #expect(abs(shape.moments.covariance.diagonal[axis] - expected[axis]) < 1e-12)
      let side = counts[axis] * spacing[axis]
      #expect(abs(whole[axis] - side * side / 12) < 1e-12)
      #expect(abs(shape.orientedBox[axis] - [4.4, 2.1, 1][axis]) < 1e-12)
    }
    #expect(abs(shape.moments.centroid.y - 3 * 0.7) < 1e-12)
    #expect(abs(shape.largestCenterDistance - (0.25 + 1.96 + 10.89).squareRoot()) < 1e-12)
  }

  @Test("discrete compactness: 0 for a row, 1 for a cube")
  func compactness() throws {
    #expect(abs(try shape(of: block(SIMD3(4, 4, 4))).discreteCompactness - 1) < 1e-12)
    // (n - (4 n + 2) / 6) / (n - n^(2/3)) for n = 5.
    let row = try shape(of: block(SIMD3(5, 1, 1))).discreteCompactness
    #expect(abs(row - (5 - 22.0 / 6) / (5 - 2.924017738212866)) < 1e-12)
  }

  /// An L in two layers lacks 2 x 2 voxels in each; of those the hull holds the innermost.
  @Test("convex voxels: a block is its own, and an L gets those within its hull")
  func convexVoxels() throws {
    func convex(_ voxels: [SIMD3<Int>]) throws -> ConvexVoxels {
      let labels = try LabelVolume(SIMD3(6, 6, 6), spacing: SIMD3(1, 1, 2)) { x, y, z in
        voxels.contains(SIMD3(x, y, z)) ? 1 : 0
      }
      return ConvexVoxels(try #require(labels.objects().first), in: labels)
    }
    let block = try convex(block(SIMD3(2, 3, 4), at: SIMD3(1, 2, 1)))
    #expect(block.count == 24)
    // Between the middles of the lowest and the highest faces: 1, 2 and 4 voxels apart.
    #expect(abs(block.largestDiameter - (1 + 4 + 64.0).squareRoot()) < 1e-12)
    let missing = self.block(SIMD3(2, 2, 2), at: SIMD3(2, 2, 1))
    let letter = try convex(
      self.block(SIMD3(4, 4, 2), at: SIMD3(0, 0, 1)).filter { !missing.contains($0) })
    #expect(letter.count == 24 + 2)
    #expect(try convex([SIMD3(2, 3, 4)]).count == 1)
  }
}
