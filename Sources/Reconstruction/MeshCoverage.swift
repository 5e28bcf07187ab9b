internal import LibC
internal import MeshProcessing
internal import Volumes

/// How much of every voxel a closed mesh covers, from 0 to 1: the picture of it without any blur.
///
///      line  ──────┤▒▒▒▒▒▒▒▒▒▒▒▒├──────     13 lines along x through every row of voxels;
///            0   0 ▲ 1   1   1  ▲ 0   0     the mesh is entered at ▲ and left at the next one
///
/// Exact along x. Along y and z the lines are a Fibonacci lattice, no two of them at the same y or z, lest a flat
/// part of the surface that faces y or z meet all of them or none. A line that runs exactly through an edge meets one of
/// the two triangles at it, since both decide by the sign of the same product.
struct MeshCoverage {
  private var changes: [Float]
  private let grid: Grid
  /// Lines per row of voxels, and by how many of their number each is farther along z than the one before.
  private static let (lines, step) = (13, 5)

  /// - Parameter grid: The box to look at. The mesh may reach beyond it.
  static func volume(of mesh: TriangleMesh, on grid: Grid) throws(VolumeError) -> Volume<Float> {
    var coverage = MeshCoverage(grid: grid)
    for triangle in mesh.triangles { coverage.add(triangle, of: mesh) }
    return try coverage.summed()
  }

  private init(grid: Grid) {
    self.grid = grid
    changes = Array(repeating: 0, count: (grid.size.x + 1) * grid.size.y * grid.size.z)
  }

  /// Notes where the lines enter or leave the mesh through one triangle.
  private mutating func add(_ triangle: Triangle, of mesh: TriangleMesh) {
    let corners = mesh.corners(triangle)
    let (a, b, c) = (place(of: corners.0), place(of: corners.1), place(of: corners.2))
    let low = SIMD2(min(a.y, b.y, c.y), min(a.z, b.z, c.z))
    let high = SIMD2(max(a.y, b.y, c.y), max(a.z, b.z, c.z))
    for slice in Self.rows(low.y, high.y, count: grid.size.z) {
      for row in Self.rows(low.x, high.x, count: grid.size.y) {
        let rowAndSlice = SIMD2(Double(row), Double(slice))
        for index in Self.lines(low.x - rowAndSlice.x, high.x - rowAndSlice.x) {
          let line = Self.places[index] + rowAndSlice
          guard all(line .>= low .& line .<= high) else { continue }
          cross(line, a, b, c, triangle, row, slice)
        }
      }
    }
  }

  /// Notes whether and where one line meets the triangle.
  @inline(__always)
  private mutating func cross(
    _ line: SIMD2<Double>, _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>,
    _ triangle: Triangle, _ row: Int, _ slice: Int
  ) {
    // From the lower vertex to the higher one, so that both triangles at an edge compute the same.
    let ab = Side(line, a, b, isForward: triangle.a < triangle.b)
    let bc = Side(line, b, c, isForward: triangle.b < triangle.c)
    let ca = Side(line, c, a, isForward: triangle.c < triangle.a)
    guard ab.isLeft == bc.isLeft, bc.isLeft == ca.isLeft else { return }
    let sum = ab.area + bc.area + ca.area
    guard sum != 0 else { return }
    // The side of an edge weighs the corner opposite to it.
    let x = (ab.area * c.x + bc.area * a.x + ca.area * b.x) / sum
    note(x, ab.isLeft ? -1 : 1, row, slice)
  }

  /// On which side of an edge a line along x passes, both seen along x.
  private struct Side {
    let area: Double
    let isLeft: Bool

    @inline(__always)
    init(_ line: SIMD2<Double>, _ p: SIMD3<Double>, _ q: SIMD3<Double>, isForward: Bool) {
      let (from, to) = isForward ? (p, q) : (q, p)
      let side =
        (to.y - from.y) * (line.y - from.z) - (to.z - from.z) * (line.x - from.y)
      area = isForward ? side : -side
      isLeft = (side >= 0) == isForward
    }
  }

  @inline(__always)
  private func place(of corner: SIMD3<Double>) -> SIMD3<Double> {
    (corner - grid.origin) / grid.spacing
  }

  /// The rows of voxels along one axis that coordinates reach into.
  @inline(__always)
  private static func rows(_ low: Double, _ high: Double, count: Int) -> Range<Int> {
    let first = Int(min(max(low + 0.5, 0), Double(count)))
    let last = Int(min(max(high + 1.5, 0), Double(count)))
    return first..<max(first, last)
  }

  /// The lines of a row of voxels between two places along y, from the middle of the row, and perhaps one more on either side.
  @inline(__always)
  private static func lines(_ low: Double, _ high: Double) -> Range<Int> {
    let first = Int(min(max((low + 0.5) * Double(lines) - 1, 0), Double(lines)))
    let last = Int(min(max((high + 0.5) * Double(lines) + 1, 0), Double(lines)))
    return first..<max(first, last)
  }

  /// Of the lines, from the middle of their row of voxels, along y and z.
  private static let places = (0..<lines).map {
    (SIMD2(Double($0), Double($0 * step % lines)) + 0.5) / Double(lines) - 0.5
  }

  /// Adds a change of coverage at a place of a row: a part of the voxel there and all beyond.
  private mutating func note(_ x: Double, _ direction: Float, _ row: Int, _ slice: Int) {
    let size = grid.size
    guard x < Double(size.x) - 0.5 else { return }
    let inRow = max(x + 0.5, 0)
    let voxel = Int(inRow)
    let share = Float(Double(voxel + 1) - inRow) * direction
    let start = (slice * size.y + row) * (size.x + 1)
    changes[start + voxel] += share
    changes[start + voxel + 1] += direction - share
  }

  private func summed() throws(VolumeError) -> Volume<Float> {
    var volume = try Volume<Float>(grid: grid)
    var target = volume.mutableVoxels
    let scale = 1 / Float(Self.lines)
    for row in 0..<grid.size.y * grid.size.z {
      var sum: Float = 0
      for x in 0..<grid.size.x {
        sum += changes[row * (grid.size.x + 1) + x]
        target[row * grid.size.x + x] = sum * scale
      }
    }
    return volume
  }
}
