/// What is measured of an object beyond the usual, and only where a column is made of it.
public struct MeasuredParts: OptionSet, Sendable, Hashable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// ``ShapeMeasurements``, of the surface.
  public static let shape = MeasuredParts(rawValue: 1 << 0)
  /// ``ConvexityMeasures``, of the surface.
  public static let convexity = MeasuredParts(rawValue: 1 << 1)
  /// ``Invaginations``, of the surface.
  public static let invaginations = MeasuredParts(rawValue: 1 << 2)
  /// ``VoxelShape``, of the voxels.
  public static let voxelShape = MeasuredParts(rawValue: 1 << 3)
  /// ``ConvexVoxels``, as a part of the ``voxelShape``.
  public static let convexVoxels = MeasuredParts(rawValue: 1 << 4)
  /// The radius of the largest ball inside, of the voxels; see ``Volumes/Volume/inscribedRadius(of:)``.
  public static let inscribedBall = MeasuredParts(rawValue: 1 << 5)
  /// ``SurfaceIntensity``, of surface and grey values.
  public static let surfaceIntensity = MeasuredParts(rawValue: 1 << 6)
  /// ``IntensityDistribution``, of voxels and grey values.
  public static let intensityDistribution = MeasuredParts(rawValue: 1 << 7)
  /// ``SurroundingIntensity``, of all objects and grey values.
  public static let surroundings = MeasuredParts(rawValue: 1 << 8)
  /// ``ContactMeasurements``, of all objects.
  public static let contacts = MeasuredParts(rawValue: 1 << 9)
  /// ``SurfaceNeighbours``, of the surfaces of all objects.
  public static let surfaceNeighbours = MeasuredParts(rawValue: 1 << 10)
  /// ``MeshProcessing/TriangleMesh/selfIntersectionCount()``, of the surface.
  public static let selfIntersections = MeasuredParts(rawValue: 1 << 11)
  /// ``HarmonicSpectrum``, of the surface.
  public static let harmonics = MeasuredParts(rawValue: 1 << 12)
  /// ``FractalDimension``, of the voxels.
  public static let fractal = MeasuredParts(rawValue: 1 << 13)
  /// ``ParentMeasurements``, of the voxels of all objects and of another label image.
  public static let parent = MeasuredParts(rawValue: 1 << 14)
  /// ``ChamferShape``, of the voxels.
  public static let chamferShape = MeasuredParts(rawValue: 1 << 15)
  /// ``GeodesicDiameter``, of the voxels.
  public static let geodesicDiameter = MeasuredParts(rawValue: 1 << 16)
  /// ``LocalThickness``, of the voxels.
  public static let localThickness = MeasuredParts(rawValue: 1 << 17)
  /// ``IntensityShells``, of voxels and grey values.
  public static let intensityShells = MeasuredParts(rawValue: 1 << 18)
  /// ``MeshProcessing/SurfaceDeviation``, of the mesh as it is handed on from the surface.
  public static let exportedDeviation = MeasuredParts(rawValue: 1 << 19)
}
