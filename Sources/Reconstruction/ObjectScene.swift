internal import MeshProcessing
internal import Volumes

/// One object in a field that is blurred in a known way, and what a surface of it would look like there.
struct ObjectScene {
  let region: OwnRegion
  /// The field in the box around the object.
  let part: Volume<Float>
  /// What the other objects in the box look like at background 0 and contrast 1.
  let others: Volume<Float>
  private let masked: Volume<Float>
  private let spline: CubicSpline
  private let blurVariance: SIMD3<Double>

  init(
    _ field: Volume<Float>, _ region: OwnRegion, blurVariance: SIMD3<Double>
  ) throws(VolumeError) {
    self.region = region
    self.blurVariance = blurVariance
    part = try field.cropped(from: region.lower, to: region.upper)
    masked = region.masked(part)
    spline = try CubicSpline(field, lower: region.lower, upper: region.upper)
    others = try region.others().gaussianBlurred(sigma: Self.sigma(blurVariance, region.grid))
  }

  /// The outer surface of the largest part of the object at a level; `nil` where there is none.
  func surface(at level: Double) -> PlacedSurface? {
    var marched = MarchingCubes.surface(of: Territory(field: masked, level: Float(level)))
    marched.keepLargestPart()
    let placement = LevelSetPlacement(
      spline: spline, level: level, blurVariance: blurVariance,
      reach: region.grid.spacing.min() / 2)
    // What is finer than the blur is not seen through it, and would be noise.
    let surface = PlacedSurface(
      marched, placement, shiftScale: (blurVariance.sum() / 3).squareRoot())
    let mesh = surface.surface(.vertices).mesh
    return mesh.isEmpty || mesh.signedVolume <= 0 ? nil : surface
  }

  /// What a surface looks like through the blur, and background and contrast that make the field of it; `nil` where
  /// it does not explain the field.
  func view(of surface: PlacedSurface) throws(VolumeError) -> View? {
    try view(of: surface.surface(.vertices))
  }

  func view(of surface: SubvoxelSurface) throws(VolumeError) -> View? {
    let coverage = try MeshCoverage.volume(of: surface.filled(), on: region.grid)
    let picture = try coverage.gaussianBlurred(sigma: Self.sigma(blurVariance, region.grid))
    guard let fit = ContrastFit(part, picture: picture, others: others, region: region),
      fit.contrast > 0
    else { return nil }
    return View(picture: picture, fit: fit)
  }

  struct View {
    let picture: Volume<Float>
    let fit: ContrastFit
  }

  /// Of what is left of the blur for a picture of coverages, which are means over a voxel already.
  private static func sigma(_ blurVariance: SIMD3<Double>, _ grid: Grid) -> SIMD3<Double> {
    pointwiseMax(blurVariance - grid.spacing * grid.spacing / 12, .zero).squareRoot()
  }
}

extension SubvoxelSurface {
  /// The mesh, every vertex moved so far outwards that its flat facets enclose what the curved ones do.
  fileprivate func filled() -> TriangleMesh {
    var sums = [SIMD2<Double>](repeating: .zero, count: mesh.positions.count)
    for triangle in mesh.triangles {
      let facet = curved.facet(over: triangle)
      for corner in [triangle.a, triangle.b, triangle.c] {
        sums[Int(corner)] += SIMD2(facet.bulge, facet.area)
      }
    }
    var filled = mesh
    for vertex in sums.indices where sums[vertex].y > 0 {
      filled.positions[vertex] += Float(sums[vertex].x / sums[vertex].y) * curved.normals[vertex]
    }
    return filled
  }
}
