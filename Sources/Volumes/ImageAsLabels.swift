/// Why an image cannot be taken for a label image.
public enum LabelError: Error, Sendable, CustomStringConvertible {
  /// A voxel whose value is no label.
  case notALabel(value: Double, at: SIMD3<Int>)
  case volume(VolumeError)

  public var description: String {
    switch self {
    case .notALabel(let value, let place):
      "voxel x \(place.x), y \(place.y), z \(place.z) has the value \(value), which is no label;"
        + " labels are whole numbers from 0 (background) to 4294967295"
    case .volume(let error): "\(error)"
    }
  }
}

extension Image {
  /// The image as labels: its values unchanged, which must be whole numbers from 0 to 2^32 - 1.
  public func asLabels() throws(LabelError) -> LabelVolume {
    if case .uint32(let labels) = self { return labels }
    return try perform(ConversionToLabels())
  }

  /// Where the first voxel is that no 32-bit float holds: NaN, infinite, or too large.
  public func firstVoxelBeyondFloats() -> SIMD3<Int>? {
    hasIntegerVoxels ? nil : perform(FirstBeyondFloats())
  }
}

private struct ConversionToLabels: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) throws(LabelError) -> LabelVolume {
    var labels: LabelVolume
    do { labels = try LabelVolume(grid: volume.grid) } catch { throw .volume(error) }
    var target = labels.mutableVoxels
    for i in volume.voxels.indices {
      let value = volume.voxels[i].asDouble
      guard let label = UInt32(exactly: value) else {
        throw .notALabel(value: value, at: volume.grid.index(of: i))
      }
      target[i] = label
    }
    return labels
  }
}

private struct FirstBeyondFloats: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) -> SIMD3<Int>? {
    let voxels = volume.voxels
    let found = Parallel.map(Parallel.pieces(of: voxels.count, size: 1 << 20)) { range -> Int? in
      let part = volume.voxels.extracting(range)
      for i in part.indices where !Float(part[i].asDouble).isFinite { return range.lowerBound + i }
      return nil
    }
    return found.lazy.compactMap { $0 }.first.map(volume.grid.index(of:))
  }
}
