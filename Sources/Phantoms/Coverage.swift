internal import Volumes

/// How much of each box of a lattice a solid covers.
struct Coverage: Sendable {
  private let solid: Solid
  /// The middle of box (0, 0, 0) and the steps to the next ones, in the frame of the solid.
  private let first: SIMD3<Double>
  private let steps: [SIMD3<Double>]
  /// The sides of a box; 0 along an axis where it is flat.
  private let sides: [SIMD3<Double>]

  /// Lines through a box along each of two axes.
  private static let lines = 8
  /// How often a box is cut into eight where the surface bends too much in it.
  private static let deepest = 5
  /// How far the surface may lie from where its second-order model has it, as part of a box.
  private static let tolerance = 0.004
  /// Four corners of a box: those of a regular tetrahedron.
  private static let corners = [
    SIMD3(0.5, 0.5, 0.5), SIMD3(0.5, -0.5, -0.5), SIMD3(-0.5, 0.5, -0.5), SIMD3(-0.5, -0.5, 0.5),
  ]

  /// - Parameters:
  ///   - parts: How many boxes there are to a voxel along each axis.
  ///   - extent: The size of a box as part of the distance to the next.
  init(_ phantom: Phantom, parts: SIMD3<Int>, extent: SIMD3<Double>) {
    let toSolid = phantom.rotation.inverse
    let spacing = phantom.spacing / SIMD3<Double>(parts)
    solid = phantom.solid
    first = toSolid.rotated((spacing - phantom.spacing) / 2 - phantom.center)
    let steps = [
      toSolid.rotated(SIMD3(spacing.x, 0, 0)), toSolid.rotated(SIMD3(0, spacing.y, 0)),
      toSolid.rotated(SIMD3(0, 0, spacing.z)),
    ]
    self.steps = steps
    sides = steps.indices.map { extent[$0] * steps[$0] }
  }

  /// Hands on the covered part, from 0 to 1 and to about 1e-4, of every box in a plane that is not
  /// empty.
  ///
  /// Parts of the plane that are far from the surface are done at once; the others are halved.
  func plane(_ z: Int, size: SIMD2<Int>, _ store: (_ x: Int, _ y: Int, _ covered: Double) -> Void) {
    fill(lower: .zero, upper: size, z, store)
  }

  private func fill(
    lower: SIMD2<Int>, upper: SIMD2<Int>, _ z: Int,
    _ store: (_ x: Int, _ y: Int, _ covered: Double) -> Void
  ) {
    let count = upper &- lower
    if count == .one {
      let covered = ofBox(around: position(SIMD2<Double>(lower), z), halvings: 0)
      if covered > 0 { store(lower.x, lower.y, covered) }
      return
    }
    let middle = position((SIMD2<Double>(lower) + SIMD2<Double>(upper &- 1)) / 2, z)
    let bound = solid.distanceBound(at: middle)
    let reach = diagonal(
      steps[0] * Double(count.x - 1), steps[1] * Double(count.y - 1), .zero)
    if abs(bound) > reach + diagonal(sides[0], sides[1], sides[2]) {
      guard bound < 0 else { return }
      for y in lower.y..<upper.y { for x in lower.x..<upper.x { store(x, y, 1) } }
      return
    }
    let axis = count.x >= count.y ? 0 : 1
    var cut = lower
    cut[axis] += count[axis] / 2
    var (left, right) = (upper, lower)
    left[axis] = cut[axis]
    right[axis] = cut[axis]
    fill(lower: lower, upper: left, z, store)
    fill(lower: right, upper: upper, z, store)
  }

  private func position(_ place: SIMD2<Double>, _ z: Int) -> SIMD3<Double> {
    first + place.x * steps[0] + place.y * steps[1] + Double(z) * steps[2]
  }

  /// Half of the longest line through a box; its sides are at right angles.
  private func diagonal(_ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) -> Double {
    length(SIMD3(length(a), length(b), length(c))) / 2
  }

  /// The fraction of a box that is inside; of a flat box that of its area; of a point 0 or 1.
  ///
  /// The surface is taken for the one that the value, gradient and Hessian at the middle describe,
  /// where that agrees with the true values at four corners. Else the box is cut into eight.
  private func ofBox(around middle: SIMD3<Double>, halvings: Int) -> Double {
    let size = 1 / Double(1 << halvings)
    let (a, b, c) = (size * sides[0], size * sides[1], size * sides[2])
    let bound = solid.distanceBound(at: middle)
    if abs(bound) >= diagonal(a, b, c) || halvings == Self.deepest { return bound < 0 ? 1 : 0 }
    let model = QuadraticModel(solid.jet(at: middle), a, b, c)
    let allowed = Self.tolerance * model.steepest
    // NaN agrees with nothing.
    let agrees = Self.corners.allSatisfy { corner in
      let there = solid.value(at: middle + corner.x * a + corner.y * b + corner.z * c)
      return abs(model.value(at: corner) - there) <= allowed
    }
    if agrees { return model.insideFraction(lines: Self.lines) }
    var covered = 0.0
    for part in 0..<8 {
      let offset = SIMD3(
        part & 1 == 0 ? -0.25 : 0.25, part & 2 == 0 ? -0.25 : 0.25, part & 4 == 0 ? -0.25 : 0.25)
      covered += ofBox(
        around: middle + offset.x * a + offset.y * b + offset.z * c, halvings: halvings + 1)
    }
    return covered / 8
  }
}
