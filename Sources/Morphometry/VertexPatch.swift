internal import MeshProcessing

/// The vertices around one, found along the edges of a mesh.
struct VertexPatch {
  /// The one in the middle comes first.
  private(set) var members: [UInt32] = []
  /// For every vertex the last patch that it was met for.
  private var met: [Int32]
  private var number: Int32 = 0

  init(vertexCount: Int) { met = Array(repeating: 0, count: vertexCount) }

  /// Makes it the patch of all vertices that a walk along edges meets within a distance, and whose normals point to the
  /// same side as that of the one in the middle. Its own neighbours are always met.
  mutating func grow(
    from center: Int, reach: Double, _ positions: [SIMD3<Double>], _ normals: [SIMD3<Double>],
    _ fans: VertexFans
  ) {
    number += 1
    members.removeAll(keepingCapacity: true)
    members.append(UInt32(center))
    met[center] = number
    var next = 0
    while next < members.count {
      let fan = fans.fan(Int(members[next]))
      for i in fan.indices {
        // On an open border a neighbour may be at the end of an incoming edge only.
        for other in [fan[i].first, fan[i].second] where met[Int(other)] != number {
          met[Int(other)] = number
          let away = positions[Int(other)] - positions[center]
          let isNear = next == 0 || dot(away, away) <= reach * reach
          if isNear, dot(normals[Int(other)], normals[center]) > 0 { members.append(other) }
        }
      }
      next += 1
    }
  }
}
