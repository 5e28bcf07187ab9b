import Fixtures
import MeshProcessing
import Reconstruction
import Testing
import Volumes

@Suite struct MarchingCubesTests {
  private func expectSolid(_ mesh: TriangleMesh, _ what: Comment) {
    let topology = mesh.topology()
    #expect(topology.boundaryEdgeCount == 0, what)
    #expect(topology.nonManifoldEdgeCount == 0, what)
    #expect(topology.inconsistentEdgeCount == 0, what)
    #expect(topology.nonManifoldVertexCount == 0, what)
    #expect(mesh.isEmpty || mesh.signedVolume > 0, what)
    #expect(Set(mesh.positions).count == mesh.positions.count, what)
    #expect(mesh.triangles.allSatisfy { mesh.normalVector(of: $0) != .zero }, what)
  }

  private func volume(_ size: SIMD3<Int>, spacing: SIMD3<Double> = .one, _ values: [Float]) throws
    -> Volume<Float>
  {
    try Volume(grid: Grid(size: size, spacing: spacing), voxels: values)
  }

  @Test func everyCubeIsClosed() throws {
    for inside in 1..<256 {
      let cube = try volume(SIMD3(2, 2, 2), (0..<8).map { Float(inside >> $0 & 1) })
      expectSolid(cube.isosurface(at: 0.5), "inside corners \(inside)")
    }
  }

  /// Whether the inside corners of an ambiguous face are joined depends on their values: each of the six
  /// faces one way or the other, in all combinations that values can make.
  @Test func everyCombinationOfAmbiguousFacesIsClosed() throws {
    let magnitudes: [Float] = [1, 3, 9]
    let corners = [0, 3, 5, 6]
    for code in 0..<6561 {
      var rest = code
      let values = (0..<8).map { corner in
        defer { rest /= 3 }
        return corners.contains(corner) ? magnitudes[rest % 3] : -magnitudes[rest % 3]
      }
      let cube = try volume(SIMD3(2, 2, 2), values)
      expectSolid(cube.isosurface(at: 0), "values \(values)")
    }
  }

  /// Slices far apart have further slices between them.
  @Test(arguments: [1.0, 3]) func randomVolumesWithTiesAreClosedManifolds(spacingZ: Double) throws {
    var random = SplitMix(seed: 7)
    for round in 0..<LongRuns.count(short: 3000, long: 20_000) {
      let size = SIMD3<Int>.random(in: 1...6, using: &random)
      let values = (0..<size.x * size.y * size.z).map { _ in
        Float(Int.random(in: 0...4, using: &random))
      }
      let field = try volume(size, spacing: SIMD3(1, 1, spacingZ), values)
      expectSolid(field.isosurface(at: Float(round % 4)), "round \(round)")
    }
  }

  @Test func bytesDoNotDependOnThreads() throws {
    var random = SplitMix(seed: 3)
    let size = SIMD3(70, 90, 200)
    let values = (0..<size.x * size.y * size.z).map { _ in Float.random(in: 0...1, using: &random) }
    let field = try volume(size, values)
    let one = Parallel.$threads.withValue(1) { field.isosurface(at: 0.8) }
    let three = Parallel.$threads.withValue(3) { field.isosurface(at: 0.8) }
    #expect(one == three)
  }
}

/// Between voxels the field is trilinear, and the surface has the topology of its level set.
@Suite struct TrilinearTopologyTests {
  /// A sample of the level set on a lattice so fine that nothing is lost is another way to its Euler
  /// number, which knows nothing of cubes and loops.
  @Test(arguments: [1, 3]) func eulerNumberIsThatOfTheTrilinearField(largestValue: Int) throws {
    var random = SplitMix(seed: 11)
    let rounds = LongRuns.count(short: 400, long: 20_000)
    var undecided = 0
    for round in 0..<rounds {
      let inner = SIMD3<Int>.random(in: 2...4, using: &random)
      let field = try TrilinearField(inner: inner) {
        Float(Int.random(in: -largestValue...largestValue, using: &random))
      }
      let mesh = field.volume.isosurface(at: 0)
      guard let sampled = field.eulerNumber(expected: mesh.topology().eulerNumber) else {
        undecided += 1
        continue
      }
      #expect(mesh.topology().eulerNumber == sampled, "round \(round), \(inner)")
    }
    #expect(undecided <= rounds / 1000, "\(undecided) of \(rounds) are finer than the samples")
  }

  /// All sets of inside corners with small and large values: every case of marching cubes 33 and its
  /// subcases, with and without a tunnel.
  @Test func everyCaseHasTheTopologyOfTheTrilinearField() throws {
    var random = SplitMix(seed: 13)
    for inside in 1..<256 {
      for round in 0..<LongRuns.count(short: 8, long: 256) {
        let large = LongRuns.count(short: Int.random(in: 0..<256, using: &random), long: round)
        let values = (0..<8).map { corner in
          Float((inside >> corner & 1 == 1 ? 1 : -1) * (large >> corner & 1 == 1 ? 5 : 1))
        }
        let field = try TrilinearField(inner: SIMD3(2, 2, 2), values)
        let found = field.volume.isosurface(at: 0).topology().eulerNumber
        #expect(found == field.eulerNumber(expected: found), "values \(values)")
      }
    }
  }

