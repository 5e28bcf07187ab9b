/// Why an image cannot be analysed.
public enum AnalysisError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Voxels that are not numbers: how many, and where the first one is.
  case nonFiniteVoxels(count: Int, first: SIMD3<Int>)
  /// A grey value beyond those of 32-bit floats, which images are smoothed as.
  case greyValueTooLarge(at: SIMD3<Int>)
  /// All voxels have one value, so that no threshold tells objects from background.
  case allVoxelsEqual(value: Double)
  /// A single voxel is no image.
  case singleVoxel
  /// A voxel size that was given, and is none: see ``Grid/spacings``.
  case noSpacing(SIMD3<Double>)
  /// A physical length was given for an image whose voxel size is unknown.
  case lengthNeedsCalibration(String)
  /// A length with a unit, or in voxels, was given for a mesh.
  case lengthOnMesh(String)
  /// The optics of a microscope were given for an image whose voxel size is unknown.
  case opticsNeedCalibration
  /// A point-spread function whose standard deviation is more than the extent of the image, along some axis.
  case pointSpreadTooWide(sigma: SIMD3<Double>, extent: SIMD3<Double>)
  /// A Gaussian wider than any image.
  case gaussianTooWide(sigma: String)
  /// The ball of an opening or closing takes in more voxels than is sensible.
  case ballTooLarge(radius: String, voxelCount: Int)
  /// A label image, or one whose grey values are asked for, of another size than the stack that it is to lie on.
  case doesNotFit(path: String, size: SIMD3<Int>, stack: SIMD3<Int>)
  /// An image that holds no labels.
  case noLabels(path: String, reason: String)

  public var description: String {
    switch self {
    case .nonFiniteVoxels(let count, let first):
      "\(count) voxels are NaN or infinite, the first at x \(first.x), y \(first.y), z \(first.z);"
        + " replace them by numbers (for example by the background) and try again"
    case .greyValueTooLarge(let place):
      "the grey value of voxel x \(place.x), y \(place.y), z \(place.z) is beyond 3.4e38, the largest of 32-bit floats;"
        + " divide the image by a number and try again"
    case .allVoxelsEqual(let value):
      "all voxels have the value \(value.text(digits: 10)), so nothing can be told from the background;"
        + " check the channel and the frame, or give a level with --threshold"
    case .singleVoxel: "the stack is a single voxel; an object needs at least two to be told apart"
    case .noSpacing(let spacing):
      "a spacing of \(Self.text(spacing)) is no voxel size: each of the three lies between"
        + " 1e-12 and 1e12, in any unit"
    case .lengthNeedsCalibration(let length):
      "\(length) is a physical length, but the voxel size of the image is unknown;"
        + " give it with --spacing X,Y,Z, or the length in voxels (for example 2px)"
    case .lengthOnMesh(let length):
      "\(length): a mesh has neither voxels nor a known unit; give a plain number in the unit of the mesh"
    case .opticsNeedCalibration:
      "the wavelength is a physical length, but the voxel size of the image is unknown; give it with"
        + " --spacing X,Y,Z, or the blur in voxels with --psf X,Y,Z"
    case .pointSpreadTooWide(let sigma, let extent):
      "a point-spread function of \(Self.text(sigma)) is too wide for an image of \(Self.text(extent)) to show"
        + " anything; --psf takes standard deviations in the unit of the image"
    case .gaussianTooWide(let sigma):
      "a Gaussian of \(sigma) is more than 2500 voxels wide; give a smaller sigma"
    case .ballTooLarge(let radius, let count):
      "a ball of radius \(radius) takes in \(count) voxels; give a smaller radius"
    case .doesNotFit(let path, let size, let stack):
      "\(path): \(size.x) x \(size.y) x \(size.z) voxels do not fit a stack of"
        + " \(stack.x) x \(stack.y) x \(stack.z); both have to come from the same image, channel and box"
    case .noLabels(let path, let reason): "\(path): \(reason)"
    }
  }

  private static func text(_ lengths: SIMD3<Double>) -> String {
    (0..<3).map { lengths[$0].text(digits: 6) }.joined(separator: ", ")
  }
}
