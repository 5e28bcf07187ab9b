internal import MeshProcessing
internal import Volumes

/// One slice of a territory: values, inside bits, and the vertices on its x and y edges.
private struct Slice {
  var values: [Float]
  /// One bit per voxel, rows start at a new word.
  var inside: [UInt64]
  /// The vertex on the edge from a voxel to its neighbour along x or y.
  var onX: [UInt32]
  var onY: [UInt32]

  init(voxels: Int, words: Int) {
    values = Array(repeating: 0, count: voxels)
    inside = Array(repeating: 0, count: words)
    onX = Array(repeating: 0, count: voxels)
    onY = Array(repeating: 0, count: voxels)
  }

  mutating func findInside(rowLength: Int, wordsPerRow: Int) {
    for word in inside.indices {
      let x = word % wordsPerRow * 64
      let start = word / wordsPerRow * rowLength + x
      var bits: UInt64 = 0
      for i in 0..<min(64, rowLength - x) where values[start + i] > 0 { bits |= 1 << UInt64(i) }
      inside[word] = bits
    }
  }
}

/// Builds the surface of a territory, holding two slices of it at a time.
struct SurfaceBuilder {
  private(set) var positions: [SIMD3<Float>] = []
  /// For every position whether the field says where it is. Beside voxels that are inside or outside by
  /// decree the surface runs midway.
  private(set) var isOnLevelSet: [Bool] = []
  private(set) var triangles: [Triangle] = []

  private let territory: Territory
  private let grid: Grid
  private let table = MarchingCubesTable.shared
  private let wordsPerRow: Int
  private var below: Slice
  private var above: Slice
  /// The vertex on the edge from a voxel of the slice below to the one above it.
  private var onZ: [UInt32]

  init(territory: Territory, grid: Grid) {
    self.territory = territory
    self.grid = grid
    wordsPerRow = (territory.size.x + 63) / 64
    let voxels = territory.size.x * territory.size.y
    below = Slice(voxels: voxels, words: wordsPerRow * territory.size.y)
    above = below
    onZ = Array(repeating: 0, count: voxels)
  }

  mutating func enterFirstSlice() {
    load(slice: 0)
    addVerticesInSlice(0)
  }

  /// Reads slice `z` and adds the vertices on it and between it and the slice below.
  mutating func enterSlice(_ z: Int) {
    swap(&below, &above)
    load(slice: z)
    addVerticesInSlice(z)
    addVerticesBelow(z)
  }

  private mutating func load(slice z: Int) {
    territory.fill(slice: z, into: &above.values)
    above.findInside(rowLength: territory.size.x, wordsPerRow: wordsPerRow)
  }

  private mutating func addVerticesInSlice(_ z: Int) {
    let (nx, ny) = (territory.size.x, territory.size.y)
    for y in 0..<ny {
      for word in 0..<wordsPerRow {
        let here = above.inside[y * wordsPerRow + word]
        let carry = word + 1 < wordsPerRow ? above.inside[y * wordsPerRow + word + 1] << 63 : 0
        // The last voxel of a row is outside, like the zero bits beyond it.
        let alongX = here ^ (here >> 1 | carry)
        forEachBit(alongX, in: word) { x in
          let voxel = y * nx + x
          above.onX[voxel] = addVertex(
            at: SIMD3(x, y, z), axis: 0, above.values[voxel], above.values[voxel + 1])
        }
        guard y + 1 < ny else { continue }
        let alongY = here ^ above.inside[(y + 1) * wordsPerRow + word]
        forEachBit(alongY, in: word) { x in
          let voxel = y * nx + x
          above.onY[voxel] = addVertex(
            at: SIMD3(x, y, z), axis: 1, above.values[voxel], above.values[voxel + nx])
        }
      }
    }
  }

  private mutating func addVerticesBelow(_ z: Int) {
    let nx = territory.size.x
    for y in 0..<territory.size.y {
      for word in 0..<wordsPerRow {
        let row = y * wordsPerRow + word
        forEachBit(below.inside[row] ^ above.inside[row], in: word) { x in
          let voxel = y * nx + x
          onZ[voxel] = addVertex(
            at: SIMD3(x, y, z - 1), axis: 2, below.values[voxel], above.values[voxel])
        }
      }
    }
  }

