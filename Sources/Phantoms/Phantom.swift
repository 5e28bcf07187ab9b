public import Volumes

/// A synthetic stack of one solid whose measurements are known exactly.
///
/// Voxels at the surface hold the part of them that the solid covers, so without blur the level
/// half-way between background and foreground runs along the surface to within a small part of a
/// voxel. Blur is that of the solid, not of the voxels.
public struct Phantom: Sendable, Hashable {
  public var solid: Solid
  public var rotation = Rotation.none
  /// Voxel spacing along x, y, z.
  public var spacing: SIMD3<Double> = .one
  public var unit = LengthUnit.micrometre
  /// Displacement of the centre from the centre of a voxel, in voxels, from -1 to 1.
  public var shift: SIMD3<Double> = .zero
  /// Free voxels around the solid.
  public var margin = 5
  public var sampling = PhantomSampling.voxel
  /// Standard deviation of a Gaussian point-spread function along x, y, z.
  public var blur: SIMD3<Double> = .zero
  /// Standard deviation of additive Gaussian noise, in grey values.
  public var noise = 0.0
  /// The signal-to-noise ratio of a camera that counts photons: foreground minus background over
  /// the standard deviation of the noise inside of the object; `nil` for no such camera.
  public var snr: Double?
  /// Standard deviation of the camera's noise of reading out, in electrons.
  public var readNoise = 2.0
  public var foreground = 1000.0
  public var background = 100.0
  /// How unevenly the solid is stained; `nil` for evenly.
  public var texture: StainTexture?
  /// Decides the noise and the texture.
  public var seed: UInt64 = 1

  public init(solid: Solid) { self.solid = solid }

  /// The same solid as a label image: 1 where the centre of a voxel is inside, else 0; without blur
  /// and noise. Its grid is that of a phantom without blur.
  public var mask: Phantom {
    var mask = self
    mask.sampling = .center
    mask.blur = .zero
    mask.noise = 0
    mask.snr = nil
    mask.texture = nil
    mask.foreground = 1
    mask.background = 0
    return mask
  }

  /// Refuses what cannot be made.
  public func validate() throws(PhantomError) {
    try solid.validate()
    try check("spacing", spacing, "from 1e-12 to 1e12", Grid.spacings.contains)
    try check("shift", shift, "from -1 to 1") { abs($0) <= 1 }
    try check("blur", blur, "0 or more") { $0 >= 0 }
    if sampling == .center {
      try check("blur with points at voxel centres", blur, "0") { $0 == 0 }
    }
    try check("noise", noise, "0 or more") { $0 >= 0 }
    try check("grey value", SIMD3(foreground, background, 0), "a number") { _ in true }
    if let texture {
      try check("deviation of the texture", texture.deviation, "0 or more") { $0 >= 0 }
      try check("length of the texture", texture.length, "positive") { $0 > 0 }
    }
    try validateCamera()
    guard (0...10_000).contains(margin) else {
      throw .badParameter(name: "margin", value: "\(margin)", mustBe: "from 0 to 10000")
    }
    let extent = reach / spacing + 4 * blur / spacing + Double(margin) + 2
    let voxels = 8 * extent.x * extent.y * extent.z
    guard voxels < 0x1p31 else { throw .tooLarge(voxels: voxels) }
  }

  private func validateCamera() throws(PhantomError) {
    guard let snr else { return }
    try check("signal-to-noise ratio", snr, "positive") { $0 > 0 }
    try check("read noise", readNoise, "0 or more") { $0 >= 0 }
    try check("noise beside a signal-to-noise ratio", noise, "0") { $0 == 0 }
    try check("background of a photon count", background, "0 or more") { $0 >= 0 }
    try check("foreground of a photon count", foreground, "above background") { $0 > background }
  }

  private func check(
    _ name: String, _ value: Double, _ rule: String, _ isGood: (Double) -> Bool
  ) throws(PhantomError) {
    guard value.isFinite && isGood(value) else {
      throw .badParameter(name: name, value: "\(value)", mustBe: rule)
    }
  }

  private func check(
    _ name: String, _ values: SIMD3<Double>, _ rule: String, _ isGood: (Double) -> Bool
  ) throws(PhantomError) {
    for axis in 0..<3 { try check(name, values[axis], rule, isGood) }
  }

  /// How far the solid reaches from its centre along the axes of the image, on either side.
  private var reach: SIMD3<Double> {
    let axes: [SIMD3<Double>] = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    let reaches = axes.map { axis in
      let direction = rotation.inverse.rotated(axis)
      return max(solid.reach(along: direction), solid.reach(along: -direction))
    }
    return SIMD3(reaches[0], reaches[1], reaches[2])
  }

  /// The voxel that the centre lies in or near to: as many voxels on one side as on the other.
  private var middle: SIMD3<Int> {
    let extent = ((reach + 4 * blur) / spacing).rounded(.up)
    return SIMD3<Int>(extent) &+ (margin + 1)
  }

  /// World coordinates of the centre of the solid.
  public var center: SIMD3<Double> { (SIMD3<Double>(middle) + shift) * spacing }

  /// The grid that just holds the solid, its blur and the margin.
  public var grid: Grid {
    Grid(size: 2 &* middle &+ 1, spacing: spacing, unit: unit, calibration: .phantom)
  }

  /// The grey values, before they are rounded to a voxel type.
  public func volume() throws(PhantomError) -> Volume<Float> {
    try validate()
    do {
      var volume = try exposed()
      let (covered, grid) = (volume, volume.grid)
      let grey = greyValue
      let stain = texture.map { RandomTexture($0, seed: seed) }
      volume.fillSlices { x, y, z in
        let voxel = grid.offset(x, y, z)
        var signal = Double(covered.voxels[voxel])
        if let stain, signal > 0 {
          signal *= stain.factor(at: grid.world(SIMD3<Double>(SIMD3(x, y, z))))
        }
        return Float(grey(signal, voxel))
      }
      return volume
    } catch {
      throw .outOfMemory(bytes: grid.voxelCount * MemoryLayout<Float>.stride)
    }
  }

  /// From the signal of a voxel, 1 where the mean stain covers it, and its number to its grey value.
  private var greyValue: @Sendable (_ signal: Double, _ voxel: Int) -> Double {
    let (low, contrast, noise, seed) = (background, foreground - background, noise, seed)
    if let snr {
      let camera = PhotonCamera(
        snr: snr, readNoise: readNoise, background: low / contrast, contrast: contrast, seed: seed)
      return { camera.photographed(low + contrast * $0, voxel: $1) }
    }
    if noise > 0 {
      return { low + contrast * $0 + noise * gaussianNoise(seed, UInt64($1)) }
    }
    return { signal, _ in low + contrast * signal }
  }
}
