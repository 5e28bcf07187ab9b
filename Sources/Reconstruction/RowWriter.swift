internal import MeshProcessing
internal import Volumes

/// The memory that the rows of a surface are written to, each to its own part.
struct SurfaceMemory: Sendable {
  let positions: DisjointWrites<SIMD3<Float>>
  let isOnLevelSet: DisjointWrites<Bool>
  let triangles: DisjointWrites<Triangle>
}

/// Writes the vertices and triangles of the rows of a lattice.
struct RowWriter: ~Escapable {
  private let heights: LatticeHeights
  private let inside: InsideBits
  private let words: Span<UInt64>
  private let places: Span<RowPlace>
  private let memory: SurfaceMemory
  private let table = MarchingCubesTable.shared
  /// World position of the first point of the lattice, and the distance between neighbours.
  private let origin: SIMD3<Double>
  private let spacing: SIMD3<Double>

  @_lifetime(borrow territory, borrow inside, borrow places)
  init(
    _ territory: borrowing Territory, _ inside: borrowing InsideBits,
    _ places: borrowing RowPlaces, to memory: SurfaceMemory
  ) {
    heights = territory.heights
    self.inside = copy inside
    words = inside.words.span
    self.places = places.places.span
    self.memory = memory
    origin = territory.grid.world(SIMD3<Double>(territory.lower))
    spacing = territory.grid.spacing / SIMD3(1, 1, Double(territory.stepsPerSlice))
  }

  func write(_ y: Int, _ z: Int) {
    writeVertices(y, z)
    if y + 1 < inside.size.y, z + 1 < inside.size.z { writeTriangles(y, z) }
  }

  private func place(_ y: Int, _ z: Int) -> RowPlace { places[z * inside.size.y + y] }

  private func writeVertices(_ y: Int, _ z: Int) {
    var next = place(y, z)
    for word in 0..<inside.wordsPerRow {
      let edges = inside.crossedEdges(words, y, z, word: word)
      writeVertices(edges.x, axis: 0, SIMD3(64 * word, y, z), from: &next.x)
      writeVertices(edges.y, axis: 1, SIMD3(64 * word, y, z), from: &next.y)
      writeVertices(edges.z, axis: 2, SIMD3(64 * word, y, z), from: &next.z)
    }
  }

  /// Writes the vertices on the crossed ones of 64 edges along one axis.
  @inline(__always)
  private func writeVertices(
    _ crossed: UInt64, axis: Int, _ start: SIMD3<Int>, from vertex: inout UInt32
  ) {
    var bits = crossed
    while bits != 0 {
      let x = start.x + bits.trailingZeroBitCount
      bits &= bits - 1
      var point = SIMD3(Double(x), Double(start.y), Double(start.z))
      let far = heights[
        x + (axis == 0 ? 1 : 0), start.y + (axis == 1 ? 1 : 0), start.z + (axis == 2 ? 1 : 0)]
      let crossing = EdgeCrossing(heights[x, start.y, start.z], far)
      point[axis] += crossing.fraction
      write(point, crossing.isOnLevelSet, as: vertex)
      vertex += 1
    }
  }

  /// Writes a vertex at a point of the lattice, which may lie between its points.
  @inline(__always)
  private func write(_ point: SIMD3<Double>, _ isOnLevelSet: Bool, as vertex: UInt32) {
    let position = SIMD3<Float>(origin + point * spacing)
    // SAFETY: every vertex belongs to one row, and the rows were counted.
    unsafe memory.positions.base[Int(vertex)] = position
    unsafe memory.isOnLevelSet.base[Int(vertex)] = isOnLevelSet
  }

  /// Writes the triangles of the cubes from row (y, z) to row (y + 1, z + 1).
  private func writeTriangles(_ y: Int, _ z: Int) {
    var vertices = CubeVertices(
      place(y, z), place(y + 1, z), place(y, z + 1), place(y + 1, z + 1))
    var next = place(y, z)
    var cubes = CrossedCubes(inside, y, z)
    while let (x, corners) = cubes.next(words) {
      vertices.enter(cubeWith: corners)
      let only = table.onlyTriangles[corners]
      if only.isEmpty {
        writeCrossing(of: SIMD3(x, y, z), inside: corners, from: &next, &vertices)
      } else {
        write(only, vertices, from: &next.triangles)
      }
    }
  }