  /// Two opposite corners of a cube that the field joins through its middle, and two that it does not:
  /// the least case of a tunnel.
  @Test(arguments: [(Float(10), 1, 2), (0.2, 2, 4)])
  func oppositeCornersAreJoinedWhereTheFieldJoinsThem(
    height: Float, components: Int, eulerNumber: Int
  ) throws {
    var values = [Float](repeating: -1, count: 64)
    let (low, high) = (1 + 4 + 16, 2 + 8 + 32)
    values[low] = height
    values[high] = height
    let mesh = try Volume<Float>(grid: Grid(size: SIMD3(4, 4, 4)), voxels: values).isosurface(at: 0)
    #expect(mesh.topology().componentCount == components)
    #expect(mesh.topology().eulerNumber == eulerNumber)
  }

  /// Every tunnel lies on the level set where its hexagon is.
  @Test func tunnelsLieOnTheLevelSet() throws {
    var values = [Float](repeating: -1, count: 8)
    (values[0], values[7]) = (10, 7)
    let field = try TrilinearField(inner: SIMD3(2, 2, 2), values)
    let mesh = field.volume.isosurface(at: 0)
    let inner = mesh.positions.filter { position in
      (0..<3).allSatisfy { position[$0] != position[$0].rounded() }
    }
    #expect(inner.count == 6)
    for position in inner { #expect(abs(field.value(at: SIMD3<Double>(position))) < 1e-5) }
  }
}

/// A volume with a layer far below 0 around it, and what it is between its voxels.
private struct TrilinearField {
  let volume: Volume<Float>

  init(inner: SIMD3<Int>, _ value: () -> Float) throws {
    try self.init(inner: inner, (0..<inner.x * inner.y * inner.z).map { _ in value() })
  }

  init(inner: SIMD3<Int>, _ values: [Float]) throws {
    let size = inner &+ 2
    var voxels = [Float](repeating: -1.5, count: size.x * size.y * size.z)
    for (i, value) in values.enumerated() {
      let (x, y, z) = (i % inner.x, i / inner.x % inner.y, i / inner.x / inner.y)
      voxels[((z + 1) * size.y + y + 1) * size.x + x + 1] = value
    }
    volume = try Volume(grid: Grid(size: size), voxels: voxels)
  }

  func value(at place: SIMD3<Double>) -> Double {
    let low = SIMD3<Int>(place)
    let part = place - SIMD3<Double>(low)
    var sum = 0.0
    for corner in 0..<8 {
      let step = SIMD3(corner & 1, corner >> 1 & 1, corner >> 2 & 1)
      let near = SIMD3<Double>(step) * part + (1 - SIMD3<Double>(step)) * (1 - part)
      let voxel = low &+ step
      // A corner of no weight may lie beyond the volume.
      guard near.x * near.y * near.z > 0 else { continue }
      sum += near.x * near.y * near.z * Double(volume[voxel.x, voxel.y, voxel.z])
    }
    return sum
  }

  /// Twice that of what is inside, counted on finer and finer samples until it is the expected one, or
  /// stays the same; `nil` where it does neither. A sample too coarse loses thin bridges and gaps.
  func eulerNumber(expected: Int) -> Int? {
    var last: Int?
    for steps in [6, 12, 24, 48, 96] {
      let found = 2 * sampledEulerNumber(steps: steps)
      if found == expected || (steps > 24 && found == last) { return found }
      last = found
    }
    return nil
  }

  private func sampledEulerNumber(steps: Int) -> Int {
    let size = (volume.grid.size &- 1) &* steps &+ 1
    let inside = sampled(steps: steps, size)
    // Points, minus pairs of neighbours, plus squares, minus cubes. The outermost layer is outside, so
    // that none of these reaches over the end of a row.
    var sum = 0
    let (dy, dz) = (size.x, size.x * size.y)
    for i in inside.indices where inside[i] {
      let (x, y, z) = (inside[i + 1], inside[i + dy], inside[i + dz])
      let xy = x && y && inside[i + dy + 1]
      let xz = x && z && inside[i + dz + 1]
      let yz = y && z && inside[i + dz + dy]
      sum += 1 - (x ? 1 : 0) - (y ? 1 : 0) - (z ? 1 : 0)
      sum += (xy ? 1 : 0) + (xz ? 1 : 0) + (yz ? 1 : 0)
      sum -= xy && xz && yz && inside[i + dz + dy + 1] ? 1 : 0
    }
    return sum
  }

  /// Whether the field is above 0 on a lattice of so many steps from voxel to voxel.
  private func sampled(steps: Int, _ size: SIMD3<Int>) -> [Bool] {
    var inside = [Bool](repeating: false, count: size.x * size.y * size.z)
    for z in 0..<size.z {
      for y in 0..<size.y {
        // Along x the field is linear from voxel to voxel. Weights are whole numbers, so that whole
        // values have exact sums.
        let row = (0..<volume.grid.size.x).map { value(atColumn: $0, y, z, steps: steps) }
        let start = (z * size.y + y) * size.x
        for x in 0..<size.x - 1 {
          let (voxel, step) = x.quotientAndRemainder(dividingBy: steps)
          inside[start + x] =
            row[voxel] * Double(steps - step) + row[voxel + 1] * Double(step) > 0
        }
      }
    }
    return inside
  }

  /// The value between four voxels with the same x, times the square of the steps.
  private func value(atColumn x: Int, _ y: Int, _ z: Int, steps: Int) -> Double {
    var sum = 0.0
    let (row, stepY) = y.quotientAndRemainder(dividingBy: steps)
    let (slice, stepZ) = z.quotientAndRemainder(dividingBy: steps)
    for (y, weightY) in [(row, steps - stepY), (row + 1, stepY)] where weightY > 0 {
      for (z, weightZ) in [(slice, steps - stepZ), (slice + 1, stepZ)] where weightZ > 0 {
        sum += Double(weightY * weightZ) * Double(volume[x, y, z])
      }
    }
    return sum
  }
}
