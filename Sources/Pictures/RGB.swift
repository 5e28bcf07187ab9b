/// A colour as a screen shows it: 8 bits of sRGB per channel.
public struct RGB: Sendable, Hashable {
  public var r: UInt8
  public var g: UInt8
  public var b: UInt8

  public init(r: UInt8, g: UInt8, b: UInt8) {
    self.r = r
    self.g = g
    self.b = b
  }

  /// A shade of grey.
  public init(grey: UInt8) { self.init(r: grey, g: grey, b: grey) }

  public static let black = RGB(grey: 0)
  public static let white = RGB(grey: 255)
}
