/// An image of grey values, whatever its voxel type: a ``Volume`` or an ``Image``.
///
/// Filters are methods of both. They serve to find objects; the grey values to be measured are always
/// those of the image as it was recorded, which is why filters return new volumes and leave theirs
/// alone.
public protocol GreyImage: Sendable {
  var grid: Grid { get }
  /// Whether voxels are whole numbers.
  var hasIntegerVoxels: Bool { get }
  /// The voxels as floats: exact up to 24 significant bits.
  var floatRows: RowSource<Float> { get }
  /// Every voxel replaced by one of those around it; see ``medianFiltered(over:border:)``.
  func replaced(
    by choice: RankChoice, over neighbourhood: Neighbourhood, border: BorderRule
  ) throws(VolumeError) -> Self
}

extension GreyImage {
  /// The image as floats, exact up to 24 significant bits.
  public func asFloats() throws(VolumeError) -> Volume<Float> {
    let rows = floatRows
    var floats = try Volume<Float>(grid: grid)
    floats.withDisjointWrites { target in
      Parallel.forEach(rows.grid.size.z) { z in
        for y in 0..<rows.grid.size.y {
          // SAFETY: a row of the target belongs to its plane.
          unsafe rows.read(y, z, target.base + rows.grid.offset(0, y, z))
        }
      }
    }
    return floats
  }
}

extension Volume: GreyImage {
  public var hasIntegerVoxels: Bool { !Element.isFloatingPoint }

  public func replaced(
    by choice: RankChoice, over neighbourhood: Neighbourhood, border: BorderRule
  ) throws(VolumeError) -> Volume {
    // Through the image: there the voxel type is known, and the loops are compiled for it.
    let image = try Element.image(self).replaced(by: choice, over: neighbourhood, border: border)
    guard let volume = Element.volume(in: image) else {
      preconditionFailure("a rank filter changed \(Element.typeName) to \(image.voxelTypeName)")
    }
    return volume
  }
}

extension Image: GreyImage {
  public var floatRows: RowSource<Float> { perform(FloatRows()) }

  public func replaced(
    by choice: RankChoice, over neighbourhood: Neighbourhood, border: BorderRule
  ) throws(VolumeError) -> Image {
    try perform(RankReplacement(choice: choice, neighbourhood: neighbourhood, border: border))
  }
}

private struct FloatRows: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) -> RowSource<Float> { volume.floatRows }
}
