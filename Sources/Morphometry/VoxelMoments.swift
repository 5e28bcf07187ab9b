public import Volumes

extension Volume where Element == UInt32 {
  /// The moments of one object with every voxel a point at its centre, in world coordinates.
  ///
  /// A voxel's own extent is left out: it would add spacing²/12 to the covariance along each axis;
  /// see ``SolidMoments/withVoxelExtent(_:)``. Sums are of integers, and exact.
  public func voxelMoments(of object: LabelObject) -> SolidMoments {
    var count = 0
    var first = SIMD3<Int>.zero
    var squares = SIMD3<Int>.zero
    var mixed = SIMD3<Int>.zero
    forEachVoxel(of: object) { place in
      count += 1
      first &+= place
      squares &+= place &* place
      mixed &+= SIMD3(place.y * place.z, place.x * place.z, place.x * place.y)
    }
    let n = Double(count)
    let mean = SIMD3<Double>(first) / n
    let spacing = grid.spacing
    let diagonal = SIMD3<Double>(squares) / n - mean * mean
    let off =
      SIMD3<Double>(mixed) / n - SIMD3(mean.y * mean.z, mean.x * mean.z, mean.x * mean.y)
    return SolidMoments(
      volume: n * grid.voxelVolume,
      centroid: grid.world(SIMD3<Double>(object.lower) + mean),
      covariance: SymmetricTensor(
        diagonal: diagonal * spacing * spacing,
        mixed: off
          * SIMD3(spacing.y * spacing.z, spacing.x * spacing.z, spacing.x * spacing.y)))
  }

  /// Hands on every voxel of an object, by its place from the lower corner of the object's box.
  func forEachVoxel(of object: LabelObject, _ body: (SIMD3<Int>) -> Void) {
    let width = object.upper.x - object.lower.x + 1
    for z in object.lower.z...object.upper.z {
      for y in object.lower.y...object.upper.y {
        let start = grid.offset(object.lower.x, y, z)
        let row = voxels.extracting(start..<start + width)
        for x in row.indices where row[x] == object.label {
          body(SIMD3(x, y - object.lower.y, z - object.lower.z))
        }
      }
    }
  }

  /// The first and last voxel of every row of an object, by their places from the lower corner of
  /// its box: among them are the outermost ones in every direction.
  func rowEnds(of object: LabelObject) -> [SIMD3<Int>] {
    var ends: [SIMD3<Int>] = []
    forEachVoxel(of: object) { place in
      let count = ends.count
      if count >= 2, ends[count - 1].y == place.y, ends[count - 1].z == place.z {
        ends[count - 1] = place
      } else {
        ends += [place, place]
      }
    }
    return ends
  }
}

extension SolidMoments {
  /// The moments of the voxels as boxes, from those of their centres: spacing²/12 more along each
  /// axis.
  public func withVoxelExtent(_ spacing: SIMD3<Double>) -> SolidMoments {
    SolidMoments(
      volume: volume, centroid: centroid,
      covariance: SymmetricTensor(
        diagonal: covariance.diagonal + spacing * spacing / 12, mixed: covariance.mixed))
  }
}
