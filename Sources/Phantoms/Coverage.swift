/// How much of a voxel a solid covers.
struct Coverage: Sendable {
  private let solid: Solid
  private let center: SIMD3<Double>
  private let toSolid: Rotation
  private let spacing: SIMD3<Double>
  /// Half the diagonal of a voxel: no point of it is farther from its centre.
  private let halfDiagonal: Double

  /// Lines through a voxel along each of y and z, and points along a line.
  private static let lines = 16
  private static let points = 8

  init(_ solid: Solid, center: SIMD3<Double>, toSolid: Rotation, spacing: SIMD3<Double>) {
    self.solid = solid
    self.center = center
    self.toSolid = toSolid
    self.spacing = spacing
    halfDiagonal = (spacing * spacing).sum().squareRoot() / 2
  }

  /// The fraction of a voxel's box inside of the solid, from 0 to 1, to about 1e-4.
  ///
  /// The part of parallel lines that lies inside, each found from the sign changes along it, where the
  /// crossing is interpolated.
  func ofVoxel(_ x: Int, _ y: Int, _ z: Int) -> Double {
    let middle = SIMD3(Double(x), Double(y), Double(z)) * spacing - center
    let bound = solid.distanceBound(at: toSolid.rotated(middle))
    if abs(bound) > halfDiagonal { return bound < 0 ? 1 : 0 }
    let step = toSolid.rotated(SIMD3(spacing.x / Double(Self.points), 0, 0))
    var inside = 0.0
    for line in 0..<Self.lines * Self.lines {
      let start: SIMD3<Double> = SIMD3(
        -0.5, place(line % Self.lines), place(line / Self.lines))
      inside += insideOfLine(from: toSolid.rotated(middle + start * spacing), step)
    }
    return inside / Double(Self.lines * Self.lines)
  }

  /// The middle of one of the intervals that a voxel is cut into, from -0.5 to 0.5.
  private func place(_ index: Int) -> Double { (Double(index) + 0.5) / Double(Self.lines) - 0.5 }

  /// The fraction of a line across the voxel that is inside.
  private func insideOfLine(from start: SIMD3<Double>, _ step: SIMD3<Double>) -> Double {
    var inside = 0.0
    var before = solid.distanceBound(at: start)
    for point in 1...Self.points {
      let after = solid.distanceBound(at: start + Double(point) * step)
      if (before < 0) == (after < 0) {
        inside += before < 0 ? 1 : 0
      } else {
        inside += min(before, after) / (min(before, after) - max(before, after))
      }
      before = after
    }
    return inside / Double(Self.points)
  }
}
