import ArgumentParser
import Lamina

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert a mesh to another mesh format, or an image to TIFF, OME-TIFF or OME-Zarr.",
    discussion: "Voxels, calibration and coordinates stay as they are. GLB is in metres.")

  @Argument(help: "A mesh (.ply, .obj, .stl) or an image.") var input: String
  @Argument(help: "The file to write: .ply, .obj, .stl, .glb, .tif, .ome.tif or .ome.zarr.")
  var output: String

  @Flag(help: "Write numbers as text (PLY, STL).") var ascii = false

  @OptionGroup(title: "Image") var image: ImageOptions

  @Flag(help: "Replace the output if it is there already.") var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func run() throws {
    try runOptions.run {
      if MeshFormat(path: input) != nil { try convertMesh() } else { try convertImage() }
    }
  }

  private func convertMesh() throws {
    try OutputFile(output, force: force, endings: MeshFormat.allCases.map(\.rawValue)).check()
    let mesh = try TriangleMesh(contentsOf: input)
    // A mesh file does not say its unit; on the command line it can be said.
    let provenance = MeshProvenance(unit: image.unit ?? .voxel)
    try mesh.write(to: output, encoding: ascii ? .ascii : .binary, provenance: provenance)
    report("\(mesh.triangles.count) triangles -> \(output)")
  }

  private func convertImage() throws {
    try OutputFile(image: output, force: force).check()
    var options = AnalysisOptions()
    image.apply(to: &options)
    let stack = try Stack(contentsOf: input, for: options)
    stack.warnings.forEach { Console.warning("\(input): \($0)") }
    try stack.image.write(to: output)
    let size = stack.image.grid.size
    report("\(size.x) x \(size.y) x \(size.z) \(stack.image.voxelTypeName) -> \(output)")
  }

  private func report(_ text: String) {
    if !runOptions.quiet && !runOptions.json { print(text) }
  }
}
