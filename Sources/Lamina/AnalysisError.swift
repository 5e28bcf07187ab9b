/// Why an image cannot be analysed.
public enum AnalysisError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Voxels that are not numbers: how many, and where the first one is.
  case nonFiniteVoxels(count: Int, first: SIMD3<Int>)
  /// All voxels have one value, so that no threshold tells objects from background.
  case allVoxelsEqual(value: Double)
  /// A single voxel is no image.
  case singleVoxel
  /// A physical length was given for an image whose voxel size is unknown.
  case lengthNeedsCalibration(String)
  /// A length with a unit, or in voxels, was given for a mesh.
  case lengthOnMesh(String)
  /// The optics of a microscope were given for an image whose voxel size is unknown.
  case opticsNeedCalibration
  /// A Gaussian wider than any image.
  case gaussianTooWide(sigma: String)
  /// The ball of an opening or closing takes in more voxels than is sensible.
  case ballTooLarge(radius: String, voxelCount: Int)
  /// A label image of another size than the stack that it is to lie on.
  case labelsDoNotFit(path: String, size: SIMD3<Int>, stack: SIMD3<Int>)
  /// An image that holds no labels.
  case noLabels(path: String, reason: String)

  public var description: String {
    switch self {
    case .nonFiniteVoxels(let count, let first):
      "\(count) voxels are NaN or infinite, the first at x \(first.x), y \(first.y), z \(first.z);"
        + " replace them by numbers (for example by the background) and try again"
    case .allVoxelsEqual(let value):
      "all voxels have the value \(value.text(digits: 10)), so nothing can be told from the background;"
        + " check the channel and the frame, or give a level with --threshold"
    case .singleVoxel: "the stack is a single voxel; an object needs at least two to be told apart"
    case .lengthNeedsCalibration(let length):
      "\(length) is a physical length, but the voxel size of the image is unknown;"
        + " give it with --spacing X,Y,Z, or the length in voxels (for example 2px)"
    case .lengthOnMesh(let length):
      "\(length): a mesh has neither voxels nor a known unit; give a plain number in the unit of the mesh"
    case .opticsNeedCalibration:
      "the wavelength is a physical length, but the voxel size of the image is unknown; give it with"
        + " --spacing X,Y,Z, or the blur in voxels with --psf X,Y,Z"
    case .gaussianTooWide(let sigma):
      "a Gaussian of \(sigma) is more than 2500 voxels wide; give a smaller sigma"
    case .ballTooLarge(let radius, let count):
      "a ball of radius \(radius) takes in \(count) voxels; give a smaller radius"
    case .labelsDoNotFit(let path, let size, let stack):
      "\(path): labels of \(size.x) x \(size.y) x \(size.z) voxels do not fit a stack of"
        + " \(stack.x) x \(stack.y) x \(stack.z); they have to come from the same image, channel and box"
    case .noLabels(let path, let reason): "\(path): \(reason)"
    }
  }
}
