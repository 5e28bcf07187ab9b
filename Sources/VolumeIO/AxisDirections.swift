/// Which way the axes of an image run in the world, each given by its step from voxel to voxel.
struct AxisDirections {
  /// The length of the steps.
  let spacing: SIMD3<Double>
  /// Whether x, y and z of the image are x, y and z of the world, none of them backwards.
  let isPlain: Bool

  /// `nil` when an axis of the image is not along one of the world, within a thousandth.
  init?(_ steps: [SIMD3<Double>]) {
    guard steps.count == 3 else { return nil }
    var spacing = SIMD3<Double>.zero
    var isPlain = true
    var used: Set<Int> = []
    for (axis, step) in steps.enumerated() {
      let length = (step * step).sum().squareRoot()
      let size = SIMD3(abs(step.x), abs(step.y), abs(step.z))
      guard length > 0, length.isFinite, let main = (0..<3).max(by: { size[$0] < size[$1] }),
        used.insert(main).inserted,
        (0..<3).allSatisfy({ $0 == main || size[$0] <= 1e-3 * length })
      else { return nil }
      // Along the axis, so that the rounding of the others does not count.
      spacing[axis] = size[main]
      isPlain = isPlain && main == axis && step[main] > 0
    }
    self.spacing = spacing
    self.isPlain = isPlain
  }

  /// What to say of an image whose axes run otherwise.
  static let warning =
    "its axes run against those of the world: voxels are read in the order of the file, positions"
    + " count from the first one, and shapes may be mirrored"
}
