import ArgumentParser
import Lamina

/// Which image of a file, and how large its voxels are.
struct ImageOptions: ParsableArguments {
  @Option(help: "Voxel spacing along x,y,z; replaces what the file says.")
  var spacing: Triple?

  @Option(help: "Unit of --spacing: um, nm, mm, ... (default: the file's, else um).")
  var unit: LengthUnit?

  @Option(help: "Channel of a hyperstack, counted from 1.")
  var channel: Int?

  @Option(help: "Time frame of a hyperstack, counted from 1.")
  var frame: Int?

  @Option(help: "Series of a file with several, counted from 1 (default: the one of most slices).")
  var series: Int?

  @Option(help: "Resolution of an OME-Zarr: 1 is full, 2 the next smaller one.")
  var level: Int?

  @Option(
    help: ArgumentHelp(
      "A part of the image: its first voxel, counted from 0, and its size (of an OME-Zarr nothing else is read).",
      valueName: "x,y,z,width,height,depth"))
  var box: VoxelBox?

  /// Which of them were given, by name.
  var given: [String: Bool] {
    [
      "--spacing": spacing != nil, "--unit": unit != nil, "--channel": channel != nil,
      "--frame": frame != nil, "--series": series != nil, "--level": level != nil,
      "--box": box != nil,
    ]
  }

  func validate() throws {
    if let spacing = spacing?.vector, spacing.min() <= 0 {
      throw ValidationError(
        "--spacing must be positive, got \(spacing.x),\(spacing.y),\(spacing.z)")
    }
    for (name, number) in [
      ("channel", channel), ("frame", frame), ("series", series), ("level", level),
    ] {
      if let number, number < 1 { throw ValidationError("--\(name) counts from 1, got \(number)") }
    }
  }

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    options.spacing = spacing?.vector ?? options.spacing
    options.unit = unit ?? options.unit
    options.channel = channel ?? options.channel
    options.frame = frame ?? options.frame
    options.series = series ?? options.series
    options.level = level ?? options.level
    options.box = box ?? options.box
  }
}
