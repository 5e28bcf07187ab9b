public import Volumes

extension Segmentation {
  /// The labels as an image; see ``Volume/labelImage(keeping:)``.
  public func labelImage() throws -> Image { try labels.labelImage(keeping: objects) }
}

extension Volume where Element == UInt32 {
  /// The labels as an image, in the smallest voxel type that other programs read labels from: 16
  /// bits where they suffice, else 32.
  ///
  /// - Parameter objects: In ascending order of their labels; those that are not among them become 0.
  public func labelImage(keeping objects: [LabelObject]) throws -> Image {
    let largest = objects.last?.label ?? 0
    var kept = self
    if largest > UInt16.max {
      var voxels = kept.mutableVoxels
      let wanted = Set(objects.map(\.label))
      for i in voxels.indices where voxels[i] != 0 && !wanted.contains(voxels[i]) { voxels[i] = 0 }
      return .uint32(kept)
    }
    var isKept = [Bool](repeating: false, count: Int(UInt16.max) + 1)
    for object in objects { isKept[Int(object.label)] = true }
    var narrow = try Volume<UInt16>(grid: grid)
    var target = narrow.mutableVoxels
    let source = voxels
    for i in source.indices where source[i] <= largest && isKept[Int(source[i])] {
      target[i] = UInt16(source[i])
    }
    return .uint16(narrow)
  }
}
