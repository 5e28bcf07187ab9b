internal import LibC
public import MeshProcessing

/// What can be said of an object from its surface mesh alone.
///
/// Lengths are in the unit of the mesh, areas and volumes in its square and cube. For a mesh that is
/// not watertight the volume and what follows from it are what the formulas give, and mean little.
public struct MeshMeasurements: Sendable {
  /// The sum of the areas of the triangles.
  public let surfaceArea: Double
  /// The enclosed volume; negative when the mesh is inside out.
  public let volume: Double
  /// Corners of the box around the vertices.
  public let lowerBound: SIMD3<Double>
  public let upperBound: SIMD3<Double>
  /// Centre of mass of the enclosed solid.
  public let centroid: SIMD3<Double>
  public let topology: MeshTopology
  public let curvature: MeshCurvature

  /// Measures a mesh.
  /// - Parameters:
  ///   - integrals: Area, volume and integral of H where they are known better than by the mesh.
  ///   - curvatureScale: See ``TriangleMesh/curvature(scale:method:)``.
  ///   - curvatureMethod: The same, where there is no field.
  ///   - field: Curvature at the vertices, from the field that the surface is a level set of.
  public init(
    _ mesh: TriangleMesh, integrals: SurfaceIntegrals? = nil, curvatureScale: Double,
    curvatureMethod: MeshCurvatureMethod = .corrected, field: FieldCurvature? = nil
  ) {
    surfaceArea = integrals?.area ?? mesh.surfaceArea
    volume = integrals?.volume ?? mesh.signedVolume
    let nowhere = SIMD3<Double>(repeating: .nan)
    lowerBound = mesh.bounds.map { SIMD3<Double>($0.min) } ?? nowhere
    upperBound = mesh.bounds.map { SIMD3<Double>($0.max) } ?? nowhere
    centroid = mesh.isEmpty ? nowhere : mesh.centroid
    let fans = VertexFans(mesh)
    topology = mesh.topology(fans)
    guard let field else {
      curvature = mesh.curvature(
        scale: curvatureScale, method: curvatureMethod, integrals: integrals, fans)
      return
    }
    var curvature = mesh.curvature(scale: 0, method: .angles, integrals: integrals, fans)
    curvature.read(from: field)
    self.curvature = curvature
  }

  /// Wadell's sphericity: the area of the sphere of equal volume over the area, 1 for a sphere.
  ///
  /// Wadell 1935, doi:10.1086/624298.
  public var sphericity: Double { cbrt(36 * .pi * volume * volume) / surfaceArea }

  /// Surface area over volume, in 1/unit.
  public var surfaceToVolume: Double { surfaceArea / volume }

  /// The diameter of the sphere of equal volume.
  public var equivalentDiameter: Double { cbrt(6 * volume / .pi) }
}
