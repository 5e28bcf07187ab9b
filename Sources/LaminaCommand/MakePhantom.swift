import ArgumentParser
import Files
import Lamina

struct MakePhantom: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phantom",
    abstract: "Make a synthetic stack of known shape, and its exact measurements beside it.",
    discussion: """
      Writes OUT.tif and OUT.json. Lengths are in units of the spacing. Voxels at the surface hold \
      the part of them that the solid covers, so the level half-way between background and \
      foreground (half_level in OUT.json) is the exact surface.

      A nucleus is a random one: another --seed gives another nucleus.
      """)

  enum Shape: String, ExpressibleByArgument, CaseIterable {
    case sphere, ellipsoid, torus, capsule
    case roundedCube = "rounded-cube"
    case bumpy, lobed, nucleus
  }

  @Argument var shape: Shape
  @Argument(help: "The stack to write (.tif).") var output: String

  @Option(
    help: """
      Radius of the sphere of equal volume (default: 10, or what --axes, --major-radius and \
      --minor-radius give).
      """)
  var radius: Double?
  @Option(help: "Semi-axes of the ellipsoid, x,y,z (default: 20,14,9).") var axes: Triple?
  @Option(help: "Radius of the circle that the torus runs along (default: 16).")
  var majorRadius: Double?
  @Option(help: "Radius of the tube of the torus (default: 6).") var minorRadius: Double?

  @Option(help: "Voxel spacing along x,y,z.") var spacing = Triple(.one)
  @Option(help: "Unit of all lengths.") var unit = LengthUnit.micrometre
  @Option(
    parsing: .unconditional,
    help: "Displacement of the centre from a voxel centre, in voxels, x,y,z.")
  var shift = Triple(.zero)
  @Option(
    parsing: .unconditional,
    help: "An axis and an angle in degrees, x,y,z,angle; or random (by --seed); or none.")
  var rotation = RotationChoice.none
  @Option(help: "Free voxels around the object.") var margin = 5
  @Option(
    help: """
      What a voxel shows: the mean over its box (voxel), the mean over the pixel in the plane of \
      the slice (plane), or the point at its centre (center) (default: voxel).
      """)
  var sampling: PhantomSampling?
  @Flag(
    help: "Write a label image: 1 where the centre of a voxel is inside. No blur, noise or texture."
  )
  var mask = false
  @Option(help: "Sigma of a Gaussian blur, along x,y,z or for all (default: 0).") var blur: Triple?
  @Option(help: "Standard deviation of Gaussian noise, in grey values (default: 0).")
  var noise: Double?
  @Option(help: "Photon and read noise: contrast over the noise's standard deviation inside.")
  var snr: Double?
  @Option(help: "Standard deviation of the read noise of --snr, in electrons (default: 2).")
  var readNoise: Double?
  @Option(parsing: .unconditional, help: "Grey value of the object (default: 1000).")
  var foreground: Double?
  @Option(parsing: .unconditional, help: "Grey value around it (default: 100).")
  var background: Double?
  @Option(
    help: """
      An uneven stain: its standard deviation over its mean, and over which length it changes: 0.2:3.
      """)
  var texture: StainTexture?
  @Option(help: "Seed of noise, texture, random rotation and nucleus.") var seed: UInt64 = 1
  @Option(name: .customLong("type"), help: "Voxel type (default: uint16).")
  var depth: PhantomVoxelType?

  @Flag(help: "Replace the output if it is there already.") var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    try refuse(
      [
        "--axes": axes != nil && shape != .ellipsoid,
        "--major-radius": majorRadius != nil && shape != .torus,
        "--minor-radius": minorRadius != nil && shape != .torus,
      ], because: "a \(shape.rawValue) is given by its --radius")
    try refuse(
      ["--read-noise": readNoise != nil && snr == nil], because: "there is no camera without --snr")
    guard mask else { return }
    try refuse(
      [
        "--sampling": sampling != nil, "--blur": blur != nil, "--noise": noise != nil,
        "--snr": snr != nil, "--foreground": foreground != nil, "--background": background != nil,
        "--texture": texture != nil, "--type": depth != nil,
      ], because: "--mask writes labels")
  }

  func run() throws {
    try runOptions.run {
      try OutputFile(output, force: force, endings: ["tif", "tiff"]).check()
      let phantom = phantom
      try phantom.validate()
      let truth = phantom.truth
      try phantom.image(as: mask ? .uint8 : depth ?? .uint16).write(to: output)
      try writeFile(truth.json(), to: truthPath)
      if runOptions.json {
        try printJSON(truth)
      } else if !runOptions.quiet {
        let size = phantom.grid.size
        print(
          "\(shape.rawValue) of \(size.x) x \(size.y) x \(size.z) voxels, area "
            + "\(truth.surfaceArea.text(digits: 8)) \(unit.rawValue)², volume "
            + "\(truth.volume.text(digits: 8)) \(unit.rawValue)³ -> \(output), \(truthPath)")
      }
    }
  }

  /// The name of the stack with another ending.
  private var truthPath: String {
    let stem = output.lastIndex(of: ".").map { output[..<$0] } ?? output[...]
    return "\(stem).json"
  }

  private var phantom: Phantom {
    var phantom = Phantom(solid: solid)
    phantom.rotation = rotation.rotation(seed: seed)
    phantom.spacing = spacing.vector
    phantom.unit = unit
    phantom.shift = shift.vector
    phantom.margin = margin
    phantom.sampling = sampling ?? phantom.sampling
    phantom.blur = blur?.vector ?? phantom.blur
    phantom.noise = noise ?? phantom.noise
    phantom.snr = snr
    phantom.readNoise = readNoise ?? phantom.readNoise
    phantom.foreground = foreground ?? phantom.foreground
    phantom.background = background ?? phantom.background
    phantom.texture = texture
    phantom.seed = seed
    return mask ? phantom.mask : phantom
  }

  private var solid: Solid {
    let size = radius ?? 10
    return switch shape {
    case .sphere: .sphere(radius: size)
    case .ellipsoid: sized(.ellipsoid(semiAxes: axes?.vector ?? SIMD3(20, 14, 9)))
    case .torus: sized(.torus(majorRadius: majorRadius ?? 16, minorRadius: minorRadius ?? 6))
    case .capsule: .capsule(radius: 1, height: 2).scaled(toEquivalentRadius: size)
    case .roundedCube:
      .roundedCube(halfSide: 1, edgeRadius: 0.4).scaled(toEquivalentRadius: size)
    case .bumpy: .bumpy(radius: size)
    case .lobed: .lobed(radius: size)
    case .nucleus: .nucleus(radius: size, seed: seed)
    }
  }

  private func sized(_ solid: Solid) -> Solid {
    radius.map { solid.scaled(toEquivalentRadius: $0) } ?? solid
  }
}
