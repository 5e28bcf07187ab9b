extension Phantom {
  /// The same solid turned and moved at random, with noise of its own: all that a seed decides.
  public func inRandomPose(seed: UInt64) -> Phantom {
    var phantom = self
    phantom.rotation = .random(seed: seed)
    phantom.shift = SIMD3(uniform(seed, 3), uniform(seed, 4), uniform(seed, 5)) - 0.5
    phantom.seed = seed
    return phantom
  }
}
