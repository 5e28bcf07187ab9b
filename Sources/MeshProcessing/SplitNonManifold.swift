extension TriangleMesh {
  /// Takes the surface apart where it is no manifold: at an edge of more than two triangles, or of two
  /// that disagree on the outside, all sheets get edges of their own; at a vertex where several fans
  /// meet in a point, each gets a vertex of its own, at the same place.
  ///
  /// Two closed solids that touch at an edge stay joined at it only as far as they share triangles:
  /// their common edge becomes an open border of each sheet.
  /// - Returns: How many vertices have been added.
  @discardableResult
  public mutating func splitNonManifold() -> Int {
    let edges = EdgeTriangles(triangles)
    let fans = VertexFans(self)
    var positions = positions
    var corners = triangles.map { [$0.a, $0.b, $0.c] }
    for vertex in 0..<fans.vertexCount {
      let sheets = sheets(around: UInt32(vertex), fans, edges)
      for sheet in sheets.dropFirst() {
        positions.append(positions[vertex])
        for triangle in sheet {
          for place in 0..<3 where corners[triangle][place] == vertex {
            corners[triangle][place] = UInt32(positions.count - 1)
          }
        }
      }
    }
    let added = positions.count - self.positions.count
    guard added > 0 else { return 0 }
    replace(positions: positions, triangles: corners.map { Triangle($0[0], $0[1], $0[2]) })
    return added
  }

  /// The triangles around a vertex, those together that hang together by sound edges.
  private func sheets(
    around vertex: UInt32, _ fans: VertexFans, _ edges: EdgeTriangles
  ) -> [[Int]] {
    let fan = fans.fan(Int(vertex))
    var sheetOf: [Int: Int] = [:]
    var sheets: [[Int]] = []
    for i in fan.indices where sheetOf[Int(fan[i].triangle)] == nil {
      var sheet = [Int(fan[i].triangle)]
      sheetOf[sheet[0]] = sheets.count
      var next = 0
      while next < sheet.count {
        let current = sheet[next]
        next += 1
        for (from, to) in triangles[current].directedEdges where from == vertex || to == vertex {
          let sides = edges.at(from, to)
          guard sides.count == 2, sides[0].isForward != sides[1].isForward else { continue }
          let other = sides[0].triangle == current ? sides[1].triangle : sides[0].triangle
          guard sheetOf[other] == nil else { continue }
          sheetOf[other] = sheets.count
          sheet.append(other)
        }
      }
      sheets.append(sheet)
    }
    return sheets
  }
}
