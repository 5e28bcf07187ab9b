import Foundation
import Pictures

/// A colour in OKLab, where distances are differences as they are seen; 0.02 is just noticeable.
/// Ottosson 2020; deuteranopia after Machado, Oliveira & Fernandes 2009.
func okLab(_ color: RGB, deuteranopic: Bool) -> SIMD3<Double> {
  var light = SIMD3(decoded(color.r), decoded(color.g), decoded(color.b))
  if deuteranopic {
    light = product(
      [
        SIMD3(0.367322, 0.860646, -0.227968), SIMD3(0.280085, 0.672501, 0.047413),
        SIMD3(-0.011820, 0.042940, 0.968881),
      ], light
    ).clamped(lowerBound: .zero, upperBound: .one)
  }
  let cones = product(
    [
      SIMD3(0.4122214708, 0.5363325363, 0.0514459929),
      SIMD3(0.2119034982, 0.6806995451, 0.1073969566),
      SIMD3(0.0883024619, 0.2817188376, 0.6299787005),
    ], light)
  return product(
    [
      SIMD3(0.2104542553, 0.7936177850, -0.0040720468),
      SIMD3(1.9779984951, -2.4285922050, 0.4505937099),
      SIMD3(0.0259040371, 0.7827717662, -0.8086757660),
    ], SIMD3(cbrt(cones.x), cbrt(cones.y), cbrt(cones.z)))
}

func okLab(_ color: RGB) -> SIMD3<Double> { okLab(color, deuteranopic: false) }

private func product(_ rows: [SIMD3<Double>], _ vector: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3((rows[0] * vector).sum(), (rows[1] * vector).sum(), (rows[2] * vector).sum())
}

private func decoded(_ byte: UInt8) -> Double {
  let value = Double(byte) / 255
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
}
