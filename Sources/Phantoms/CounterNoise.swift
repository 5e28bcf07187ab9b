#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A number from 0 to 1, exclusive, that depends on a seed and a counter alone: the same on any number
/// of threads. Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195.
func uniform(_ seed: UInt64, _ counter: UInt64) -> Double {
  var z = seed &* 0xD134_2543_DE82_EF95 &+ (counter &+ 1) &* 0x9E37_79B9_7F4A_7C15
  for _ in 0..<2 {
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
  }
  return (Double(z >> 11) + 0.5) * 0x1p-53
}

/// A normally distributed number of mean 0 and standard deviation 1. Box & Muller 1958,
/// doi:10.1214/aoms/1177706645.
func gaussianNoise(_ seed: UInt64, _ counter: UInt64) -> Double {
  let (radius, angle) = (uniform(seed, 2 &* counter), uniform(seed, 2 &* counter &+ 1))
  return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
}
