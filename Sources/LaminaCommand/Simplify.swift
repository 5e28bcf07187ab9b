import ArgumentParser
import Lamina

struct Simplify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reduce the triangles of a mesh file by quadric edge collapse.",
    discussion: """
      A closed mesh stays closed and keeps its volume; no triangle turns over. Where that forbids \
      going on, the goal is not reached, and the number of triangles that is left is said.
      """)

  @OptionGroup var files: MeshFileOptions

  @Option(help: "Keep this fraction of the triangles.") var fraction: Double?
  @Option(help: "Keep this number of triangles.") var triangles: Int?
  @Option(help: "Move the surface by no more than this distance (in the mesh's unit).")
  var maxError: Double?

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    guard [fraction != nil, triangles != nil, maxError != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("give one of --fraction, --triangles and --max-error")
    }
    if let fraction, !(fraction > 0 && fraction <= 1) {
      throw ValidationError("--fraction is above 0 and at most 1, got \(fraction)")
    }
    if let triangles, triangles < 1 {
      throw ValidationError("--triangles must be at least 1, got \(triangles)")
    }
    if let maxError, !(maxError >= 0) {
      throw ValidationError("--max-error must not be negative, got \(maxError)")
    }
  }

  func run() throws {
    try runOptions.run {
      let goal: SimplificationGoal =
        if let fraction { .fraction(fraction) } else if let triangles {
          .triangleCount(triangles)
        } else { .maximumError(maxError ?? 0) }
      try files.change("simplify", run: runOptions) { $0.simplify(to: goal) }
    }
  }
}
