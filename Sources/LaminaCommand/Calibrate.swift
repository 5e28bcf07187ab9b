import ArgumentParser
import Files
import Lamina
import TextTable

struct Calibrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Find how accurate your own settings are, on phantoms in your own imaging conditions.",
    discussion: """
      Makes phantoms of known shape in random positions, with your spacing, point-spread function and \
      noise, and measures them with your settings. Errors are in per cent of the truth; claimed is the \
      mean of the standard uncertainties in the table of measurements, coverage how many of the 95 % \
      intervals hold the truth. Phantoms whose uncertainty the measurement does not know are counted as \
      unknown and left out of these. rms / limit is the root mean square error over what the sampling of a mask \
      alone makes of area and volume.

      With --labels, masks are made and measured.

      With --contacts, pairs of balls that meet in a disc or a cap of that radius are made as label images, any way \
      round and parallel to the slices, and the areas over which they meet are measured.

      --figures instead finds the figures of accuracy that Lamina is held to, with settings of their own, and \
      says for each whether its bar is met; with --labels only those from masks.
      """)

  @Option(help: "Radii of spheres of equal volume, or of contacts, in units: 5,8,12 (default: 8).")
  var radius: RadiusList?
  @Option(help: "Voxel spacing along x,y,z (default: 1,1,1).") var spacing: Triple?
  @Option(help: "Sigma of the microscope's point-spread function, x,y,z (default: 1.2,1.2,2).")
  var blur: Triple?
  @Option(help: "Signal to noise: contrast over the noise's standard deviation inside.")
  var snr: Double?
  @Option(
    help: """
      An uneven stain: its standard deviation over its mean, and over which length it changes: 0.2:3.
      """)
  var texture: StainTexture?
  @Option(
    help: """
      The --psf that the measurement is told: x,y,z, auto, or none (default: that of the microscope).
      """)
  var psf: PSFChoice?
  @Flag(help: "Measure masks, not grey values.") var labels = false
  @Option(help: "grey, mask, staircase or nets.") var surface: SurfaceSource?
  @OptionGroup(title: "Segmentation") var segmentation: SegmentationArguments
  @Option(help: "Phantoms of every shape and radius.") var count = 20
  @Flag(
    help: """
      Find the figures that Lamina is held to, each beside its bar; those of the article Accuracy with --count 100.
      """)
  var figures = false
  @Flag(help: "Measure the areas of contact of labels.") var contacts = false
  @Flag(help: "Only spheres, triaxial ellipsoids and nuclei, six of each.") var quick = false
  @Option(
    help: """
      Only these shapes, separated by commas (default: all): \
      \(Calibration.Shape.allCases.map(\.rawValue).joined(separator: ", ")).
      """)
  var shapes: ShapeList?
  @Option(help: "Seed of positions, nuclei and noise.") var seed: UInt64 = 1
  @Option(name: .shortAndLong, help: "A table to write (.csv).") var output: String?
  @Option(help: "A folder for plots of bias, scatter and coverage against size.") var plots: String?
  @Flag(help: "Replace the output if it is there already.") var force = false
  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    guard count > 0 else { throw ValidationError("--count must be at least 1, got \(count)") }
    guard spacing.map({ $0.vector.min() > 0 }) ?? true else {
      throw ValidationError("--spacing must be positive")
    }
    guard blur.map({ $0.vector.min() >= 0 }) ?? true else {
      throw ValidationError("--blur must not be negative")
    }
    try checkPurpose()
    if let snr, !(snr > 0) { throw ValidationError("--snr must be positive, got \(snr)") }
  }

  /// Refuses what goes with other phantoms than those that are made.
  private func checkPurpose() throws {
    let grey = [
      "--snr": snr != nil, "--texture": texture != nil, "--psf": psf != nil, "--blur": blur != nil,
    ]
    let masks = ["--surface": surface != nil, "--quick": quick, "--shapes": shapes != nil]
    let own = [
      "--contacts": contacts, "--output": output != nil, "--plots": plots != nil,
      "--radius": radius != nil, "--spacing": spacing != nil,
    ]
    if figures {
      try refuse(
        grey + masks + own + segmentation.given, because: "--figures has settings of its own")
    }
    if contacts {
      try refuse(
        grey + masks + segmentation.given + ["--labels": labels],
        because: "--contacts makes label images of its own")
    }
    if let surface, surface != .grey {
      try refuse(
        ["--psf": psf != nil],
        because: "--surface \(surface.rawValue) is drawn through voxels, not grey values")
    }
    if labels {
      try refuse(grey + segmentation.given, because: "masks of --labels have no grey values")
    }
  }

  func run() throws {
    try runOptions.run {
      if figures { return try printFigures() }
      let target = output.map { OutputFile($0, force: force, endings: ["csv"]) }
      try target?.check()
      let folder = try plots.map {
        try resultFolder($0, for: CalibrationPlots.names, force: force)
      }
      let rows = try measuredRows()
      if let target { try writeFile(Array(rows.csv.utf8), to: target.path) }
      if let folder {
        for (name, svg) in CalibrationPlots(rows).files {
          try writeFile(Array(svg.utf8), to: folder.place(for: name))
        }
        try folder.commit()
      }
      if runOptions.json {
        try printJSON(rows)
      } else if !runOptions.quiet {
        rows.printTable()
      }
    }
  }

  private func measuredRows() throws -> [Calibration.Row] {
    let shapes =
      shapes?.shapes ?? (quick ? [.sphere, .triaxial, .nucleus] : Calibration.Shape.allCases)
    let calibration = calibration(count: quick ? min(count, 6) : count)
    let total =
      contacts
      ? calibration.contactCount : shapes.count * calibration.radii.count * calibration.count
    let progress = Progress()
    progress.start(
      "calibrating", total: total, isVisible: !runOptions.quiet && !runOptions.json)
    return contacts
      ? try calibration.runContacts { progress.advance() }
      : try calibration.run(shapes: shapes) { progress.advance() }
  }

  private func calibration(count: Int) -> Calibration {
    var options = AnalysisOptions()
    segmentation.apply(to: &options)
    options.inputIsLabels = labels
    options.surface = surface ?? options.surface
    let blur = blur?.vector ?? SIMD3(1.2, 1.2, 2)
    options.pointSpread = psf.map(\.pointSpread) ?? (labels ? nil : .gaussian(blur))
    return Calibration(
      options: options, spacing: spacing?.vector ?? .one, pointSpread: blur, snr: snr,
      texture: texture, radii: radius?.radii ?? [8], count: count, seed: seed)
  }

  private func printFigures() throws {
    let rows = try AccuracyFigures(count: count, seed: seed, masksOnly: labels).run()
    if runOptions.json { return try printJSON(rows) }
    let table = TextTable<AccuracyFigures.Row> { row in
      [
        Column(title: "figure", value: row.figure, align: .left),
        Column(title: "found", value: row.value.text(digits: 3), align: .right),
        Column(
          title: "bar", value: "\(row.lowest.text(digits: 3)) to \(row.highest.text(digits: 3))",
          align: .right),
        Column(title: "", value: row.isMet ? "met" : "missed", align: .left),
      ]
    }
    table.print(rows, style: Style.plain)
  }
}

/// Radii, separated by commas.
struct RadiusList: ExpressibleByArgument {
  let radii: [Double]

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0)
    }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0.map { $0 > 0 && $0.isFinite } ?? false })
    else { return nil }
    radii = numbers.compactMap { $0 }
  }
}

/// Names of shapes, separated by commas.
struct ShapeList: ExpressibleByArgument {
  let shapes: [Calibration.Shape]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    shapes = names.compactMap { Calibration.Shape(rawValue: String($0)) }
    guard shapes.count == names.count else { return nil }
  }
}

/// A point-spread function, or the word `none`.
struct PSFChoice: ExpressibleByArgument {
  let pointSpread: PointSpread?

  init?(argument: String) {
    if argument.lowercased() == "none" {
      pointSpread = nil
    } else {
      guard let known = PointSpread(argument) else { return nil }
      pointSpread = known
    }
  }
}
