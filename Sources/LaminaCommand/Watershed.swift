import ArgumentParser
import Lamina

struct Watershed: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Flood a stack from seeds: every voxel gets the label whose water reaches it first.",
    discussion: """
      Water rises from low grey values to high ones. With --from-bright it sinks: seeds lie in bright \
      objects. To cut touching nuclei apart without seeds of your own, see lamina segment --split.
      """)

  @Argument(help: "A stack: the landscape.") var input: String
  @Argument(help: "A label image of the same size: the seeds.") var seeds: String
  @Argument(help: "The label image to write (.tif).") var output: String

  @Option(help: "A label image or mask of the same size; water flows where it is not 0.")
  var mask: String?
  @Flag(help: "Seeds are bright and borders are dark.") var fromBright = false
  @Option(help: "Which voxels water flows to: 6, 18 or 26.") var connectivity =
    VoxelConnectivity.faces

  @OptionGroup(title: "Image") var image: ImageOptions

  @Flag(help: "Replace the output if it is there already.")
  var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  private struct Report: Encodable {
    let objects: Int
    let stages: [String: Double]
    let peakMb: Double
  }

  func run() throws {
    try runOptions.run {
      try OutputFile(output, force: force, endings: ["tif", "tiff"]).check()
      var options = AnalysisOptions()
      image.apply(to: &options)
      let clock = StageClock()
      let stack = try clock.time("read") { try Stack(contentsOf: input, for: options).image }
      let seeds = try clock.time("read") {
        try LabelVolume(contentsOf: self.seeds, fitting: stack.grid, for: options)
      }
      let mask = try clock.time("read") {
        try self.mask.map {
          try LabelVolume(contentsOf: $0, fitting: stack.grid, for: options).mask()
        }
      }
      let regions = try clock.time("watershed") {
        var landscape = try stack.asFloats()
        if fromBright { landscape.negate() }
        return try landscape.watershed(from: seeds, within: mask, connectivity: connectivity)
      }
      let objects = regions.objects()
      try clock.time("write") { try regions.labelImage(keeping: objects).write(to: output) }
      if runOptions.json {
        try printJSON(
          Report(objects: objects.count, stages: clock.byName, peakMb: Console.peakMemory))
      } else if !runOptions.quiet {
        print("\(objects.count) regions -> \(output)")
      }
    }
  }
}
