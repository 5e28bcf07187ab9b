import ArgumentParser
import Lamina

struct Segment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Binarise and label a stack: the first half of measure alone.",
    discussion: """
      Writes an image of labels: 0 is background, objects are numbered from 1. \
      STACK.ome.zarr/labels/NAME puts them beside the image of an OME-Zarr.
      """)

  @Argument(help: "A stack.") var input: String
  @Argument(help: "The label image to write (.tif, .ome.tif, .ome.zarr).") var output: String

  @OptionGroup(title: "Image") var image: ImageOptions
  @OptionGroup(title: "Segmentation") var segmentation: SegmentationArguments

  @Flag(help: "Replace the output if it is there already.")
  var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  private struct Report: Encodable {
    let threshold: Double?
    let objects: Int
    let stages: [String: Double]
    let peakMb: Double
  }

  func run() throws {
    try runOptions.run {
      try OutputFile(image: output, force: force).check()
      var options = AnalysisOptions()
      image.apply(to: &options)
      segmentation.apply(to: &options)
      let clock = StageClock()
      let stack = try clock.time("read") { try Stack(contentsOf: input, for: options) }
      let result = try naming(input) {
        try Segmentation(of: stack.image, options: options, keepsField: false, clock: clock)
      }
      (stack.warnings + result.warnings).forEach { Console.warning("\(input): \($0)") }
      try clock.time("write") { try result.labelImage().write(to: output) }
      if runOptions.json {
        try printJSON(
          Report(
            threshold: result.threshold, objects: result.objects.count, stages: clock.byName,
            peakMb: Console.peakMemory))
      } else if !runOptions.quiet {
        let level = result.threshold.map { " above \($0.text(digits: 6))" } ?? ""
        let objects = result.objects.count.counted("object", "objects")
        print("\(objects)\(level) -> \(output)")
      }
    }
  }
}
