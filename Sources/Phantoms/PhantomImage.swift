public import Volumes

/// The voxel types that a phantom can have.
public enum PhantomVoxelType: String, Sendable, CaseIterable {
  case uint8, uint16, float32
}

extension Phantom {
  /// The phantom as an image. Grey values are rounded to whole ones where the type wants that, and noise
  /// that leaves the range of the type is cut off there.
  public func image(as type: PhantomVoxelType) throws(PhantomError) -> Image {
    switch type {
    case .uint8: .uint8(try rounded())
    case .uint16: .uint16(try rounded())
    case .float32: .float32(try volume())
    }
  }

  private func rounded<V: Voxel & FixedWidthInteger>() throws(PhantomError) -> Volume<V> {
    let (low, high) = (Double(V.min), Double(V.max))
    for value in [background, foreground] where !(low...high).contains(value) {
      throw .greyValueDoesNotFit(value: value, type: V.typeName)
    }
    let exact = try volume()
    do {
      var volume = try Volume<V>(grid: exact.grid)
      var target = volume.mutableVoxels
      for i in target.indices {
        target[i] = V(min(max(Double(exact.voxels[i]).rounded(), low), high))
      }
      return volume
    } catch {
      throw .outOfMemory(bytes: exact.grid.voxelCount * MemoryLayout<V>.stride)
    }
  }
}
