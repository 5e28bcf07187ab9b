/// What the voxels of a cell, in which stain and displacement are the same everywhere, tell of the two.
///
/// All that they tell is in two sums of them with independent noise of variance 1:
///
///      rest  =  root of information · (stain, displacement) + noise
struct StainEvidence {
  let rest: SIMD2<Float>
  /// How much of the edge of the object is in the cell.
  let edge: Double
  /// The Cholesky factor of the information.
  private let stain: SIMD2<Float>
  private let displacement: Float

  /// Over voxels, each over its noise.
  struct Sums {
    fileprivate var stain = 0.0
    fileprivate var both = 0.0
    fileprivate var displacement = 0.0
    fileprivate var rest = SIMD2<Double>.zero
    fileprivate var edge = 0.0

    /// - Parameters:
    ///   - stain: How much of the stain a voxel shows, in standard deviations.
    ///   - displacement: How much of the displacement.
    ///   - left: What the picture leaves of it.
    mutating func add(stain: Double, displacement: Double, left: Double) {
      self.stain += stain * stain
      both += stain * displacement
      self.displacement += displacement * displacement
      rest += SIMD2(stain, displacement) * left
      edge += displacement
    }
  }

  init(_ sums: Sums) {
    edge = sums.edge
    guard sums.stain > 0 else {
      (rest, stain, displacement) = (.zero, .zero, 0)
      return
    }
    let root = sums.stain.squareRoot()
    let common = sums.both / root
    let alone = sums.displacement - common * common
    let other = alone > 1e-9 * sums.displacement ? alone.squareRoot() : 0
    let first = sums.rest.x / root
    let second = other > 0 ? (sums.rest.y - common * first) / other : 0
    rest = SIMD2(Float(first), Float(second))
    stain = SIMD2(Float(root), Float(common))
    displacement = Float(other)
  }

  /// What is shown of stain and displacement.
  func shown(of fields: SIMD2<Float>) -> SIMD2<Float> {
    SIMD2((stain * fields).sum(), displacement * fields.y)
  }

  /// The transpose of ``shown(of:)``.
  func fields(of shown: SIMD2<Float>) -> SIMD2<Float> {
    stain * shown.x + SIMD2(0, displacement * shown.y)
  }
}
