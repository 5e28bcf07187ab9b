import ArgumentParser
import Lamina

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert a mesh to another mesh format, or an image to TIFF, OME-TIFF or OME-Zarr.",
    discussion: """
      Voxels, calibration and coordinates stay as they are. GLB is in metres. A folder of results, as \
      measure leaves it, becomes one file of all its meshes (GLB and 3MF with their measurements, OBJ with \
      a group each), or, named NAME.precomputed, a folder for Neuroglancer with a table to sort them by.
      """)

  @Argument(help: "A mesh, an image, or a folder of results.") var input: String
  @Argument(
    help:
      "The file to write: .ply, .obj, .stl, .off, .vtp, .glb, .3mf, .dae, .x3d, .tif, .ome.zarr ..."
  )
  var output: String

  @Flag(help: "Write numbers as text (PLY, STL).") var ascii = false

  @OptionGroup(title: "Image") var image: ImageOptions

  @Flag(help: "Replace the output if it is there already.") var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    try runOptions.run {
      if ImageFileFormat(path: output) != nil { try convertImage() } else { try convertMesh() }
    }
  }

  private func convertMesh() throws {
    guard ImageFileFormat(path: input) == nil else {
      throw UsageError("\(input) is an image: lamina mesh draws surfaces of it")
    }
    let isPrecomputed = output.hasSuffix(".precomputed")
    try OutputFile(
      output, force: force, endings: MeshFormat.allCases.map(\.rawValue) + ["precomputed"]
    ).check()
    let clock = StageClock()
    var scene = try clock.time("read") {
      try isFolder(input) ? MeshScene(resultsIn: input) : MeshScene(anyFormat: input)
    }
    // Most mesh files do not say their unit; on the command line it can be said.
    if let unit = image.unit {
      scene.provenance.unit = unit.rawValue
      scene.provenance.metresPerUnit = unit.metres
    }
    try clock.time("write") {
      if isPrecomputed {
        try scene.writePrecomputed(to: output)
      } else {
        try scene.write(to: output, encoding: ascii ? .ascii : .binary)
      }
    }
    let count = scene.objects.reduce(0) { $0 + $1.mesh.triangles.count }
    try report("\(count) triangles -> \(output)", clock)
  }

  private func convertImage() throws {
    try OutputFile(image: output, force: force).check()
    var options = AnalysisOptions()
    image.apply(to: &options)
    let clock = StageClock()
    let stack = try clock.time("read") { try Stack(contentsOf: input, for: options) }
    stack.warnings.forEach { Console.warning("\(input): \($0)") }
    try clock.time("write") { try stack.image.write(to: output) }
    let size = stack.image.grid.size
    try report(
      "\(size.x) x \(size.y) x \(size.z) \(stack.image.voxelTypeName) -> \(output)", clock)
  }

  /// What `--json` prints.
  private struct Report: Encodable {
    let stages: [String: Double]
    let peakMb: Double
  }

  private func report(_ text: String, _ clock: StageClock) throws {
    if runOptions.json {
      try printJSON(Report(stages: clock.byName, peakMb: Console.peakMemory))
    } else if !runOptions.quiet {
      print(text)
    }
  }
}
