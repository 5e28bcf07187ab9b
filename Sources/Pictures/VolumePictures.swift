public import Volumes

extension Volume {
  /// One plane of the volume as a picture.
  ///
  /// - Parameters:
  ///   - z: The plane, counted from 0.
  ///   - low: The value, and all below it, that has the first colour.
  ///   - high: The value, and all above it, that has the last colour.
  ///   - colormap: The colours between them.
  /// - Returns: x to the right, y down, one pixel per voxel whatever the spacing.
  public func slice(
    z: Int, low: Double, high: Double, colormap: Colormap = .grey
  ) -> Picture {
    precondition(
      z >= 0 && z < grid.size.z, "plane \(z) is outside of a volume of \(grid.size.z) planes")
    return projection(of: z...z, low: low, high: high, colormap: colormap)
  }

  /// The greatest value along z behind every pixel; what is not a number is seen through.
  ///
  /// - Parameters:
  ///   - low: The value, and all below it, that has the first colour.
  ///   - high: The value, and all above it, that has the last colour.
  ///   - colormap: The colours between them.
  /// - Returns: x to the right, y down, one pixel per voxel whatever the spacing.
  public func maximumProjection(
    low: Double, high: Double, colormap: Colormap = .grey
  ) -> Picture {
    projection(of: 0...grid.size.z - 1, low: low, high: high, colormap: colormap)
  }

  private func projection(
    of planes: ClosedRange<Int>, low: Double, high: Double, colormap: Colormap
  ) -> Picture {
    let size = grid.size
    let bands = Parallel.map(Parallel.pieces(of: size.y, size: 32)) { rows in
      var plane = GreyPlane(width: size.x, height: rows.count)
      var scratch = [Float](repeating: 0, count: size.x)
      for z in planes {
        for y in rows {
          let start = grid.offset(0, y, z)
          plane.keepGreater(
            voxels.extracting(start..<start + size.x), y: y - rows.lowerBound, scratch: &scratch)
        }
      }
      return plane.pixels(low: low, high: high, colormap: colormap)
    }
    return Picture(width: size.x, height: size.y, pixels: Array(bands.joined()))
  }
}

extension Image {
  /// One plane of the image as a picture; see ``Volume/slice(z:low:high:colormap:)``.
  public func slice(
    z: Int, low: Double, high: Double, colormap: Colormap = .grey
  ) -> Picture {
    perform(Slice(z: z, low: low, high: high, colormap: colormap))
  }

  /// The greatest value along z; see ``Volume/maximumProjection(low:high:colormap:)``.
  public func maximumProjection(
    low: Double, high: Double, colormap: Colormap = .grey
  ) -> Picture {
    perform(MaximumProjection(low: low, high: high, colormap: colormap))
  }
}

private struct Slice: VolumeOperation {
  let z: Int
  let low: Double
  let high: Double
  let colormap: Colormap
  func run<V: Voxel>(on volume: Volume<V>) -> Picture {
    volume.slice(z: z, low: low, high: high, colormap: colormap)
  }
}

private struct MaximumProjection: VolumeOperation {
  let low: Double
  let high: Double
  let colormap: Colormap
  func run<V: Voxel>(on volume: Volume<V>) -> Picture {
    volume.maximumProjection(low: low, high: high, colormap: colormap)
  }
}
