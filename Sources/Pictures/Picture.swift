/// A raster of colours, row by row from the top.
public struct Picture: Sendable, Hashable {
  public let width: Int
  public let height: Int
  /// The pixels, row by row from the top, each row from the left.
  public private(set) var pixels: [RGB]

  /// A picture of one colour.
  public init(width: Int, height: Int, fill: RGB) {
    precondition(
      width > 0 && height > 0, "a picture needs at least one pixel, got \(width) x \(height)")
    self.init(
      width: width, height: height, pixels: Array(repeating: fill, count: width * height))
  }

  /// A picture of the given pixels, row by row from the top.
  public init(width: Int, height: Int, pixels: [RGB]) {
    precondition(
      width > 0 && height > 0, "a picture needs at least one pixel, got \(width) x \(height)")
    precondition(
      pixels.count == width * height,
      "\(pixels.count) pixels do not fill a picture of \(width) x \(height)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The pixel `x` from the left and `y` from the top, which must lie inside the picture.
  public subscript(x: Int, y: Int) -> RGB {
    get { pixels[offset(x, y)] }
    set { pixels[offset(x, y)] = newValue }
  }

  private func offset(_ x: Int, _ y: Int) -> Int {
    precondition(
      x >= 0 && y >= 0 && x < width && y < height,
      "pixel \(x), \(y) is outside of a picture of \(width) x \(height)")
    return y * width + x
  }
}
