public import MeshProcessing

/// How far a surface departs from a smooth one: its texture of short waves.
///
/// With f the Gaussian mean over the surface around a point, x departs from 2 f(x) - f(f(x)), which bends with the surface
/// where f(x) alone would shrink it, by d along the normal. What is longer than the cut-off and left in d goes in the
/// same way: d - (2 f(d) - f(f(d))). Of waves as long as the cut-off half counts as roughness, of twice as long ones 2 %,
/// and of half as long ones all. Uneven triangles make f uneven: perfect spheres have up to 0.06 % of their radius.
///
/// Noise and the staircase of voxels are roughness too: compare only what was imaged and segmented alike. Spheres of 20
/// voxels in radius have an Sq of 0.01 voxels from noise-free grey values and of 0.06 from their masks. The figures
/// have the names of ISO 25178-2, and the filter is the like of the Gaussian one of ISO 16610-61, there for flat
/// specimens.
public struct SurfaceRoughness: Sendable, Hashable {
  /// The length of the waves of which half counts, in units: a quarter of the diameter of the sphere of equal volume.
  public let cutOff: Double
  /// Sa: the mean departure, in units.
  public let arithmeticMean: Double
  /// Sq: the root mean square departure, in units.
  public let rootMeanSquare: Double
  /// Sz: the largest departure outwards and the largest inwards together, in units.
  public let maximumHeight: Double
  /// Sdr: by what part the area is larger than without the departures.
  public let areaExcess: Double

  /// How many mean edges long the cut-off may be: fewer do not hold its waves, more take too long to average over.
  private static let edges = 3.0...65
  /// sqrt(2 a) / (2 pi) with (1 - exp(-a))⁴ = 1/2: the standard deviation of the Gaussian in cut-offs.
  private static let deviation = 0.3052

  /// `nil` for a mesh that is not watertight, encloses no volume, or is too coarse or too fine.
  public init?(_ mesh: TriangleMesh, _ surface: MeshMeasurements) {
    cutOff = surface.equivalentDiameter / 4
    guard surface.topology.isWatertight, mesh.signedVolume > 0,
      Self.edges.contains(cutOff / mesh.meanEdgeLength)
    else { return nil }
    let filter = SurfaceFilter(mesh, scale: Self.deviation * cutOff)
    let smooth = filter.smoothed(mesh)
    let normals = smooth.vertexNormals()
    let departures = filter.departures(of: mesh, from: smooth, along: normals)
    let weighted = AreaWeighted(departures, areas: filter.areas)
    let mean = weighted.mean
    arithmeticMean = AreaWeighted(departures.map { abs($0 - mean) }, areas: filter.areas).mean
    rootMeanSquare = weighted.deviation
    maximumHeight = (departures.max() ?? .nan) - (departures.min() ?? .nan)
    var without = mesh
    for vertex in without.positions.indices {
      without.positions[vertex] -= SIMD3<Float>((departures[vertex] - mean) * normals[vertex])
    }
    areaExcess = mesh.surfaceArea / without.surfaceArea - 1
  }
}

/// The Gaussian mean over the surface of a mesh, weighted by area.
private struct SurfaceFilter {
  let areas: [Double]
  private let fans: VertexFans
  private let meanSquaredEdge: Double
  private let scale: Double
  /// Near to the origin, floats are finer.
  private let center: SIMD3<Float>

  init(_ mesh: TriangleMesh, scale: Double) {
    fans = VertexFans(mesh)
    areas = mesh.vertexAreas()
    meanSquaredEdge = mesh.meanSquaredEdge(fans)
    center = SIMD3<Float>(mesh.centroid)
    self.scale = scale
  }

  /// 2 f - f f of what the vertices have.
  private func lowPass(_ values: [SIMD3<Float>]) -> [SIMD3<Float>] {
    let once = mean(values)
    return zip(once, mean(once)).map { 2 * $0 - $1 }
  }

  private func mean(_ values: [SIMD3<Float>]) -> [SIMD3<Float>] {
    var held = zip(values, areas).map { SIMD4($0 * Float($1), Float($1)) }
    held.spread(over: scale, fans, meanSquaredEdge: meanSquaredEdge)
    return held.map { SIMD3($0.x, $0.y, $0.z) / $0.w }
  }

  /// The mesh without its short waves.
  func smoothed(_ mesh: TriangleMesh) -> TriangleMesh {
    var smooth = mesh
    smooth.positions = lowPass(mesh.positions.map { $0 - center }).map { $0 + center }
    return smooth
  }

  /// How far each vertex departs from the smoothed mesh along its normals, what is long taken out of that too.
  func departures(
    of mesh: TriangleMesh, from smooth: TriangleMesh, along normals: [SIMD3<Double>]
  ) -> [Double] {
    let raw = mesh.positions.indices.map { vertex in
      dot(normals[vertex], SIMD3<Double>(mesh.positions[vertex] - smooth.positions[vertex]))
    }
    let long = lowPass(raw.map { SIMD3(Float($0), 0, 0) })
    return zip(raw, long).map { $0 - Double($1.x) }
  }
}
