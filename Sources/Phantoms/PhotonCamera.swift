/// The noise of a camera that counts photons: Poisson noise of the signal and its background, and
/// the normally distributed noise of reading out.
struct PhotonCamera: Sendable {
  /// Electrons that an object gives above its background.
  let signal: Double
  /// Standard deviation of reading out, in electrons.
  let readNoise: Double
  /// Grey values per electron.
  let gain: Double
  let seed: UInt64

  /// A camera and an exposure at which the contrast of an object is `snr` times the standard
  /// deviation of the noise in it.
  /// - Parameters:
  ///   - background: As part of the contrast.
  ///   - contrast: In grey values.
  init(snr: Double, readNoise: Double, background: Double, contrast: Double, seed: UInt64) {
    // snr² = signal² / (signal (1 + background) + readNoise²).
    let half = (1 + background) * snr * snr / 2
    signal = half + (half * half + snr * snr * readNoise * readNoise).squareRoot()
    self.readNoise = readNoise
    gain = contrast / signal
    self.seed = seed
  }

  /// What the camera makes of a grey value, for the voxel with this number.
  func photographed(_ value: Double, voxel: Int) -> Double {
    let counted = poisson(mean: value / gain, seed, UInt64(voxel))
    // Other numbers than those that decided the count.
    let read = readNoise * gaussianNoise(seed ^ 0xA5A5_A5A5_A5A5_A5A5, UInt64(voxel))
    return gain * (counted + read)
  }
}