  /// Adds the vertex where the field crosses the level between a voxel and its neighbour.
  private mutating func addVertex(
    at voxel: SIMD3<Int>, axis: Int, _ near: Float, _ far: Float
  ) -> UInt32 {
    var index = SIMD3<Double>(territory.lower &+ voxel)
    index.z = territory.imageZ(ofSlice: voxel.z)
    var crossing = 0.5
    let isOnLevelSet = near.isFinite && far.isFinite
    if isOnLevelSet {
      crossing = Double(near) / (Double(near) - Double(far))
      crossing = min(max(crossing, MarchingCubes.tieMargin), 1 - MarchingCubes.tieMargin)
    }
    index[axis] += axis == 2 ? crossing / Double(territory.stepsPerSlice) : crossing
    positions.append(SIMD3<Float>(grid.world(index)))
    self.isOnLevelSet.append(isOnLevelSet)
    return UInt32(positions.count - 1)
  }

  /// Adds the triangles of the cubes between slice `z - 1` and slice `z`.
  mutating func addTrianglesBelow() {
    for y in 0..<territory.size.y - 1 {
      for word in 0..<wordsPerRow {
        let rows = CubeRows(
          inside(below, y, word), inside(below, y + 1, word), inside(above, y, word),
          inside(above, y + 1, word))
        forEachBit(rows.crossed, in: word) { x in
          addTriangles(x, y, inside: rows.insideCorners(x & 63))
        }
      }
    }
  }

  /// The inside bits of 64 voxels of a row, and the same shifted to their neighbours along x.
  @inline(__always)
  private func inside(_ slice: Slice, _ y: Int, _ word: Int) -> (UInt64, UInt64) {
    let index = y * wordsPerRow + word
    let here = slice.inside[index]
    let carry = word + 1 < wordsPerRow ? slice.inside[index + 1] << 63 : 0
    return (here, here >> 1 | carry)
  }

  @inline(__always)
  private mutating func addTriangles(_ x: Int, _ y: Int, inside: Int) {
    let decision = table.ambiguousFaces[inside] == 0 ? 0 : joinedFaces(x, y, inside: inside)
    let entry = table.entry(inside: inside, decision: decision)
    let inner = table.innerVertex(of: entry)
    if inner != 0 { addInnerVertex(x, y, between: inner) }
    for triangle in table.triangles(of: entry) {
      triangles.append(
        Triangle(vertex(triangle.a, x, y), vertex(triangle.b, x, y), vertex(triangle.c, x, y)))
    }
  }

  /// Adds a vertex in the middle of the vertices on some edges of a cube. It is the newest one while
  /// the triangles of the cube are added.
  private mutating func addInnerVertex(_ x: Int, _ y: Int, between edges: UInt16) {
    var sum = SIMD3<Double>.zero
    var areAllOnLevelSet = true
    for edge in 0..<12 as Range<UInt8> where edges >> UInt16(edge) & 1 == 1 {
      let vertex = Int(vertex(edge, x, y))
      sum += SIMD3<Double>(positions[vertex])
      areAllOnLevelSet = areAllOnLevelSet && isOnLevelSet[vertex]
    }
    positions.append(SIMD3<Float>(sum / Double(edges.nonzeroBitCount)))
    isOnLevelSet.append(areAllOnLevelSet)
  }

  /// The vertex on an edge of the cube whose lowest voxel is (x, y) of the slice below.
  @inline(__always)
  private func vertex(_ edge: UInt8, _ x: Int, _ y: Int) -> UInt32 {
    let nx = territory.size.x
    let voxel = y * nx + x
    let (u, v) = (Int(edge & 1), edge >> 1 & 1)
    switch edge / 4 {
    case 0: return v == 0 ? below.onX[voxel + u * nx] : above.onX[voxel + u * nx]
    case 1: return v == 0 ? below.onY[voxel + u] : above.onY[voxel + u]
    case 3: return UInt32(positions.count - 1)
    default: return onZ[voxel + u + Int(v) * nx]
    }
  }

