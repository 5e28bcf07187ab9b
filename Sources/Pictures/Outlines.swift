public import Volumes

extension Picture {
  /// Draws the outlines of the objects in one plane, one pixel wide, inside of the objects and in
  /// their colours. Where an object is cut by the border of the plane the outline follows it.
  ///
  /// - Parameters:
  ///   - labels: The objects. The picture must be as large as a plane of them, or a whole factor
  ///     larger; its outlines are as thin then.
  ///   - z: The plane, counted from 0.
  public mutating func outline(_ labels: LabelVolume, z: Int) {
    let size = labels.grid.size
    precondition(z >= 0 && z < size.z, "plane \(z) is outside of \(size.z) planes of labels")
    let factor = width / size.x
    precondition(
      factor > 0 && width == factor * size.x && height == factor * size.y,
      "outlines of \(size.x) x \(size.y) voxels do not fit a picture of \(width) x \(height)")
    let (width, height) = (width, height)
    func label(_ x: Int, _ y: Int) -> UInt32 {
      guard x >= 0 && y >= 0 && x < width && y < height else { return 0 }
      return labels[x / factor, y / factor, z]
    }
    for y in 0..<height {
      for x in 0..<width {
        let own = label(x, y)
        guard own != 0 else { continue }
        let isInside =
          label(x - 1, y) == own && label(x + 1, y) == own
          && label(x, y - 1) == own && label(x, y + 1) == own
        if !isInside { self[x, y] = Colormap.objectColor(own) }
      }
    }
  }
}
