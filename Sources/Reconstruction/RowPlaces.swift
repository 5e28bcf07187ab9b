internal import Volumes

/// Where what a row of the lattice adds to the surface has its place among the vertices and triangles.
struct RowPlace: BitwiseCopyable {
  /// The first vertex on an edge from the row along x, y and z, and inside of a cube.
  var x: UInt32 = 0
  var y: UInt32 = 0
  var z: UInt32 = 0
  var inner: UInt32 = 0
  var triangles: Int = 0
}

/// The places of all rows, found by counting before anything is written.
///
/// The surface is then written to memory of exactly its size, from all threads, and in an order that
/// does not depend on them. Schroeder, Maynard & Geveci 2015, doi:10.1109/LDAV.2015.7348069.
struct RowPlaces: Sendable {
  private(set) var places: [RowPlace]
  private(set) var vertexCount = 0
  private(set) var triangleCount = 0

  init(_ territory: Territory, _ inside: InsideBits, slabs: [Range<Int>]) {
    let rows = territory.size.y
    places = Array(repeating: RowPlace(), count: rows * territory.size.z)
    unsafe places.withUnsafeMutableBufferPointer { buffer in
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(slabs) { slab in
        let heights = territory.heights
        let words = inside.words.span
        for z in slab {
          for y in 0..<rows {
            // SAFETY: every row belongs to one slab.
            unsafe target.base[z * rows + y] = Self.count(y, z, heights, inside, words)
          }
        }
      }
    }
    sum()
  }

  /// How many vertices and triangles a row has.
  private static func count(
    _ y: Int, _ z: Int, _ heights: borrowing LatticeHeights, _ inside: InsideBits,
    _ words: Span<UInt64>
  ) -> RowPlace {
    var count = RowPlace()
    for word in 0..<inside.wordsPerRow {
      let edges = inside.crossedEdges(words, y, z, word: word)
      count.x += UInt32(edges.x.nonzeroBitCount)
      count.y += UInt32(edges.y.nonzeroBitCount)
      count.z += UInt32(edges.z.nonzeroBitCount)
    }
    guard y + 1 < inside.size.y, z + 1 < inside.size.z else { return count }
    let table = MarchingCubesTable.shared
    var cubes = CrossedCubes(inside, y, z)
    while let (x, corners) = cubes.next(words) {
      let only = table.onlyTriangles[corners]
      guard only.isEmpty else {
        count.triangles += only.count
        continue
      }
      let crossing = CubeCrossing(
        values: heights.corners(x, y, z), inside: corners, table: table)
      count.triangles += crossing.triangleCount(table)
      count.inner += UInt32(crossing.innerVertexCount(table))
    }
    return count
  }

  /// From counts to places.
  private mutating func sum() {
    var (vertex, triangle) = (0, 0)
    for row in places.indices {
      let count = places[row]
      places[row].x = UInt32(vertex)
      places[row].y = places[row].x + count.x
      places[row].z = places[row].y + count.y
      places[row].inner = places[row].z + count.z
      places[row].triangles = triangle
      vertex += Int(count.x) + Int(count.y) + Int(count.z) + Int(count.inner)
      triangle += count.triangles
      precondition(vertex <= UInt32.max, "a surface with more vertices than can be numbered")
    }
    (vertexCount, triangleCount) = (vertex, triangle)
  }
}
