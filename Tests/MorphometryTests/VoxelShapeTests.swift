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

  @Test("mean breadth: the diameter of a ball; of one voxel what the planes through it make")
  func meanBreadth() throws {
    for (radius, tolerance) in [(8.3, 0.02), (20.2, 0.01)] {
      let side = Int(2 * radius) + 6
      let center = SIMD3<Double>(repeating: Double(side) / 2) + SIMD3(0.1, 0.23, 0.37)
      for spacing in [SIMD3<Double>.one, SIMD3(1, 1, 0.5)] {
        let labels = try LabelVolume(SIMD3(side, side, 2 * side), spacing: spacing) { x, y, z in
          let way = SIMD3(Double(x), Double(y), Double(z)) * spacing - center
          return (way * way).sum() <= radius * radius ? 1 : 0
        }
        let shape = VoxelShape(try #require(labels.objects().first), in: labels)
        #expect(abs(shape.meanBreadth / (2 * radius) - 1) < tolerance, "\(shape.meanBreadth)")
      }
    }
    // One voxel: one plane of each kind, each as thick as the planes lie apart: 1, 1 / sqrt 2, 1 / sqrt 3.
    let (axis, face, body) = (2 * 0.04577789120476, 2 * 0.03698062787608, 2 * 0.03519563978232)
    let single = 3 * axis + 6 * face / 2.0.squareRoot() + 4 * body / 3.0.squareRoot()
    #expect(abs(try shape(of: [SIMD3(2, 2, 2)]).meanBreadth - single) < 1e-9)
  }

  @Test("Lindblad's weights of a box: faces, edges and corners")
  func lindbladBox() throws {
    let area = try #require(shape(of: block(SIMD3(2, 3, 4), at: .one)).lindbladArea)
    let (corners, edges, faces) = (8, 4 * (1 + 2 + 3), 2 * (2 + 3 + 6))
    #expect(
      abs(area - (0.636 * Double(corners) + 0.669 * Double(edges) + 0.927 * Double(faces))) < 1e-9)
    let single = try #require(shape(of: [SIMD3(2, 2, 2)], spacing: SIMD3(2, 2, 2)).lindbladArea)
    #expect(abs(single - 4 * 8 * 0.636) < 1e-9)
    #expect(try shape(of: [SIMD3(2, 2, 2)], spacing: SIMD3(1, 1, 3)).lindbladArea == nil)
  }

  @Test("Lindblad's weights of a cavity are those of the solid in its place")
  func lindbladComplement() throws {
    let hole = [SIMD3(2, 2, 2), SIMD3(3, 2, 2), SIMD3(3, 3, 2), SIMD3(3, 3, 3), SIMD3(2, 3, 3)]
    let whole = block(SIMD3(6, 6, 6))
    let solid = try #require(shape(of: whole).lindbladArea)
    let hollow = try #require(shape(of: whole.filter { !hole.contains($0) }).lindbladArea)
    let inner = try #require(shape(of: hole).lindbladArea)
    #expect(abs(hollow - solid - inner) < 1e-9)
  }

  @Test(
    "Lindblad's area of digitised spheres", arguments: [(8.0, 30, 0.3, 2.5), (40.0, 4, 0.1, 0.3)])
  func lindbladSpheres(radius: Double, count: Int, bias: Double, worst: Double) throws {
    let exact = 4 * Double.pi * radius * radius
    var sum = 0.0
    for index in 0..<count {
      let shift =
        Double(index) * SIMD3(0.819_172_513, 0.671_043_607, 0.549_700_478)
      let half = Int(radius) + 2
      let labels = try LabelVolume(SIMD3(repeating: 2 * half + 2)) { x, y, z in
        let place =
          SIMD3<Double>(SIMD3(x - half, y - half, z - half)) - (shift - shift.rounded(.down))
        return (place * place).sum() <= radius * radius ? 1 : 0
      }
      let area = try #require(VoxelShape(labels.objects()[0], in: labels).lindbladArea)
      #expect(abs(100 * (area / exact - 1)) < worst)
      sum += 100 * (area / exact - 1)
    }
    #expect(abs(sum / Double(count)) < bias)
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
