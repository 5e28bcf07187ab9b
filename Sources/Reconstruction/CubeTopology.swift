/// The numbering of a cube of eight voxels, and what lies where on it.
///
///            6────────7            corner = x + 2 y + 4 z
///           /│       /│            edge   = 4 axis + the other two coordinates of its corners,
///          4────────5 │                     the lower axis first:  0-3 along x (y + 2 z),
///          │ 2──────│─3     z y             4-7 along y (x + 2 z), 8-11 along z (x + 2 y)
///          │/       │/      │/     face   = 2 axis + (0 at the low side, 1 at the high side)
///          0────────1       └─ x
enum CubeTopology {
  /// The two corners of an edge, the lower coordinate first.
  static func corners(ofEdge edge: Int) -> (Int, Int) {
    let axis = edge / 4
    let (u, v) = (edge & 1, edge >> 1 & 1)
    let others = (0..<3).filter { $0 != axis }
    let low = u << others[0] | v << others[1]
    return (low, low | 1 << axis)
  }

  /// The edge between two neighbouring corners.
  static func edge(_ a: Int, _ b: Int) -> Int {
    let axis = (a ^ b).trailingZeroBitCount
    let others = (0..<3).filter { $0 != axis }
    return 4 * axis + (a >> others[0] & 1) + 2 * (a >> others[1] & 1)
  }

  /// The four corners of a face, counter-clockwise seen from outside of the cube.
  static func corners(ofFace face: Int) -> [Int] {
    let (axis, side) = (face / 2, face & 1)
    let (u, v) = ((axis + 1) % 3, (axis + 2) % 3)
    let base = side << axis
    let loop = [base, base | 1 << u, base | 1 << u | 1 << v, base | 1 << v]
    return side == 1 ? loop : loop.reversed()
  }

  /// Whether an edge lies on a face.
  static func edge(_ edge: Int, liesOnFace face: Int) -> Bool {
    let loop = corners(ofFace: face)
    let (a, b) = corners(ofEdge: edge)
    return loop.contains(a) && loop.contains(b)
  }

  /// Whether the inside corners of a face are its two ends of a diagonal, so that the corners alone
  /// do not say how the surface crosses it.
  static func isAmbiguous(face: Int, inside: Int) -> Bool {
    let bits = corners(ofFace: face).map { inside >> $0 & 1 }
    return bits == [1, 0, 1, 0] || bits == [0, 1, 0, 1]
  }
}
