internal import Volumes

/// How the surface crosses a cube where its inside corners alone do not say so: an entry of the table, and
/// perhaps a tunnel between two of its loops.
struct CubeCrossing {
  let entry: MarchingCubesTable.Entry
  let tunnel: Tunnel?

  init(values: [8 of Float], inside: Int, table: MarchingCubesTable) {
    let decision = Self.joinedFaces(values: values, inside: inside, table: table)
    entry = table.entries[Int(table.firstEntry[inside]) + decision]
    tunnel =
      entry.loops.count > 1
      ? Tunnel(values: values, inside: inside, entry: entry, table: table) : nil
  }

  /// For every ambiguous face in order, a bit: whether the bilinear interpolant of its four values
  /// joins the two inside corners. Both cubes at a face compute the same two products.
  private static func joinedFaces(
    values: [8 of Float], inside: Int, table: MarchingCubesTable
  ) -> Int {
    var decision = 0
    var bit = 1
    for face in 0..<6 where table.ambiguousFaces[inside] >> UInt8(face) & 1 == 1 {
      let corners = table.faceCorners[face]
      var product = (inside: 1 as Float, outside: 1 as Float)
      for i in 0..<4 {
        let corner = Int(corners[i])
        if inside >> corner & 1 == 1 {
          product.inside *= values[corner]
        } else {
          product.outside *= values[corner]
        }
      }
      if product.inside > product.outside { decision |= bit }
      bit <<= 1
    }
    return decision
  }

  /// How many vertices lie inside of the cube and not on its edges.
  func innerVertexCount(_ table: MarchingCubesTable) -> Int {
    (fan(table) == nil ? 0 : 1) + (tunnel == nil ? 0 : Tunnel.ringCount)
  }

  /// The cube edges of the polygon that is cut into a fan around an inner vertex, if there is one.
  func fan(_ table: MarchingCubesTable) -> ArraySlice<UInt8>? {
    guard entry.hasFan else { return nil }
    guard let polygon = polygons(table).first(where: { table.loops[$0].isFan }) else { return nil }
    return table.edges(ofLoop: polygon)
  }

  /// How many triangles the cube has.
  func triangleCount(_ table: MarchingCubesTable) -> Int {
    guard let tunnel else { return entry.triangles.count }
    let polygons = polygons(table).reduce(0) { $0 + table.loops[$1].triangles.count }
    let bands = [tunnel.first, tunnel.second].reduce(0) {
      $0 + table.loops[$1].edges.count + Tunnel.ringCount
    }
    return polygons + bands
  }

  /// The loops that are filled by polygons.
  func polygons(_ table: MarchingCubesTable) -> [Int] {
    (Int(entry.loops.lowerBound)..<Int(entry.loops.upperBound)).filter {
      $0 != tunnel?.first && $0 != tunnel?.second
    }
  }
}

extension LatticeHeights {
  /// The values at the corners of a cube.
  @inline(__always)
  func corners(_ x: Int, _ y: Int, _ z: Int) -> [8 of Float] {
    [
      self[x, y, z], self[x + 1, y, z], self[x, y + 1, z], self[x + 1, y + 1, z],
      self[x, y, z + 1], self[x + 1, y, z + 1], self[x, y + 1, z + 1], self[x + 1, y + 1, z + 1],
    ]
  }
}
