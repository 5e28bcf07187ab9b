/// An edge of an open border whose ends are to become one vertex, with the vertices before and after it.
struct BorderStretch {
  let before: SIMD3<Double>
  let start: SIMD3<Double>
  let end: SIMD3<Double>
  let after: SIMD3<Double>

  /// The point of least error of those that leave the area below the stretch as it is.
  ///
  /// The vector area that the border sweeps when the edge goes is zero on a line parallel to the one from
  /// `before` to `after`: a straight border stays straight, a plane one stays in its plane and goes around as
  /// much area as it did. Where the stretch lies in no plane that area is as small as can be (boundary preservation;
  /// Lindstrom & Turk 1998, doi:10.1109/VISUAL.1998.745314).
  func placement(_ quadric: Quadric) -> SIMD3<Double>? {
    let direction = after - before
    let norm = dot(direction, direction)
    guard norm > 0 else { return nil }
    // Seen from `start`.
    let edge = end - start
    let onLine = cross(direction, cross(edge, after - start)) / norm
    let middle = direction * (dot(edge, direction) / (2 * norm))
    return quadric.minimum(along: direction, near: start + onLine + middle)
  }
}

extension CollapsibleMesh {
  /// The part of a border around one of its edges.
  func borderStretch(_ u: Int, _ v: Int) -> BorderStretch {
    let (start, end) = borders.after(u) == v ? (u, v) : (v, u)
    return BorderStretch(
      before: positions[borders.before(start)], start: positions[start], end: positions[end],
      after: positions[borders.after(end)])
  }
}
