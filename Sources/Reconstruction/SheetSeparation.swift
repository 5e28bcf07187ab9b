internal import MeshProcessing
internal import Volumes

/// Takes the sheets of a surface apart that meet in a vertex or an edge of a surface net.
///
/// Around an edge of the net lie four voxels. Where two of them that face each other are inside and
/// the two others are not, four patches meet in the edge:
///
///      inside │ outside          the sheets around each inside voxel,
///      ───────┼───────           or, where these would meet twice in the edge,
///      outside│ inside           those around each outside voxel
///
/// Which way round is decided face by face, so that both ends of the edge agree. A sheet comes to an
/// edge twice only if all other corners of both cells at it are on one side, and then the sheets of
/// the other way round are apart: Wenger 2013, Isosurfaces, on manifold dual contouring.
extension TriangleMesh {
  /// The mesh with a vertex for every sheet at each vertex: a closed oriented 2-manifold.
  ///
  /// - Parameter grid: Of the voxels; the vertices are in the cells of its net.
  func sheetsSeparated(on grid: Grid) -> TriangleMesh {
    let fans = VertexFans(self)
    let tangled = (0..<fans.vertexCount).filter { !fans.isDisc(around: $0) }
    guard !tangled.isEmpty else { return self }
    var separation = SheetSeparation(self, fans, tangled, grid)
    separation.separate()
    return separation.mesh()
  }
}

private struct SheetSeparation {
  private let original: TriangleMesh
  private let fans: VertexFans
  private let tangled: [Int]
  private let grid: Grid
  /// The edges at which the sheets around the outside voxels are held together.
  private var joined: Set<Edge> = []
  /// For every tangled vertex the sheet of each triangle in its fan.
  private var sheets: [Int: [Int]] = [:]

  private struct Edge: Hashable {
    let lesser: Int
    let greater: Int

    init(_ a: Int, _ b: Int) { (lesser, greater) = (min(a, b), max(a, b)) }
  }

  init(_ mesh: TriangleMesh, _ fans: VertexFans, _ tangled: [Int], _ grid: Grid) {
    original = mesh
    self.fans = fans
    self.tangled = tangled
    self.grid = grid
  }

  mutating func separate() {
    for vertex in tangled { sheets[vertex] = sheets(around: vertex) }
    let doubled = tangled.flatMap { doubledEdges(at: $0) }
    joined = Set(doubled)
    for vertex in Set(doubled.flatMap { [$0.lesser, $0.greater] }) {
      sheets[vertex] = sheets(around: vertex)
    }
  }

  /// The mesh in which every sheet has its own vertices.
  func mesh() -> TriangleMesh {
    var positions = original.positions
    var corners = original.triangles.map { SIMD3($0.a, $0.b, $0.c) }
    for vertex in tangled {
      let fan = fans.fan(vertex)
      guard let sheets = sheets[vertex], let count = sheets.max() else { continue }
      for i in fan.indices where sheets[i] > 0 {
        let triangle = Int(fan[i].triangle)
        corners[triangle].replace(
          with: UInt32(positions.count + sheets[i] - 1),
          where: corners[triangle] .== UInt32(vertex))
      }
      positions += repeatElement(positions[vertex], count: count)
    }
    return TriangleMesh(
      positions: positions, triangles: corners.map { Triangle($0.x, $0.y, $0.z) })
  }

  /// The sheet of every triangle around a vertex, counted from 0.
  private func sheets(around vertex: Int) -> [Int] {
    let fan = fans.fan(vertex)
    var sheets = [Int](repeating: -1, count: fan.count)
    var count = 0
    for start in fan.indices where sheets[start] < 0 {
      var current = start
      while sheets[current] < 0 {
        sheets[current] = count
        current = next(after: current, around: vertex)
      }
      count += 1
    }
    return sheets
  }

  /// The triangle on the other side of the edge by which a triangle comes back to the vertex.
  private func next(after corner: Int, around vertex: Int) -> Int {
    let fan = fans.fan(vertex)
    let end = Int(fan[corner].second)
    let candidates = fan.indices.filter { Int(fan[$0].first) == end }
    guard candidates.count > 1 else { return candidates.first ?? corner }
    // A quarter of a turn through the inside voxel, or the other way through the outside one.
    let side = side(of: fan[corner].first, from: vertex, end)
    let turned = cross(direction(from: vertex, to: end), side)
    let wanted = joined.contains(Edge(vertex, end)) ? -turned : turned
    return candidates.first {
      dot(self.side(of: fan[$0].second, from: vertex, end), wanted) > 0
    } ?? corner
  }

  /// The edges from a vertex at which one sheet meets itself, at this end and at the other one.
  private func doubledEdges(at vertex: Int) -> [Edge] {
    let fan = fans.fan(vertex)
    return fan.indices.compactMap { corner in
      let end = Int(fan[corner].first)
      return end > vertex && meetsItself(at: vertex, towards: end)
        && meetsItself(at: end, towards: vertex) ? Edge(vertex, end) : nil
    }
  }

  private func meetsItself(at vertex: Int, towards end: Int) -> Bool {
    guard let sheets = sheets[vertex] else { return false }
    let fan = fans.fan(vertex)
    let along = fan.indices.filter { Int(fan[$0].first) == end }
    return along.count > 1 && along.allSatisfy { sheets[$0] == sheets[along[0]] }
  }

  /// The direction from the cell of a vertex to the cell of its neighbour.
  private func direction(from vertex: Int, to end: Int) -> SIMD3<Double> {
    cell(of: end) - cell(of: vertex)
  }

  /// The direction, along an axis, in which a vertex lies from the edge between two others.
  private func side(of vertex: UInt32, from start: Int, _ end: Int) -> SIMD3<Double> {
    let along = direction(from: start, to: end)
    var offset = place(of: Int(vertex)) - (cell(of: start) + cell(of: end)) / 2
    offset.replace(with: 0, where: along .!= 0)
    let squares = offset * offset
    let largest = squares.max()
    return offset.replacing(with: 0, where: squares .< largest)
  }

  /// The middle of the cell of a vertex, in voxels: half way between whole numbers.
  private func cell(of vertex: Int) -> SIMD3<Double> { place(of: vertex).rounded(.down) + 0.5 }

  /// Where a vertex is, in voxels.
  private func place(of vertex: Int) -> SIMD3<Double> {
    (SIMD3<Double>(original.positions[vertex]) - grid.origin) / grid.spacing
  }
}
