internal import LibC

/// How unevenly an object takes up the stain, as nuclei do in their chromatin.
///
/// Grey values above the background are multiplied by 1 + `deviation` g, but never by less than nothing, where g is
/// a Gaussian random field of mean 0, variance 1 and the covariance exp(-d² / (2 length²)) at a distance d. It is that
/// of the image: blur does not act on it. So the surface stays where the blurred solid has half of the contrast
/// beside it, which is another contrast at every place.
public struct StainTexture: Sendable, Hashable, Codable, LosslessStringConvertible {
  /// The standard deviation of the stain over its mean.
  public var deviation: Double
  /// Over which the stain changes, in units.
  public var length: Double

  public init(deviation: Double, length: Double) {
    self.deviation = deviation
    self.length = length
  }

  /// As on the command line: `0.2:3` is a deviation of a fifth that changes over 3 units.
  public init?(_ description: String) {
    let parts = description.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let deviation = Double(parts[0]), let length = Double(parts[1]),
      deviation >= 0, deviation.isFinite, length > 0, length.isFinite
    else { return nil }
    self.init(deviation: deviation, length: length)
  }

  public var description: String { "\(deviation):\(length)" }
}

/// One texture out of all that a seed may give: a sum of plane waves with random directions, lengths and phases.
/// Shinozuka & Deodatis 1996, doi:10.1115/1.3101883.
struct RandomTexture: Sendable {
  private let deviation: Double
  private let waves: [Wave]

  private struct Wave {
    let vector: SIMD3<Double>
    let phase: Double
  }

  /// Enough for a sum that is nearly normally distributed.
  private static let waveCount = 128

  init(_ texture: StainTexture, seed: UInt64) {
    deviation = texture.deviation
    // Other numbers than those of the noise.
    let seed = seed ^ 0x5A5A_5A5A_5A5A_5A5A
    waves = (0..<UInt64(Self.waveCount)).map { wave in
      let way = SIMD3(
        gaussianNoise(seed, 4 * wave), gaussianNoise(seed, 4 * wave + 1),
        gaussianNoise(seed, 4 * wave + 2))
      return Wave(
        vector: way / texture.length, phase: 2 * .pi * uniform(~seed, wave))
    }
  }

  /// What the stain is multiplied by at a point.
  func factor(at point: SIMD3<Double>) -> Double {
    let sum = waves.reduce(0) { $0 + cos(dot($1.vector, point) + $1.phase) }
    return max(0, 1 + deviation * (2 / Double(waves.count)).squareRoot() * sum)
  }
}
