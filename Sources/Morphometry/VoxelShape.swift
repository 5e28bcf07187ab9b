internal import MeshProcessing
public import Volumes

/// The shape of an object from its voxels alone, as other programs measure it.
public struct VoxelShape: Sendable {
  public let spacing: SIMD3<Double>
  /// Lower and upper corner of the object's box, as indices of voxels inside of it.
  public let lower: SIMD3<Int>
  public let upper: SIMD3<Int>
  /// Of the centres of the voxels; see ``Volumes/Volume/voxelMoments(of:)``.
  public let moments: SolidMoments
  /// Eigenvalues and axes of ``moments``.
  public let principal: SymmetricTensor.Eigensystem
  public let configurations: VoxelConfigurations
  /// The largest distance of two centres of voxels.
  public let largestCenterDistance: Double
  /// The sizes of the box of whole voxels along ``principal``, in its order.
  public let orientedBox: SIMD3<Double>
  /// `nil` where no column asked for it.
  public let convex: ConvexVoxels?

  /// - Parameter convexVoxels: Whether ``convex`` is wanted.
  public init(_ object: LabelObject, in labels: LabelVolume, convexVoxels: Bool = false) {
    spacing = labels.grid.spacing
    lower = object.lower
    upper = object.upper
    moments = labels.voxelMoments(of: object)
    let principal = moments.covariance.eigensystem()
    self.principal = principal
    configurations = VoxelConfigurations(object, in: labels)
    let ends = labels.rowEnds(of: object).map {
      labels.grid.world(SIMD3<Double>(object.lower &+ $0))
    }
    largestCenterDistance = FarthestPair(among: ends).distance
    let spacing = spacing
    let sizes = principal.directions.map { axis in
      let heights = ends.map { dot($0, axis) }
      let half = SIMD3(abs(axis.x), abs(axis.y), abs(axis.z)) * spacing
      return (heights.max() ?? 0) - (heights.min() ?? 0) + half.sum()
    }
    orientedBox = SIMD3(sizes[0], sizes[1], sizes[2])
    convex = convexVoxels ? ConvexVoxels(object, in: labels) : nil
  }

  /// The box of whole voxels, in units.
  public var boxSize: SIMD3<Double> { SIMD3<Double>(upper &- lower &+ 1) * spacing }

  /// The area of the surface from how voxels meet, in square units; `nil` unless voxels are cubes.
  ///
  /// Lindblad 2005, doi:10.1016/j.imavis.2004.06.012: weights for the 14 cases of 2 x 2 x 2 voxels, found for digitised
  /// planes. Unbiased over all orientations only: faces along the axes count 7 % too little.
  public var lindbladArea: Double? {
    let isCubic = spacing.max() - spacing.min() < 1e-6 * spacing.max()
    return isCubic ? configurations.lindbladArea * spacing.x * spacing.x : nil
  }

  /// The area of the faces of the voxels, in square units: half as much again as the surface's, on
  /// average.
  public var faceArea: Double {
    let faces = SIMD3<Double>(configurations.faces)
    return faces.x * spacing.y * spacing.z + faces.y * spacing.x * spacing.z
      + faces.z * spacing.x * spacing.y
  }
}
