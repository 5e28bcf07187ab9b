internal import LibC

/// Conversion between sRGB bytes and amounts of light, IEC 61966-2-1.
///
/// Light adds up, bytes do not: whatever is averaged or lit is converted first.
enum LinearLight {
  /// The light of a colour, 0...1 per channel.
  static func decode(_ color: RGB) -> SIMD3<Float> {
    SIMD3(decoded[Int(color.r)], decoded[Int(color.g)], decoded[Int(color.b)])
  }

  /// The colour of an amount of light; more than 1 saturates.
  static func encode(_ light: SIMD3<Float>) -> RGB {
    let scaled = light.clamped(lowerBound: .zero, upperBound: .one) * Float(steps) + 0.5
    return RGB(
      r: encoded[Int(scaled.x)], g: encoded[Int(scaled.y)], b: encoded[Int(scaled.z)])
  }

  /// The byte that shows an amount of light, 0...1.
  static func byte(_ light: Double) -> UInt8 {
    let light = min(max(light, 0), 1)
    let value = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
    return UInt8((value * 255).rounded())
  }

  private static let decoded: [Float] = (0...255).map {
    let value = Double($0) / 255
    return Float(value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
  }

  // Fine enough that every byte survives the way through the table and back.
  private static let steps = 1 << 14
  private static let encoded: [UInt8] = (0...steps).map { byte(Double($0) / Double(steps)) }
}
