internal import LibC

/// A number from 0 to 1, exclusive, that depends on a seed and a counter alone: the same on any
/// number of threads. Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195.
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

/// A Poisson distributed number.
///
/// Below a mean of 10 by inversion, above by transformed rejection, Hörmann 1993,
/// doi:10.1016/0167-6687(93)90997-4.
func poisson(mean: Double, _ seed: UInt64, _ counter: UInt64) -> Double {
  guard mean >= 10 else { return smallPoisson(mean: mean, uniform(seed, counter << 8)) }
  let b = 0.931 + 2.53 * mean.squareRoot()
  let a = -0.059 + 0.02483 * b
  let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  let logMean = log(mean)
  // Each try accepts with a probability of at least 0.7; the counters of a voxel last for 127
  // tries.
  for attempt in 0..<127 as Range<UInt64> {
    let u = uniform(seed, counter << 8 + 2 * attempt) - 0.5
    let v = uniform(seed, counter << 8 + 2 * attempt + 1)
    let distance = 0.5 - abs(u)
    let count = ((2 * a / distance + b) * u + mean + 0.43).rounded(.down)
    if count < 0 || (distance < 0.013 && v > distance) { continue }
    let scaled = log(v * inverseAlpha / (a / (distance * distance) + b))
    if scaled <= count * logMean - mean - logFactorial(count) { return count }
  }
  return mean.rounded()
}

private func smallPoisson(mean: Double, _ uniform: Double) -> Double {
  var probability = exp(-mean)
  var sum = probability
  var count = 0.0
  while sum < uniform && count < 200 {
    count += 1
    probability *= mean / count
    sum += probability
  }
  return count
}

/// log(count!), by Stirling's series, after which less than 1e-10 is left from 10 on.
private func logFactorial(_ count: Double) -> Double {
  if count < 10 { return (1...9).reduce(0) { Double($1) <= count ? $0 + log(Double($1)) : $0 } }
  let inverse = 1 / (count + 1)
  let square = inverse * inverse
  return (count + 0.5) * log(count + 1) - (count + 1) + 0.5 * log(2 * .pi)
    + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)))
}