  /// For every ambiguous face in order, a bit: whether the bilinear interpolant of its four values
  /// joins the two inside corners. Both cubes at a face compute the same two products.
  private func joinedFaces(_ x: Int, _ y: Int, inside: Int) -> Int {
    var decision = 0
    var bit = 1
    for face in 0..<6 where table.ambiguousFaces[inside] >> UInt8(face) & 1 == 1 {
      let corners = table.faceCorners[face]
      var product = (inside: 1 as Float, outside: 1 as Float)
      for i in 0..<4 {
        let corner = corners[i]
        let voxel = (y + Int(corner >> 1 & 1)) * territory.size.x + x + Int(corner & 1)
        let value = corner >> 2 == 0 ? below.values[voxel] : above.values[voxel]
        if inside >> Int(corner) & 1 == 1 {
          product.inside *= value
        } else {
          product.outside *= value
        }
      }
      if product.inside > product.outside { decision |= bit }
      bit <<= 1
    }
    return decision
  }
}

extension SurfaceBuilder {
  /// Removes all connected parts but the one that encloses the largest volume.
  mutating func keepLargestPart() {
    let mesh = TriangleMesh(positions: positions, triangles: triangles)
    let parts = ConnectedParts(mesh)
    guard parts.count > 1 else { return }
    var volumes = [Double](repeating: 0, count: parts.count)
    for triangle in triangles {
      let (a, b, c) = mesh.corners(triangle)
      volumes[Int(parts.ofVertex[Int(triangle.a)])] += dot(a, cross(b, c))
    }
    let largest = volumes.indices.max { volumes[$0] < volumes[$1] }.map { UInt32($0) }
    var names = [UInt32](repeating: 0, count: positions.count)
    var kept = 0
    for vertex in positions.indices where parts.ofVertex[vertex] == largest {
      names[vertex] = UInt32(kept)
      positions[kept] = positions[vertex]
      isOnLevelSet[kept] = isOnLevelSet[vertex]
      kept += 1
    }
    positions.removeLast(positions.count - kept)
    isOnLevelSet.removeLast(isOnLevelSet.count - kept)
    triangles = triangles.filter { parts.ofVertex[Int($0.a)] == largest }.map {
      Triangle(names[Int($0.a)], names[Int($0.b)], names[Int($0.c)])
    }
  }
}

/// The inside bits of a row of 64 cubes.
private struct CubeRows {
  private let corners: [8 of UInt64]

  @inline(__always)
  init(
    _ low: (UInt64, UInt64), _ lowNext: (UInt64, UInt64), _ high: (UInt64, UInt64),
    _ highNext: (UInt64, UInt64)
  ) {
    corners = [low.0, low.1, lowNext.0, lowNext.1, high.0, high.1, highNext.0, highNext.1]
  }

  /// The cubes that have corners on both sides.
  var crossed: UInt64 {
    @inline(__always) get {
      let any =
        corners[0] | corners[1] | corners[2] | corners[3] | corners[4] | corners[5] | corners[6]
        | corners[7]
      let all =
        corners[0] & corners[1] & corners[2] & corners[3] & corners[4] & corners[5] & corners[6]
        & corners[7]
      return any & ~all
    }
  }

  /// The inside corners of one cube as bits.
  @inline(__always)
  func insideCorners(_ cube: Int) -> Int {
    let place = UInt64(cube)
    let low =
      (corners[0] >> place & 1) | (corners[1] >> place & 1) << 1 | (corners[2] >> place & 1) << 2
      | (corners[3] >> place & 1) << 3
    let high =
      (corners[4] >> place & 1) | (corners[5] >> place & 1) << 1 | (corners[6] >> place & 1) << 2
      | (corners[7] >> place & 1) << 3
    return Int(low | high << 4)
  }
}

@inline(__always)
private func forEachBit(_ word: UInt64, in index: Int, _ body: (Int) -> Void) {
  var bits = word
  while bits != 0 {
    body(index * 64 + bits.trailingZeroBitCount)
    bits &= bits - 1
  }
}
