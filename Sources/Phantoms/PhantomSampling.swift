/// What the grey value of a voxel stands for.
public enum PhantomSampling: String, Sendable, Hashable, Codable, CaseIterable {
  /// The mean over the box of the voxel: the part of it that the solid covers.
  case voxel
  /// The mean over the pixel in the plane of the slice, as a camera behind a microscope sees it.
  case plane
  /// The point at the centre of the voxel: inside or not.
  case center

  /// The size of what is averaged over, as part of a voxel.
  var extent: SIMD3<Double> {
    switch self {
    case .voxel: .one
    case .plane: SIMD3(1, 1, 0)
    case .center: .zero
    }
  }
}
