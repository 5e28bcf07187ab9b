public import MeshProcessing
public import Volumes

/// Surfaces by marching cubes: of a field at a level, of the objects of a label image within it, or
/// of the label image alone.
///
/// The surfaces are closed, also at the border of the image, where they run half a voxel outside of
/// the outermost voxel centres; they are manifold and wind counter-clockwise seen from outside.
/// Inside means *greater than* the level. A voxel that is equal to the level is outside, and the
/// surface passes it at a small distance (``MarchingCubes/tieMargin``), so that no two vertices
/// coincide and no triangle is without area.
extension Volume where Element == Float {
  /// The surface of everything above the level.
  public func isosurface(at level: Float) -> TriangleMesh {
    MarchingCubes.surface(of: Territory(field: self, level: level), grid: grid)
  }

  /// The surface of one object: its label says which voxels are its own, the field says where between
  /// them and their neighbours the surface runs. Between touching objects it runs midway.
  public func isosurface(
    at level: Float, around object: LabelObject, in labels: LabelVolume
  ) -> TriangleMesh {
    precondition(labels.grid.size == grid.size, "labels and field differ in size")
    return MarchingCubes.surface(
      of: Territory(object, in: labels, field: self, level: level), grid: grid)
  }
}

extension Volume where Element == UInt32 {
  /// The surface of one object of a label image: midway between its voxels and all others.
  ///
  /// For comparison with other tools. The staircase of the voxels stays in it: its area is too large
  /// by about 8.7 % at any resolution, by more where voxels are not cubes.
  public func maskSurface(around object: LabelObject) -> TriangleMesh {
    MarchingCubes.surface(of: Territory(object, in: self, field: nil, level: 0), grid: grid)
  }
}

enum MarchingCubes {
  /// How close a vertex may come to a voxel centre, as a fraction of the distance between centres.
  static let tieMargin = 1.0 / 1024

  /// Walks through the box slice by slice: bits for inside, a vertex per crossed edge, triangles.
  static func surface(of territory: Territory, grid: Grid) -> TriangleMesh {
    let builder = run(through: territory, grid: grid)
    return TriangleMesh(positions: builder.positions, triangles: builder.triangles)
  }

  static func run(through territory: Territory, grid: Grid) -> SurfaceBuilder {
    var builder = SurfaceBuilder(territory: territory, grid: grid)
    builder.enterFirstSlice()
    for z in 1..<territory.sliceCount {
      builder.enterSlice(z)
      builder.addTrianglesBelow()
    }
    return builder
  }
}