  /// Writes the vertices inside of a cube and its triangles.
  @inline(never)
  private func writeCrossing(
    of cube: SIMD3<Int>, inside: Int, from next: inout RowPlace, _ vertices: inout CubeVertices
  ) {
    let values = heights.corners(cube.x, cube.y, cube.z)
    let crossing = CubeCrossing(values: values, inside: inside, table: table)
    if let fan = crossing.fan(table) {
      let ends = fan.map { EdgeCrossing.ofCube(edge: Int($0), values) }
      let middle = ends.reduce(SIMD3<Double>.zero) { $0 + $1.position } / Double(ends.count)
      let isOnLevelSet = ends.allSatisfy { $0.crossing.isOnLevelSet }
      write(SIMD3<Double>(cube) + middle, isOnLevelSet, as: next.inner)
      vertices[MarchingCubesTable.innerVertex] = next.inner
      next.inner += 1
    }
    for polygon in crossing.polygons(table) {
      write(table.loops[polygon].triangles, vertices, from: &next.triangles)
    }
    guard let tunnel = crossing.tunnel else { return }
    for index in 0..<Tunnel.ringCount {
      write(SIMD3<Double>(cube) + tunnel.ring[index], true, as: next.inner)
      vertices[Tunnel.firstRingVertex + UInt8(index)] = next.inner
      next.inner += 1
    }
    for corners in tunnel.triangles(values, table) {
      write(corners, vertices, from: &next.triangles)
    }
  }

  @inline(__always)
  private func write(_ range: Range<Int32>, _ vertices: CubeVertices, from triangle: inout Int) {
    for index in range { write(table.triangles[Int(index)], vertices, from: &triangle) }
  }

  @inline(__always)
  private func write(
    _ corners: MarchingCubesTable.Triangle, _ vertices: CubeVertices, from triangle: inout Int
  ) {
    // SAFETY: every triangle belongs to one row, and the rows were counted.
    unsafe memory.triangles.base[triangle] = Triangle(
      vertices[corners.a], vertices[corners.b], vertices[corners.c])
    triangle += 1
  }
}

/// The vertices of a cube by the edges that they are on, and those in its middle.
///
/// Vertices on the edges along one axis are numbered along their row, so the numbers of the next cube
/// follow from those of the last one and from which edges are crossed.
private struct CubeVertices {
  private var vertices: [19 of UInt32] = .init(repeating: 0)
  private var nextX: [4 of UInt32]
  private var nextY: [2 of UInt32]
  private var nextZ: [2 of UInt32]

  init(_ row: RowPlace, _ alongY: RowPlace, _ alongZ: RowPlace, _ across: RowPlace) {
    nextX = [row.x, alongY.x, alongZ.x, across.x]
    nextY = [row.y, alongZ.y]
    nextZ = [row.z, alongY.z]
  }

  @inline(__always)
  subscript(vertex: UInt8) -> UInt32 {
    get { vertices[Int(vertex)] }
    set { vertices[Int(vertex)] = newValue }
  }

  /// Goes to the next crossed cube of the row.
  @inline(__always)
  mutating func enter(cubeWith inside: Int) {
    for row in 0..<4 {
      vertices[row] = nextX[row]
      nextX[row] += isCrossed(inside, 2 * row, 2 * row + 1)
    }
    for row in 0..<2 {
      vertices[4 + 2 * row] = nextY[row]
      nextY[row] += isCrossed(inside, 4 * row, 4 * row + 2)
      vertices[5 + 2 * row] = nextY[row]
      vertices[8 + 2 * row] = nextZ[row]
      nextZ[row] += isCrossed(inside, 2 * row, 2 * row + 4)
      vertices[9 + 2 * row] = nextZ[row]
    }
  }

  /// 1 where one of two corners is inside and the other is not, else 0.
  @inline(__always)
  private func isCrossed(_ inside: Int, _ a: Int, _ b: Int) -> UInt32 {
    UInt32((inside >> a ^ inside >> b) & 1)
  }
}
