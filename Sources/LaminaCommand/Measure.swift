import ArgumentParser
import Lamina

struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure every object of a stack, and write its surface mesh.",
    discussion: """
      Writes DIR/measurements.csv, DIR/meshes/0001.ply ... and DIR/run.json. With several inputs \
      each one gets a folder of its own in DIR, and DIR/measurements.csv holds all rows.

      Inputs are stacks, label images (--labels), or mesh files (.ply, .obj, .stl). Objects that another \
      program has found are measured in the stack with --objects LABELS.
      """)

  @Argument(help: "Stacks, label images (with --labels) or meshes.")
  var inputs: [String]

  @Option(name: .shortAndLong, help: "The folder for the results.")
  var output: String

  @OptionGroup(title: "Image") var image: ImageOptions
  @OptionGroup(title: "Segmentation") var segmentation: SegmentationArguments

  @Option(
    help: ArgumentHelp(
      "A label image that lies on the stack: its values are the objects. Surfaces are drawn through the labels, or with"
        + " --psf through the grey values. For several stacks give it as often, in their order.",
      valueName: "labels"))
  var objects: [String] = []

  @Option(
    help: ArgumentHelp(
      "A label image that lies on the stack with what the objects lie in, as cells for nuclei: adds the table parents. For"
        + " several inputs give it as often, in their order.",
      valueName: "labels"))
  var parents: [String] = []

  @OptionGroup(title: "Surfaces") var surfaces: SurfaceArguments
  @OptionGroup(title: "Microscope") var microscope: MicroscopeArguments

  @OptionGroup(title: "Curvature") var curvature: CurvatureArguments

  @Flag(
    help: ArgumentHelp(
      "Mesh files carry H, K, shape index and curvedness at their vertices (ply and vtp; not with --simplify)."
    ))
  var curvatureMap = false

  @Option(
    help: """
      What the table holds: core (default), all, slow (what takes long), or the columns of another program by its \
      own definitions (skimage, morpholibj, pyradiomics, itk); also single columns by their names, and several \
      words with commas between them. See lamina dictionary.
      """,
    transform: { try ColumnChoice(parsing: $0) })
  var columns: ColumnChoice?

  @Option(
    help: "Within what distance the column neighbours_within counts other objects: 2, 500nm, 5px.")
  var neighbourDistance: Length?

  @Option(help: "Mesh files: ply, vtp, obj, stl, glb or none.")
  var format: MeshFormatChoice?

  @Option(help: "Start from the parameters of an earlier run's run.json.")
  var config: String?

  @Flag(help: "Replace results that are there already.")
  var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    try surfaces.source.checkLabels(
      segmentation.steps, hasThreshold: segmentation.threshold != nil,
      hasObjects: !objects.isEmpty, microscope)
    if let mesh = inputs.first(where: { MeshFormat(path: $0) != nil }) { try check(mesh: mesh) }
    guard parents.isEmpty || parents.count == inputs.count else {
      throw ValidationError("\(inputs.count) inputs need --parents as often, got \(parents.count)")
    }
    guard objects.isEmpty || objects.count == inputs.count else {
      throw ValidationError("\(inputs.count) stacks need --objects as often, got \(objects.count)")
    }
  }

  /// Refuses what a mesh among the inputs does not go with.
  private func check(mesh: String) throws {
    guard inputs.allSatisfy({ MeshFormat(path: $0) != nil }) else {
      throw ValidationError("meshes and stacks cannot be measured in one run: \(mesh) is a mesh")
    }
    try refuse(
      image.given + segmentation.given + surfaces.source.given + microscope.given + [
        "--objects": !objects.isEmpty, "--parents": !parents.isEmpty,
        "--simplify": surfaces.simplify != nil,
      ], because: "\(mesh): a mesh has no voxels and is measured as it is")
  }

  func run() throws {
    try runOptions.run {
      let (options, format) = try resolvedOptions()
      if !objects.isEmpty { try surfaces.source.checkLevelOfObjects(options.pointSpread) }
      let batch = MeasurementBatch(
        inputs: inputs, objects: objects, parents: parents, output: output, force: force,
        isVerbose: !runOptions.quiet && !runOptions.json, isSilent: runOptions.quiet)
      let report =
        MeshFormat(path: inputs[0]) == nil
        ? try batch.measureStacks(with: MeasurementRun(options: options, meshFormat: format))
        : try batch.measureMeshes(options: options, format: format)
      if runOptions.json { try printJSON(report) }
      if report.failed > 0 { throw ExitCode.failure }
    }
  }

  /// The parameters of the earlier run, if any, with what the command line says in their place.
  private func resolvedOptions() throws -> (AnalysisOptions, MeshFormat?) {
    var (options, meshFormat) = try startingOptions()
    image.apply(to: &options)
    segmentation.apply(to: &options)
    surfaces.apply(to: &options)
    options.pointSpread = microscope.pointSpread ?? options.pointSpread
    curvature.apply(to: &options)
    options.curvatureMap = curvatureMap || options.curvatureMap
    options.columns = columns ?? options.columns
    if !parents.isEmpty { options.columns = options.columns.adding(.parents) }
    options.neighbourDistance = neighbourDistance ?? options.neighbourDistance
    if let format { meshFormat = format.format }
    if options.curvatureMap { try checkMap(options, meshFormat) }
    guard neighbourDistance == nil || options.columns.parts.contains(.surfaceNeighbours) else {
      throw UsageError(
        "--neighbour-distance is for the column neighbours_within: --columns core,neighbours_within"
      )
    }
    return (options, meshFormat)
  }

  /// What there is before the command line: the usual, or an earlier run.
  private func startingOptions() throws -> (AnalysisOptions, MeshFormat?) {
    guard let config else { return (AnalysisOptions(), .ply) }
    let record = try RunRecord(contentsOf: config)
    if let labels = record.labels, objects.isEmpty {
      throw UsageError(
        "\(config): its objects are those of \(labels.path); give them with --objects")
    }
    if let cells = record.parents, parents.isEmpty {
      throw UsageError(
        "\(config): its objects lie in those of \(cells.path); give them with --parents")
    }
    return (record.parameters, record.meshFormat.flatMap { MeshFormat(rawValue: $0) })
  }

  /// Refuses a curvature map that no file can hold.
  private func checkMap(_ options: AnalysisOptions, _ format: MeshFormat?) throws {
    guard options.simplification == nil else {
      throw UsageError(
        "--curvature-map is of the vertices that were measured, and --simplify makes others: leave one of them out"
      )
    }
    guard let format, format.carriesVertexValues else {
      throw UsageError("--curvature-map needs mesh files that carry values: --format ply or vtp")
    }
  }
}
