internal import Volumes

/// Whether the straight line between two voxels stays inside of an object.
///
/// The line is followed from plane to plane of voxels across its longest direction. In each it runs between up to four of them; those
/// of the object that lie within one step of those before keep it inside:
///
///     ·   ·   ●   ●   ●
///                 ____--●     On a digitised convex solid any two voxels see each other, and a line around a hollow
///     ●   ●_--●‾‾‾●   ●       goes along the hull of the voxels in the hollow. Gaps of one voxel stop it.
///     ●‾‾‾●   ●   ●   ●
struct LineOfSight {
  private let box: ObjectBox

  /// - Parameter box: With a margin of one voxel at least.
  init(in box: ObjectBox) { self.box = box }

  /// - Parameters:
  ///   - start: A voxel of the object, as a place in the box.
  ///   - end: Another one.
  func isClear(from start: SIMD3<Int>, to end: SIMD3<Int>) -> Bool {
    let way = end &- start
    let axis = Self.longestAxis(of: way)
    let steps = abs(way[axis])
    guard steps > 1 else { return true }
    let along = Self.unit(axis) &* (way[axis] < 0 ? -1 : 1)
    let sides = (Self.unit((axis + 1) % 3), Self.unit((axis + 2) % 3))
    var u = Lane(from: way[(axis + 1) % 3], steps)
    var v = Lane(from: way[(axis + 2) % 3], steps)
    let (alongNumber, uNumber, vNumber) = (
      box.number(of: along), box.number(of: sides.0), box.number(of: sides.1)
    )
    var corner = box.number(of: start)
    // Bits of the corners: the lower one, that beyond it along u, along v, along both.
    var open: UInt8 = 1
    for _ in 1...steps {
      let (uStep, vStep) = (u.advance(), v.advance())
      corner += alongNumber + uStep * uNumber + vStep * vNumber
      var inside: UInt8 = box.isInside[corner] ? 1 : 0
      if u.isBetween && box.isInside[corner + uNumber] { inside |= 2 }
      if v.isBetween && box.isInside[corner + vNumber] { inside |= 4 }
      if u.isBetween && v.isBetween && box.isInside[corner + uNumber + vNumber] { inside |= 8 }
      open = inside & Self.withinOneStep[Int(open) * 9 + (uStep + 1) * 3 + vStep + 1]
      if open == 0 { return false }
    }
    return true
  }

  /// How a line moves along one of the other directions, in whole numbers.
  private struct Lane {
    private let (slope, steps): (Int, Int)
    /// How far it is beyond the lower voxel, in parts of `steps`.
    private var rest = 0

    init(from way: Int, _ steps: Int) { (slope, self.steps) = (way, steps) }

    var isBetween: Bool { rest != 0 }

    /// To the next plane: how many voxels the lower voxel moves.
    mutating func advance() -> Int {
      rest += slope
      if rest >= steps {
        rest -= steps
        return 1
      }
      if rest < 0 {
        rest += steps
        return -1
      }
      return 0
    }
  }

  /// By the open corners and the moves along u and v: the corners within one step of them in the next plane.
  private static let withinOneStep: [UInt8] = (0..<144).map { index in
    let (open, uStep, vStep) = (index / 9, index % 9 / 3 - 1, index % 3 - 1)
    var reached: UInt8 = 0
    for new in 0..<4 {
      for old in 0..<4 where open >> old & 1 == 1 {
        let (du, dv) = (uStep + new % 2 - old % 2, vStep + new / 2 - old / 2)
        if abs(du) <= 1 && abs(dv) <= 1 { reached |= 1 << UInt8(new) }
      }
    }
    return reached
  }

  private static func longestAxis(of way: SIMD3<Int>) -> Int {
    let (x, y, z) = (abs(way.x), abs(way.y), abs(way.z))
    return x >= y ? (x >= z ? 0 : 2) : (y >= z ? 1 : 2)
  }

  private static func unit(_ axis: Int) -> SIMD3<Int> {
    var step = SIMD3<Int>.zero
    step[axis] = 1
    return step
  }
}
