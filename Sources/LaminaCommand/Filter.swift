import ArgumentParser
import Lamina

struct Filter: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run one filter on a stack and write the result as a TIFF.",
    discussion: """
      gaussian, derivative and dog (difference of Gaussians) take --sigma; the filters of a \
      neighbourhood take --radius and --shape, and background takes --radius. Median, minimum, \
      maximum, opening and closing keep the voxel type; the others write float32.

      Filters serve to find objects. Measure the original: lamina measure smooths by itself.
      """)

  @Argument(help: "What to do.")
  var name: FilterName
  @Argument(help: "A stack.") var input: String
  @Argument(help: "The image to write (.tif).") var output: String

  @OptionGroup(title: "Filter") var parameters: FilterArguments
  @OptionGroup(title: "Image") var image: ImageOptions

  @Flag(help: "Replace the output if it is there already.")
  var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  private struct Report: Encodable {
    let filter: String
    let voxelType: String
    let min: Double
    let max: Double
    let mean: Double
    let sd: Double
    let stages: [String: Double]
    let peakMb: Double
  }

  func validate() throws { try parameters.check(for: name) }

  func run() throws {
    try runOptions.run {
      try OutputFile(output, force: force, endings: ["tif", "tiff"]).check()
      var options = AnalysisOptions()
      image.apply(to: &options)
      let clock = StageClock()
      let stack = try clock.time("read") { try Stack(contentsOf: input, for: options) }
      stack.warnings.forEach { Console.warning("\(input): \($0)") }
      let result = try naming(input) {
        try clock.time("filter") { try parameters.run(name, on: stack.image) }
      }
      try clock.time("write") { try result.write(to: output) }
      try report(result, clock: clock)
    }
  }

  private func report(_ result: Image, clock: StageClock) throws {
    guard !runOptions.quiet || runOptions.json else { return }
    let statistics = result.statistics()
    if runOptions.json {
      try printJSON(
        Report(
          filter: name.rawValue, voxelType: result.voxelTypeName, min: statistics.minimum,
          max: statistics.maximum, mean: statistics.mean, sd: statistics.standardDeviation,
          stages: clock.byName, peakMb: Console.peakMemory))
    } else {
      let range = "\(statistics.minimum.text(digits: 6)) to \(statistics.maximum.text(digits: 6))"
      print("\(name.rawValue): \(result.voxelTypeName), \(range) -> \(output)")
    }
  }
}
