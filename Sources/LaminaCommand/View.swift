import ArgumentParser
import Files
import Lamina

struct View: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a stack as a PNG: the maximum projection along z, or one slice.",
    discussion:
      "With --labels the outlines of the objects are drawn over it. The stack stays as it is.")

  @Argument(help: "A stack.") var input: String
  @Argument(help: "The picture to write (.png).") var output: String

  @Option(help: "One slice, counted from 1 (default: the maximum of all).") var slice: Int?
  @Option(help: "A label image of the same size whose objects are outlined.") var labels: String?
  @Option(help: "grey or viridis.") var colormap = ColormapName.grey
  @Option(
    parsing: .unconditional,
    help: "The grey value that is darkest (default: 0.2 % of the voxels lie below).")
  var low: Double?
  @Option(
    parsing: .unconditional,
    help: "The grey value that is brightest (default: 0.2 % of the voxels lie above).")
  var high: Double?
  @Option(help: "Pixels per voxel.") var scale = 1

  @OptionGroup(title: "Image") var image: ImageOptions

  @Flag(help: "Replace the output if it is there already.")
  var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  enum ColormapName: String, ExpressibleByArgument, CaseIterable {
    case grey, viridis
    var colormap: Colormap { self == .grey ? .grey : .viridis }
  }

  /// What `--json` prints: the size of the picture in pixels.
  private struct Report: Encodable {
    let width: Int
    let height: Int
  }

  func validate() throws {
    guard (1...16).contains(scale) else { throw ValidationError("--scale is from 1 to 16") }
    if let low, let high, !(low <= high) { throw ValidationError("--low lies above --high") }
  }

  func run() throws {
    try runOptions.run {
      try OutputFile(output, force: force, endings: ["png"]).check()
      var options = AnalysisOptions()
      image.apply(to: &options)
      let stack = try Stack(contentsOf: input, for: options).image
      let planes = stack.grid.size.z
      if let slice, !(1...planes).contains(slice) {
        throw UsageError("\(input): there is no slice \(slice); the stack has \(planes)")
      }
      var picture = try draw(stack)
      if let labels {
        try outline(
          &picture, with: try LabelVolume(contentsOf: labels, fitting: stack.grid, for: options))
      }
      try writeFile(picture.png(), to: output)
      if runOptions.json {
        try printJSON(Report(width: picture.width, height: picture.height))
      } else if !runOptions.quiet {
        print("\(picture.width) x \(picture.height) pixels -> \(output)")
      }
    }
  }

  private func draw(_ stack: Image) throws -> Picture {
    let histogram = stack.histogram()
    let darkest = low ?? histogram?.percentile(0.002) ?? 0
    let brightest = max(darkest, high ?? histogram?.percentile(0.998) ?? 1)
    let picture =
      if let slice {
        stack.slice(z: slice - 1, low: darkest, high: brightest, colormap: colormap.colormap)
      } else {
        stack.maximumProjection(low: darkest, high: brightest, colormap: colormap.colormap)
      }
    return picture.scaled(by: scale)
  }

  private func outline(_ picture: inout Picture, with labels: LabelVolume) throws {
    if let slice {
      picture.outline(labels, z: slice - 1)
    } else {
      picture.outline(try labels.shadows(), z: 0)
    }
  }
}
