public import MeshProcessing
internal import Volumes

/// A level set of a blurred field, moved back to where it was before the blur.
///
/// A Gaussian blur moves a surface towards its centre of curvature: a sphere of 8 voxels in radius, seen
/// through a blur of 1.5, is 10 % too small. By how much is known from the blur and from the curvature
/// of the blurred surface, and undone:
///
///      marching cubes ─▶ vertices onto the spline's level set ─▶ curvature there ─▶ outwards by d
///
/// with d of ``LevelSetShape/shift(byBlurOf:)``. What is measured is the surface through these vertices
/// with its facets curved, so that neither the blur nor the flat facets of a mesh bias its area and volume.
public struct SubvoxelSurface: Sendable {
  /// The surface of marching cubes, every vertex at its place: for viewers.
  public let mesh: TriangleMesh
  /// The same surface for measurements. It has four times the facets where ``Sampling/edges`` was asked for.
  public let curved: CurvedMesh
  /// H at the vertices of ``mesh``, in 1/unit; zero where it has no normal.
  public let meanCurvatures: [Float]
  /// The vertices of ``mesh`` where the blur is more than half as wide as the smaller radius of curvature, so that its
  /// effect is not known well.
  public let unresolved: [Int]
  /// What the volume loses when the level rises by one grey value, in cubic units: the integral of
  /// 1 / steepness.
  public let volumePerLevel: Double
  /// What the area loses when the level rises by one grey value, in square units: the integral of
  /// 2 H / steepness.
  public let areaPerLevel: Double
  /// What the integral of H loses when the level rises by one grey value, in units: the integral of K / steepness.
  public let curvaturePerLevel: Double

  /// The part of the vertices that are ``unresolved``, from 0 to 1.
  public var unresolvedFraction: Double {
    Double(unresolved.count) / Double(max(1, mesh.positions.count))
  }

  /// Where the level set is sampled.
  enum Sampling {
    /// At the vertices of marching cubes: enough for a smooth field, and for the mask of an object.
    case vertices
    /// At the middles of the edges as well: vertices alone lie on lines of the lattice and sample noise
    /// unevenly.
    case edges
  }

  /// The surface of one object within its territory, of a field without noise.
  init(
    of territory: Territory, grid: Grid, level: Double, spline: CubicSpline,
    blurVariance: SIMD3<Double>, sampling: Sampling
  ) {
    let placement = LevelSetPlacement(
      spline: spline, level: level, blurVariance: blurVariance, reach: grid.spacing.min() / 2)
    self = PlacedSurface(MarchingCubes.surface(of: territory), placement).surface(sampling)
  }

  init(mesh: TriangleMesh, curved: CurvedMesh, points: PlacedPoints) {
    self.mesh = mesh
    self.curved = curved
    meanCurvatures = points.meanCurvatures
    unresolved = points.unresolved
    let area = mesh.surfaceArea
    volumePerLevel = area * points.meanFlatness
    areaPerLevel = area * points.meanBend
    curvaturePerLevel = area * points.meanGaussian
  }

  private init(_ surface: SubvoxelSurface, mesh: TriangleMesh, curved: CurvedMesh) {
    self.mesh = mesh
    self.curved = curved
    meanCurvatures = surface.meanCurvatures
    unresolved = surface.unresolved
    volumePerLevel = surface.volumePerLevel
    areaPerLevel = surface.areaPerLevel
    curvaturePerLevel = surface.curvaturePerLevel
  }

  /// The surface with every vertex that has a normal moved along it by the same distance, in units.
  func offset(by distance: Double) -> SubvoxelSurface {
    var (mesh, fine) = (mesh, curved.mesh)
    for vertex in fine.positions.indices {
      fine.positions[vertex] += Float(distance) * curved.normals[vertex]
      if vertex < mesh.positions.count { mesh.positions[vertex] = fine.positions[vertex] }
    }
    return SubvoxelSurface(
      self, mesh: mesh, curved: CurvedMesh(mesh: fine, normals: curved.normals))
  }
}
