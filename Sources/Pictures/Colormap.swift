/// Which colour shows which value.
public struct Colormap: Sendable, Hashable {
  /// Colours at equal steps from the lowest value to the highest, at least two.
  private let points: [RGB]
  /// The colour of what is not a number.
  public let notANumber: RGB

  private init(points: [RGB], notANumber: RGB) {
    self.points = points
    self.notANumber = notANumber
  }

  /// From black to white; what is not a number is black.
  public static let grey = Colormap(points: [.black, .white], notANumber: .black)

  /// From dark violet over green to yellow, in even steps of perceived lightness, also for the
  /// colour-blind; what is not a number is grey. Matplotlib's viridis of Smith & van der Walt 2015,
  /// at every 17th of its 256 entries and linear between them.
  public static let viridis = Colormap(points: viridisPoints, notANumber: RGB(grey: 128))

  /// From blue over light grey to red, for values on both sides of one in the middle; what is not a number is dark
  /// grey. Five colours of the map of Moreland 2009, doi:10.1007/978-3-642-10520-3_9, and linear between them.
  public static let coolToWarm = Colormap(
    points: [
      RGB(r: 59, g: 76, b: 192), RGB(r: 141, g: 176, b: 254), RGB(r: 221, g: 221, b: 221),
      RGB(r: 244, g: 154, b: 123), RGB(r: 180, g: 4, b: 38),
    ], notANumber: RGB(grey: 64))

  /// The colour at a fraction of the way from low to high; beyond 0...1 it is that of the nearer
  /// end.
  public func color(at fraction: Double) -> RGB {
    guard !fraction.isNaN else { return notANumber }
    let position = min(max(fraction, 0), 1) * Double(points.count - 1)
    let index = min(Int(position), points.count - 2)
    let (from, to, weight) = (points[index], points[index + 1], position - Double(index))
    func blend(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * weight).rounded())
    }
    return RGB(r: blend(from.r, to.r), g: blend(from.g, to.g), b: blend(from.b, to.b))
  }

  /// The colour of a value on a scale from `low` to `high`. Where both are the same, smaller values
  /// have the lowest colour, greater ones the highest and the value itself the middle one.
  public func color(of value: Double, low: Double, high: Double) -> RGB {
    guard low == high else { return color(at: (value - low) / (high - low)) }
    return color(at: value.isNaN ? value : value < low ? 0 : value > low ? 1 : 0.5)
  }

  private static let viridisPoints: [RGB] = [
    0x440154, 0x481A6C, 0x472F7D, 0x414487, 0x39568C, 0x31688E, 0x2A788E, 0x23888E,
    0x1F988B, 0x22A884, 0x35B779, 0x54C568, 0x7AD151, 0xA5DB36, 0xD2E21B, 0xFDE725,
  ].map { (hex: Int) in
    RGB(r: UInt8(hex >> 16 & 255), g: UInt8(hex >> 8 & 255), b: UInt8(hex & 255))
  }
}
