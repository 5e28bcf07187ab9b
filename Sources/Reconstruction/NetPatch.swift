internal import MeshProcessing
internal import Volumes

/// A face between two voxels that have different labels, or between a voxel and what is beyond the
/// image.
struct NetFace {
  /// The axis along which the two voxels lie.
  let axis: Int
  /// The upper voxel of the two.
  let x: Int
  let y: Int
  let z: Int
  /// The labels of the two voxels.
  let lower: UInt32
  let upper: UInt32

  /// The smaller label is in front, whichever voxel has it.
  var isUpperInFront: Bool { upper < lower }
  var front: UInt32 { min(lower, upper) }
  var back: UInt32 { max(lower, upper) }
}

/// The patch of a surface net around the line from one voxel to the next: spanned by the vertices of the
/// four cells at the line, counter-clockwise seen from the side in front.
struct NetPatch {
  let a: UInt32
  let b: UInt32
  let c: UInt32
  let d: UInt32

  /// How a patch is made of triangles.
  enum Split {
    case alongAC
    case alongBD
    /// Four triangles around a further vertex, midway between the voxels.
    case fan

    var triangleCount: Int { self == .fan ? 4 : 2 }
  }

  /// Splits the patch so that it crosses no other one.
  ///
  ///             front voxel
  ///      d ╲     ╱│╲     ╱ c        Every patch has a region of its own: the four tetrahedra of the
  ///         ╲   ╱ │ ╲   ╱           line between the voxels and each side of the patch. Two
  ///          ╲ ╱  │  ╲ ╱            triangles stay within it if both voxels see each of them from
  ///      a ── back voxel ── b       their own side; a fan around a point of the line always does.
  ///
  /// Ju & Udeshi 2006, Intersection-free contouring on an octree grid, Pacific Graphics.
  ///
  /// - Parameters:
  ///   - front: The centre of the voxel in front.
  ///   - back: The centre of the other one.
  ///   - least: The least volume that counts as seen, six times that of a tetrahedron.
  func split(
    _ positions: [SIMD3<Float>], front: SIMD3<Double>, back: SIMD3<Double>, least: Double
  ) -> Split {
    let a = SIMD3<Double>(positions[Int(a)])
    let b = SIMD3<Double>(positions[Int(b)])
    let c = SIMD3<Double>(positions[Int(c)])
    let d = SIMD3<Double>(positions[Int(d)])
    func areSeen(_ p: SIMD3<Double>, _ q: SIMD3<Double>, _ r: SIMD3<Double>) -> Bool {
      let normal = cross(q - p, r - p)
      return dot(normal, front - p) > least && dot(normal, p - back) > least
    }
    let isFirstSound = areSeen(a, b, c) && areSeen(a, c, d)
    let isSecondSound = areSeen(a, b, d) && areSeen(b, c, d)
    guard isFirstSound && isSecondSound else {
      return isFirstSound ? .alongAC : isSecondSound ? .alongBD : .fan
    }
    return length(c - a) <= length(d - b) ? .alongAC : .alongBD
  }

  /// The triangles of the patch.
  /// - Parameter middle: The further vertex of a fan.
  @inline(__always)
  func forEachTriangle(_ split: Split, middle: UInt32, _ body: (Triangle) -> Void) {
    switch split {
    case .alongAC:
      body(Triangle(a, b, c))
      body(Triangle(a, c, d))
    case .alongBD:
      body(Triangle(a, b, d))
      body(Triangle(b, c, d))
    case .fan:
      body(Triangle(a, b, middle))
      body(Triangle(b, c, middle))
      body(Triangle(c, d, middle))
      body(Triangle(d, a, middle))
    }
  }
}
