/// Where the surface crosses an edge of the lattice.
struct EdgeCrossing {
  /// How close a vertex may come to a voxel centre, as a fraction of the distance between centres.
  static let tieMargin = 1.0 / 1024

  /// The part of the edge before the crossing.
  let fraction: Double
  /// Whether the field says where it is. Beside a point that is inside or outside by decree the surface
  /// runs midway.
  let isOnLevelSet: Bool

  /// The crossing between two points at these heights above the level.
  @inline(__always)
  init(_ near: Float, _ far: Float) {
    isOnLevelSet = near.isFinite && far.isFinite
    guard isOnLevelSet else {
      fraction = 0.5
      return
    }
    let crossing = Double(near) / (Double(near) - Double(far))
    fraction = min(max(crossing, Self.tieMargin), 1 - Self.tieMargin)
  }
}

extension EdgeCrossing {
  /// The crossing of an edge of a cube, and its place in the cube, whose edges are 1 long.
  static func ofCube(
    edge: Int, _ values: [8 of Float]
  ) -> (crossing: EdgeCrossing, position: SIMD3<Double>) {
    let (low, high) = CubeTopology.corners(ofEdge: edge)
    let crossing = EdgeCrossing(values[low], values[high])
    var position = SIMD3(Double(low & 1), Double(low >> 1 & 1), Double(low >> 2 & 1))
    position[edge / 4] += crossing.fraction
    return (crossing, position)
  }
}
