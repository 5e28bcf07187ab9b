import ArgumentParser
import Files
import Lamina

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Show what simplification and smoothing do to the measurements.",
    discussion: """
      Measures every object after every combination of --simplify, --smooth, --order and --threshold. \
      Writes DIR/sweep.csv (a row per object and combination), DIR/sweep.json (the answer in words and \
      numbers) and DIR/sweep-area.svg and so on (plots against the fraction of triangles).

      For a stack that lamina phantom has made, with its OUT.json beside it, the errors against the \
      truth are in the table too.
      """)

  @Argument(help: "A stack, a label image (with --labels), or a mesh.") var input: String
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String

  @Option(help: "Fractions of the triangles to keep, separated by commas.")
  var simplify: CommaList<Double> = CommaList([1, 0.5, 0.1, 0.05, 0.01])
  @Option(help: "Ways to smooth, separated by commas: none, taubin:10, flow:0.5, ...")
  var smooth: CommaList<SmoothingChoice> = CommaList(SweepOptions().smoothings)
  @Option(help: "smooth-first, simplify-first or both, separated by a comma.")
  var order: CommaList<ProcessingOrder> = CommaList(ProcessingOrder.allCases)
  @Option(
    parsing: .unconditional,
    help:
      "Thresholds: otsu or a grey value, and then changes of it: otsu,-10%,+10% (default: otsu).")
  var threshold: CommaList<String>?

  @OptionGroup(title: "Image") var image: ImageOptions
  @OptionGroup(title: "Segmentation") var segmentation: SegmentationStepArguments

  @Option(
    help: ArgumentHelp(
      "A label image that lies on the stack: its values are the objects, as for measure.",
      valueName: "labels"))
  var objects: String?

  @OptionGroup(title: "Surfaces") var surfaces: SurfaceSourceArguments
  @OptionGroup(title: "Microscope") var microscope: MicroscopeArguments
  @OptionGroup(title: "Curvature") var curvature: CurvatureArguments

  @Flag(help: "Replace results that are there already.") var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  private static let resultNames = SweepPlots.names + ["sweep.json", "sweep.csv"]

  private var isMesh: Bool { MeshFormat(path: input) != nil }

  func validate() throws {
    if let wrong = simplify.values.first(where: { !($0 > 0 && $0 <= 1) }) {
      throw ValidationError("--simplify wants fractions above 0 and at most 1, got \(wrong)")
    }
    if isMesh {
      try refuse(
        image.given + segmentation.given + surfaces.given + microscope.given
          + ["--threshold": threshold != nil, "--objects": objects != nil],
        because: "a mesh has no voxels and is taken as it is")
    }
    try surfaces.checkLabels(
      segmentation, hasThreshold: threshold != nil, hasObjects: objects != nil, microscope)
  }

  func run() throws {
    try runOptions.run {
      if objects != nil { try surfaces.checkLevelOfObjects(microscope.pointSpread) }
      let folder = try resultFolder(output, for: Self.resultNames, force: force)
      let sweep = try naming(input) { try isMesh ? sweepOverMesh() : sweepOverStack() }
      let summary = SweepSummary(sweep, input: input)
      guard !sweep.rows.isEmpty else {
        throw UsageError("\(input): no object was found, and so there is nothing to sweep over")
      }
      for (name, svg) in SweepPlots(sweep).files {
        try writeFile(Array(svg.utf8), to: folder.place(for: name))
      }
      try writeFile(summary.json(), to: folder.place(for: "sweep.json"))
      try writeFile(Array(sweep.csv.utf8), to: folder.place(for: "sweep.csv"))
      try folder.commit()
      if runOptions.json {
        try printJSON(summary)
      } else if !runOptions.quiet {
        summary.answer.forEach { print($0) }
        print("\(sweep.rows.count) rows -> \(output)/sweep.csv, plots beside it")
      }
    }
  }

  private func sweepOverMesh() throws -> Sweep {
    try Sweep(
      over: MeshScene(anyFormat: input).joined.mesh, sweep: sweepOptions,
      curvatureScale: curvature.curvatureScale?.requiredOnMesh(),
      curvatureMethod: curvature.meshCurvature ?? .corrected)
  }

  private func sweepOverStack() throws -> Sweep {
    var options = AnalysisOptions()
    image.apply(to: &options)
    segmentation.apply(to: &options)
    surfaces.apply(to: &options)
    options.pointSpread = microscope.pointSpread
    curvature.apply(to: &options)
    let progress = Progress()
    let isVisible = !runOptions.quiet && !runOptions.json
    return try Sweep(
      contentsOf: input, objects: objects, options: options, sweep: sweepOptions,
      observer: MeasurementRun.Observer(
        warned: { Console.warning("\(input): \($0)") },
        foundObjects: { progress.start("sweeping", total: $0, isVisible: isVisible) },
        finishedObject: { progress.advance() }))
  }

  private var sweepOptions: SweepOptions {
    var options = SweepOptions()
    // Everything is compared with the untouched mesh.
    options.fractions = [1] + simplify.values.filter { $0 < 1 }.sorted(by: >)
    options.smoothings = [.none] + smooth.values.filter { $0 != .none }
    options.orders = order.values
    if let threshold { options.thresholds = threshold.values }
    return options
  }
}
