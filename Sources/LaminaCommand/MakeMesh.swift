import ArgumentParser
import Lamina

struct MakeMesh: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mesh",
    abstract: "The surfaces of a stack, without measuring them.",
    discussion: """
      Into a folder: DIR/meshes/0001.ply ... and DIR/run.json. Into a file: all surfaces in one, as groups \
      (.obj), nodes (.glb) or with a label on every triangle (.ply, .vtp).

        lamina mesh nuclei.tif -o meshes
        lamina mesh nuclei.tif -o nuclei.glb --smooth taubin:10 --simplify 0.2
        lamina mesh nuclei.tif --objects labels.tif --psf auto -o meshes
        lamina mesh stack.tif -o all.ply --isosurface 500 --sigma 0
        lamina mesh cells.tif --labels --joint -o walls.ply --simplify 0.2
      """)

  @Argument(help: "A stack, or a label image (with --labels).") var input: String

  @Option(
    name: .shortAndLong, help: "A folder, or a mesh file (.ply, .obj, .stl, .off, .vtp, .glb, ...)."
  )
  var output: String

  @OptionGroup(title: "Image") var image: ImageOptions
  @OptionGroup(title: "Segmentation") var segmentation: SegmentationArguments

  @Option(
    help: ArgumentHelp(
      "A label image that lies on the stack: its values are the objects, as for measure.",
      valueName: "labels"))
  var objects: String?

  @Option(
    parsing: .unconditional,
    help: "One surface around everything above this grey value of the smoothed image (--sigma).")
  var isosurface: Double?

  @Flag(
    help:
      "One complex in which touching objects share their wall, from the labels; --simplify keeps it shared."
  )
  var joint = false

  @Option(help: "Rounds in which --joint takes the staircase off, 0 for none (default: 16).")
  var relax: Int?

  @OptionGroup(title: "Surfaces") var surfaces: SurfaceArguments
  @OptionGroup(title: "Microscope") var microscope: MicroscopeArguments

  @Flag(help: "Leave surfaces open at the border of the image; they are closed by a cap otherwise.")
  var openBorder = false

  @Flag(help: "Normals of the grey values at the vertices (.ply, .vtp).")
  var normals = false

  @Option(help: "Mesh files in a folder: ply, obj, stl, glb, ... (default: ply).")
  var format: MeshFormatChoice?

  @Flag(help: "Replace results that are there already.")
  var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    if let format, format.format == nil { throw ValidationError("--format none leaves nothing") }
    try surfaces.source.checkLabels(
      segmentation.steps, hasThreshold: segmentation.threshold != nil,
      hasObjects: objects != nil, microscope)
    guard !(surfaces.source.labels && normals) else {
      throw ValidationError("a label image has no grey values for --normals")
    }
    let file = MeshFormat(path: output)
    try refuse(
      ["--format": format != nil && file != nil],
      because: "all surfaces go into one file, whose name says the format")
    try refuse(
      ["--normals": normals && !(file ?? format?.format ?? .ply).carriesVertexValues],
      because: "only .ply and .vtp hold normals")
    if let isosurface { try check(isosurface: isosurface) }
    if joint { try checkJoint() } else if relax != nil { throw Self.strayRelaxation }
    let hasOwnLevels = isosurface == nil && !joint
    guard hasOwnLevels || microscope.pointSpread == nil else {
      throw ValidationError(
        "--psf has nothing to do: it is for the grey surface of each object by itself")
    }
  }

  private func check(isosurface level: Double) throws {
    guard level.isFinite else { throw ValidationError("--isosurface is a number") }
    guard !joint else { throw ValidationError("--isosurface has no labels for --joint") }
    guard !surfaces.source.labels, objects == nil else {
      throw ValidationError(
        "--isosurface goes around a grey value, not around --labels or --objects")
    }
  }

  private func checkJoint() throws {
    if let relax, relax < 0 { throw Self.strayRelaxation }
    try refuse(
      ["--smooth": surfaces.smooth?.method != nil],
      because: "what smooths the walls of --joint is --relax")
    guard !openBorder || (MeshFormat(path: output) == nil && surfaces.simplify?.fraction == nil)
    else {
      throw ValidationError(
        "--joint opens surfaces in a folder only, and does not simplify them then")
    }
  }

  private static let strayRelaxation = ValidationError("--relax N, 0 or more, goes with --joint")

  /// What `--json` prints.
  private struct Report: Encodable {
    let objects: Int
    let triangles: Int
    let stages: [String: Double]
    let peakMb: Double
    let warnings: [String]
  }

  func run() throws {
    try runOptions.run {
      if objects != nil, !joint { try surfaces.source.checkLevelOfObjects(microscope.pointSpread) }
      let clock = StageClock()
      let progress = Progress()
      let isVisible = !runOptions.quiet && !runOptions.json
      let observer = MeasurementRun.Observer(
        warned: { Console.warning("\(input): \($0)") },
        foundObjects: { progress.start("meshing", total: $0, isVisible: isVisible) },
        finishedObject: { progress.advance() })
      let outcome =
        if let format = MeshFormat(path: output) {
          try writeFile(as: format, clock, observer)
        } else {
          try fillFolder(clock, observer)
        }
      if runOptions.json {
        try printJSON(
          Report(
            objects: outcome.meshCount, triangles: outcome.triangleCount, stages: clock.byName,
            peakMb: Console.peakMemory, warnings: outcome.warnings))
      } else if !runOptions.quiet {
        let meshes = outcome.meshCount.counted("mesh", "meshes")
        print("\(meshes), \(outcome.triangleCount) triangles -> \(output)")
      }
    }
  }

  private func writeFile(
    as format: MeshFormat, _ clock: StageClock, _ observer: MeasurementRun.Observer
  ) throws -> MeshRun.Outcome {
    try OutputFile(output, force: force, endings: MeshFormat.allCases.map(\.rawValue)).check()
    let (scene, outcome) = try naming(input) {
      try meshRun.scene(
        from: input, objects: objects, for: format, clock: clock, observer: observer)
    }
    try clock.time("write") { try scene.write(to: output) }
    return outcome
  }

  private func fillFolder(
    _ clock: StageClock, _ observer: MeasurementRun.Observer
  ) throws -> MeshRun.Outcome {
    let folder = try resultFolder(output, for: MeshRun.resultNames, force: force)
    let outcome = try naming(input) {
      try meshRun.run(
        on: input, objects: objects, into: folder, as: format?.format ?? .ply, clock: clock,
        observer: observer)
    }
    try folder.commit()
    return outcome
  }

  private var meshRun: MeshRun {
    var options = AnalysisOptions()
    image.apply(to: &options)
    segmentation.apply(to: &options)
    surfaces.apply(to: &options)
    options.pointSpread = microscope.pointSpread
    var run = MeshRun(options: options)
    if let isosurface { run.subject = .isosurface(level: isosurface) }
    if joint { run.subject = .complex(relaxations: relax ?? 16) }
    run.isOpenAtBorder = openBorder
    run.hasNormals = normals
    return run
  }
}
