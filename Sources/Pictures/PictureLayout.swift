extension Picture {
  /// This picture and another one beside it.
  ///
  /// - Parameters:
  ///   - other: The picture on the right.
  ///   - gap: Pixels between the two.
  ///   - background: The colour of the gap, and above and below the lower picture.
  /// - Returns: Both in one row, vertically centred.
  public func beside(_ other: Picture, gap: Int, background: RGB) -> Picture {
    precondition(gap >= 0, "the gap between pictures must not be negative, got \(gap)")
    var row = Picture(
      width: width + gap + other.width, height: max(height, other.height), fill: background)
    row.paste(self, left: 0, top: (row.height - height) / 2)
    row.paste(other, left: width + gap, top: (row.height - other.height) / 2)
    return row
  }

  /// The picture with every pixel repeated `factor` times along both axes.
  public func scaled(by factor: Int) -> Picture {
    precondition(factor > 0, "a picture is scaled by at least 1, got \(factor)")
    var scaled: [RGB] = []
    scaled.reserveCapacity(pixels.count * factor * factor)
    for y in 0..<height {
      let start = scaled.count
      for pixel in pixels[y * width..<(y + 1) * width] {
        for _ in 0..<factor { scaled.append(pixel) }
      }
      let row = scaled[start...]
      for _ in 1..<factor { scaled.append(contentsOf: row) }
    }
    return Picture(width: width * factor, height: height * factor, pixels: scaled)
  }

  private mutating func paste(_ other: Picture, left: Int, top: Int) {
    for y in 0..<other.height {
      for x in 0..<other.width { self[left + x, top + y] = other[x, y] }
    }
  }
}
