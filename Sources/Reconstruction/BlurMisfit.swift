internal import Volumes

/// How far the blur of an image is from the one that was assumed, as the edge of an object tells.
///
/// A Gaussian that grows by a variance v along an axis changes a picture by v / 2 times its second derivative
/// (the heat equation). What a picture of the object lacks is therefore a least-squares fit away:
///
///      field ≈ background + contrast · (picture + shift |∇ picture| + lateral (∂xx + ∂yy) picture / 2
///                + axial ∂zz picture / 2) + other contrast · picture of the others
///
/// with a shift of the whole surface, which a blur of curved surfaces would pretend otherwise. A microscope is
/// taken to blur alike along x and y.
public struct BlurMisfit: Sendable {
  /// The variance that is missing along x and y, and along z, in square units; negative where the assumed blur
  /// is too wide.
  public let lateral: Double
  public let axial: Double
  /// Their standard uncertainties.
  public let lateralUncertainty: Double
  public let axialUncertainty: Double

  /// How far the variance along x, y, z is off, in square units, where that is more than noise would be: beyond three
  /// standard uncertainties; else 0.
  public var contradiction: SIMD3<Double> {
    let across = abs(lateral) > 3 * lateralUncertainty ? abs(lateral) : 0
    let along = abs(axial) > 3 * axialUncertainty ? abs(axial) : 0
    return SIMD3(across, across, along)
  }

  /// `nil` where the edge does not tell.
  /// - Parameter correlatedVoxels: In how many voxels noise is about the same.
  init?(
    _ field: Volume<Float>, picture: Volume<Float>, others: Volume<Float>, region: OwnRegion,
    correlatedVoxels: Double
  ) {
    var equations = NormalEquations(unknowns: 6)
    let size = picture.grid.size
    for z in 1..<max(1, size.z - 1) {
      for y in 1..<max(1, size.y - 1) {
        for x in 1..<max(1, size.x - 1) {
          let voxel = picture.grid.offset(x, y, z)
          guard region.isOwn[voxel] else { continue }
          let edge = Edge(picture, at: voxel)
          equations.add(
            SIMD8(
              1, Double(picture.voxels[voxel]), edge.slope,
              (edge.bend.x + edge.bend.y) / 2, edge.bend.z / 2, Double(others.voxels[voxel]), 0, 0),
            value: Double(field.voxels[voxel]))
        }
      }
    }
    guard let solution = equations.solved(), solution.values[1] > 0 else { return nil }
    let contrast = solution.values[1]
    func uncertainty(_ unknown: Int) -> Double {
      solution.residual / contrast
        * (correlatedVoxels * solution.inverse[unknown][unknown]).squareRoot()
    }
    let scale = Edge.unit(of: picture.grid)
    lateral = scale.x * scale.y * solution.values[3] / contrast
    axial = scale.z * scale.z * solution.values[4] / contrast
    lateralUncertainty = scale.x * scale.y * uncertainty(3)
    axialUncertainty = scale.z * scale.z * uncertainty(4)
  }
}

/// The first and second differences of a picture at a voxel that has neighbours on all sides, in lengths of
/// a voxel whose sides along x and y are equal.
private struct Edge {
  /// The length of the gradient.
  let slope: Double
  /// The second derivatives xx, yy, zz.
  let bend: SIMD3<Double>

  static func unit(of grid: Grid) -> SIMD3<Double> {
    let lateral = (grid.spacing.x * grid.spacing.y).squareRoot()
    return SIMD3(lateral, lateral, grid.spacing.z)
  }

  @inline(__always)
  init(_ picture: Volume<Float>, at voxel: Int) {
    let grid = picture.grid
    let spacing = grid.spacing / Self.unit(of: grid)
    let strides = SIMD3(1, grid.size.x, grid.size.x * grid.size.y)
    var (gradient, bend) = (SIMD3<Double>.zero, SIMD3<Double>.zero)
    let here = Double(picture.voxels[voxel])
    for axis in 0..<3 {
      let before = Double(picture.voxels[voxel - strides[axis]])
      let after = Double(picture.voxels[voxel + strides[axis]])
      gradient[axis] = (after - before) / (2 * spacing[axis])
      bend[axis] = (after - 2 * here + before) / (spacing[axis] * spacing[axis])
    }
    slope = (gradient * gradient).sum().squareRoot()
    self.bend = bend
  }
}
