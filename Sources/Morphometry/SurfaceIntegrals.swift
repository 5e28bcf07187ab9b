public import MeshProcessing

/// Area, volume and integral of H of a surface with curved facets.
public struct SurfaceIntegrals: Sendable {
  /// In square units.
  public internal(set) var area = 0.0
  /// In cubic units.
  public private(set) var volume: Double
  /// The integral of H, in units.
  public internal(set) var meanCurvature = 0.0
  /// The part by which the area would be larger with the staircase of the voxels.
  public private(set) var staircaseExcess = 0.0

  /// Of a surface that was made from a mask.
  /// - Parameter staircase: What the voxels have left of themselves; `nil` for nothing.
  public init(_ surface: CurvedMesh, staircase: StaircaseArea?) {
    self.init(surface) { staircase?.excess(normal: $0) ?? 0 }
    meanCurvature -= staircase?.meanCurvatureExcess(of: surface) ?? 0
  }

  /// Of a surface from grey values.
  /// - Parameter roughness: The parts by which noise has made area and integral of H larger.
  public init(_ surface: CurvedMesh, roughness: (area: Double, curvature: Double)) {
    self.init(surface) { _ in roughness.area }
    staircaseExcess = 0
    meanCurvature /= 1 + roughness.curvature
  }

  /// Adds what is known to be lacking of area and integral of H.
  public mutating func add(_ lacking: SurfaceUncertainty.Contribution) {
    area += lacking.area
    meanCurvature += lacking.meanCurvature
  }

  /// - Parameter excess: The part by which a facet with a normal is too large.
  private init(_ surface: CurvedMesh, excess: (SIMD3<Double>) -> Double) {
    volume = surface.mesh.signedVolume
    let flawed = add(surface, excess: excess)
    staircaseExcess = area > 0 ? flawed.area / area - 1 : 0
    // Where a cut has an edge, no normal tells how sharp it is, but the facets beside it do.
    meanCurvature =
      surface.normals.contains(.zero)
      ? surface.mesh.meanCurvatureIntegral(VertexFans(surface.mesh)) : flawed.meanCurvature
  }

  /// Adds up the facets, each one's area less its excess, and returns area and integral of H with it.
  private mutating func add(
    _ surface: CurvedMesh, excess: (SIMD3<Double>) -> Double
  ) -> (area: Double, meanCurvature: Double) {
    var flawed = (area: 0.0, meanCurvature: 0.0)
    for triangle in surface.mesh.triangles {
      let facet = surface.facet(over: triangle)
      area += facet.hasNormals ? facet.area / (1 + excess(facet.normal)) : facet.area
      volume += facet.bulge
      flawed.area += facet.area
      flawed.meanCurvature += surface.meanCurvature(over: triangle)
    }
    return flawed
  }
}
