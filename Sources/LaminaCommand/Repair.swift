import ArgumentParser
import Lamina

struct Repair: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Repair a mesh file, as far as it is told to.",
    discussion: """
      Does what is asked for and nothing else, in the order of the list below, and says what it \
      changed. Smoothing and simplification never repair by themselves.
      """)

  @OptionGroup var files: MeshFileOptions

  @Flag(help: "Make one vertex of those at the same place.") var mergeVertices = false
  @Option(help: "The same for those within this distance, in the unit of the mesh.")
  var mergeWithin: Float?
  @Flag(help: "Remove triangles without area.") var removeDegenerate = false
  @Flag(help: "Remove triangles that are there twice.") var removeDuplicates = false
  @Flag(
    help: "Take the surface apart where more than two triangles share an edge, or fans a vertex.")
  var splitNonManifold = false
  @Flag(help: "Turn triangles to agree with their neighbours, closed parts outside out.")
  var orient = false
  @Option(help: "Fill holes of up to this many edges.") var fillHoles: Int?

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    if let mergeWithin, !(mergeWithin >= 0 && mergeWithin.isFinite) {
      throw ValidationError("--merge-within must not be negative, got \(mergeWithin)")
    }
    if let fillHoles, fillHoles < 3 {
      throw ValidationError("--fill-holes must be at least 3, got \(fillHoles)")
    }
    let flags = [mergeVertices, removeDegenerate, removeDuplicates, splitNonManifold, orient]
    guard flags.contains(true) || mergeWithin != nil || fillHoles != nil else {
      throw ValidationError("say what to repair; see --help")
    }
  }

  func run() throws {
    try runOptions.run {
      try files.change("repair", run: runOptions) { mesh in
        var notes: [String] = []
        if mergeVertices || mergeWithin != nil {
          notes.append("\(mesh.mergeVertices(within: mergeWithin ?? 0)) vertices merged")
        }
        if removeDegenerate {
          notes.append("\(mesh.removeDegenerateTriangles()) degenerate triangles removed")
        }
        if removeDuplicates {
          notes.append("\(mesh.removeDuplicateTriangles()) duplicate triangles removed")
        }
        if splitNonManifold {
          notes.append("\(mesh.splitNonManifold()) vertices added by splitting")
        }
        if orient { notes.append("\(mesh.orientConsistently()) triangles turned") }
        if let fillHoles { notes.append("\(mesh.fillHoles(upTo: fillHoles)) holes filled") }
        return notes
      }
    }
  }
}
