public import MeshProcessing
public import Volumes

/// Surfaces by marching cubes: of a field at a level, of the objects of a label image within it, or
/// of the label image alone.
///
/// The surfaces are closed, also at the border of the image, where they run half a voxel outside of
/// the outermost voxel centres; they are manifold and wind counter-clockwise seen from outside.
/// Inside means *greater than* the level. A voxel that is equal to the level is outside, and the
/// surface passes it at a small distance (``EdgeCrossing/tieMargin``), so that no two vertices
/// coincide and no triangle is without area. A voxel that is not a number is outside.
///
/// Between voxels the field is trilinear, and so is the topology of its surface: on the faces of a cube
/// (Nielson & Hamann 1991, doi:10.1109/VISUAL.1991.175782) and in its middle (``Tunnel``).
extension Volume where Element == Float {
  /// The surface of everything above the level.
  public func isosurface(at level: Float) -> TriangleMesh {
    MarchingCubes.surface(of: Territory(field: self, level: level)).mesh
  }

  /// The surface of one object: its label says which voxels are its own, the field says where between
  /// them and their neighbours the surface runs. Between touching objects it runs midway.
  public func isosurface(
    at level: Float, around object: LabelObject, in labels: LabelVolume
  ) -> TriangleMesh {
    precondition(labels.grid.size == grid.size, "labels and field differ in size")
    return MarchingCubes.surface(
      of: Territory(object, in: labels, field: self, level: level)
    ).mesh
  }
}

extension Image {
  /// The surface of everything above a grey value, whatever the voxel type; see
  /// ``Volumes/Volume/isosurface(at:)``.
  ///
  /// Takes a copy of the voxels as `Float`.
  public func isosurface(at level: Float) throws(VolumeError) -> TriangleMesh {
    try gaussianBlurred(sigma: SIMD3<Double>.zero).isosurface(at: level)
  }
}

extension Volume where Element == UInt32 {
  /// The surface of one object of a label image: midway between its voxels and all others.
  ///
  /// For comparison with other tools. The staircase of the voxels stays in it: its area is too large
  /// by about 8.7 % at any resolution, by more where voxels are not cubes.
  public func maskSurface(around object: LabelObject) -> TriangleMesh {
    MarchingCubes.surface(of: Territory(object, in: self, field: nil, level: 0)).mesh
  }
}

enum MarchingCubes {
  /// Points of a slab of the lattice, which is worked on at once.
  private static let slabSize = 1 << 19

  /// Which points are inside; how much surface there is in every row; then the surface, each row
  /// written to its place.
  static func surface(of territory: Territory) -> MarchedSurface {
    let size = territory.size
    let slabs = Parallel.pieces(of: size.z, size: max(1, slabSize / (size.x * size.y)))
    let inside = InsideBits(territory, slabs: slabs)
    let places = RowPlaces(territory, inside, slabs: slabs)
    return MarchedSurface(territory, inside, places, slabs: slabs)
  }
}
