import ArgumentParser
import Files
import Foundation
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
    help:
      "Thresholds: otsu or a grey value, and then changes of it: otsu,-10%,+10% (default: otsu).")
  var threshold: CommaList<String>?

  @Flag(help: "The input is a label image: each value is one object, 0 is background.")
  var labels = false
  @Option(help: "Draw surfaces through the grey values (grey) or midway between voxels (mask).")
  var surface: SurfaceSource?

  @OptionGroup(title: "Curvature") var curvature: CurvatureArguments
  @OptionGroup(title: "Image") var image: ImageOptions

  @Option(help: "Gaussian before the threshold, as for measure.") var sigma: Length?
  @Flag(help: "Fill the cavities of objects.") var fillHoles = false
  @Option(help: "Leave out objects of less than this volume, in cubic units of the image.")
  var minVolume: Double?
  @Flag(help: "Leave out objects that the border of the image cuts.") var clearBorder = false
  @Flag(help: "Replace results that are there already.") var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  private static let resultNames = SweepPlots.names + ["sweep.json", "sweep.csv"]

  func validate() throws {
    if let wrong = simplify.values.first(where: { !($0 > 0 && $0 <= 1) }) {
      throw ValidationError("--simplify wants fractions above 0 and at most 1, got \(wrong)")
    }
    if let name = pointlessOption {
      throw ValidationError("labels and meshes are taken as they are, so \(name) has nothing to do")
    }
  }

  /// An option that was given and that the input has no use for.
  private var pointlessOption: String? {
    let isMesh = MeshFormat(path: input) != nil
    let segmenting = [
      ("--sigma", sigma != nil), ("--fill-holes", fillHoles), ("--threshold", threshold != nil),
    ]
    let choosing = [
      ("--labels", labels), ("--surface", surface != nil), ("--min-volume", minVolume != nil),
      ("--clear-border", clearBorder),
    ]
    let pointless = (labels || isMesh ? segmenting : []) + (isMesh ? choosing : [])
    return pointless.first { $0.1 }?.0
  }

  func run() throws {
    try runOptions.run {
      let folder = try resultFolder(output, for: Self.resultNames, force: force)
      let sweep = try naming(input) { try makeSweep() }
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

  private func makeSweep() throws -> Sweep {
    var sweep = SweepOptions()
    // Everything is compared with the untouched mesh.
    sweep.fractions = [1] + simplify.values.filter { $0 < 1 }.sorted(by: >)
    sweep.smoothings = [.none] + smooth.values.filter { $0 != .none }
    sweep.orders = order.values
    if let threshold { sweep.thresholds = threshold.values }
    var options = AnalysisOptions()
    curvature.apply(to: &options)
    guard MeshFormat(path: input) == nil else {
      return try Sweep(
        over: MeshScene(anyFormat: input).joined.mesh, sweep: sweep,
        curvatureScale: options.curvatureScale?.requiredOnMesh(),
        curvatureMethod: options.meshCurvature)
    }
    image.apply(to: &options)
    options.inputIsLabels = labels
    options.surface = surface ?? options.surface
    options.sigma = sigma
    options.fillHoles = fillHoles
    options.minimumVolume = minVolume ?? 0
    options.clearBorder = clearBorder
    let stack = try Stack(contentsOf: input, for: options)
    stack.warnings.forEach { Console.warning("\(input): \($0)") }
    let progress = Progress()
    let isVerbose = !runOptions.quiet && !runOptions.json
    return try Sweep(
      over: stack.image, options: options, sweep: sweep, truth: truth(),
      observer: MeasurementRun.Observer(
        warned: { Console.warning("\(input): \($0)") },
        foundObjects: { progress.start("sweeping", total: $0, isVisible: isVerbose) },
        finishedObject: { progress.advance() }))
  }

  /// The truth beside a phantom, if there is one.
  private func truth() -> PhantomTruth? {
    guard let dot = input.lastIndex(of: "."),
      let data = FileManager.default.contents(atPath: "\(input[..<dot]).json")
    else { return nil }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(PhantomTruth.self, from: data)
  }
}

/// Values separated by commas.
struct CommaList<Element: LosslessStringConvertible & Sendable>: ExpressibleByArgument {
  let values: [Element]

  init(_ values: [Element]) { self.values = values }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Element(String($0)) }
    guard !values.isEmpty, values.count == parts.count else { return nil }
    self.values = values
  }

  var defaultValueDescription: String { values.map { "\($0)" }.joined(separator: ",") }
}
