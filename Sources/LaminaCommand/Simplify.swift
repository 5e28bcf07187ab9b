import ArgumentParser
import Lamina

struct Simplify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reduce the triangles of a mesh file by quadric edge collapse.",
    discussion: """
      A closed mesh stays closed and keeps its volume; no triangle turns over. Open borders become \
      coarser with the surface, as near to where they were, and stay untouched with --lock borders. Every \
      connected part is simplified on its own. Where all that forbids going on, the goal is not reached, and what was \
      reached is said: triangles, area, volume, and how far the surface has moved.
      """)

  @OptionGroup var files: MeshFileOptions

  @Option(help: "Keep this fraction of the triangles.") var fraction: Double?
  @Option(help: "Keep this number of triangles.") var triangles: Int?
  @Option(help: "Move the surface by no more than this distance (in the mesh's unit).")
  var maxError: Double?
  @Option(help: "Change the area of no part by more than this many per cent.")
  var maxAreaChange: Double?
  @Option(help: "Triangles that every connected part keeps at least.")
  var minTriangles = 20
  @Option(
    help: """
      Vertices that stay where they are, by their number in the file from 0, with commas; borders for all on \
      open borders.
      """)
  var lock: CommaList<VertexChoice>?
  @Option(
    help: """
      Hold the edges at which the surface turns by more than this many degrees, as 50: mechanical parts with noise, \
      or few triangles.
      """)
  var crease: Double?

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    let goals = [fraction != nil, triangles != nil, maxError != nil, maxAreaChange != nil]
    guard goals.count(where: { $0 }) == 1 else {
      throw ValidationError(
        "give one of --fraction, --triangles, --max-error and --max-area-change")
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
    if let maxAreaChange, !(maxAreaChange >= 0) {
      throw ValidationError("--max-area-change must not be negative, got \(maxAreaChange)")
    }
    if let crease, !(crease > 0 && crease < 180) {
      throw ValidationError("--crease is an angle between 0 and 180 degrees, got \(crease)")
    }
    if minTriangles < 4 {
      throw ValidationError("--min-triangles must be at least 4, got \(minTriangles)")
    }
  }

  private var goal: SimplificationGoal {
    if let fraction { return .fraction(fraction) }
    if let triangles { return .triangleCount(triangles) }
    if let maxAreaChange { return .maximumAreaChange(maxAreaChange / 100) }
    return .maximumError(maxError ?? 0)
  }

  func run() throws {
    try runOptions.run {
      try files.change("simplify", run: runOptions) { mesh in
        let wanted = goal.triangleCount(of: mesh)
        let locked = try lock?.vertices(of: mesh, option: "--lock") ?? []
        mesh.simplify(
          to: goal, keepingAtLeast: minTriangles, locking: locked, creaseAngle: crease)
        guard let wanted, mesh.triangles.count > wanted + 1 else { return [] }
        return [
          "the goal of \(wanted) triangles was not reached: what is left is needed to keep every part"
            + " as it hangs together, unfolded and of \(minTriangles) triangles"
        ]
      }
    }
  }
}

extension SimplificationGoal {
  /// The number of triangles that is asked for, if one is.
  fileprivate func triangleCount(of mesh: TriangleMesh) -> Int? {
    switch self {
    case .fraction(let fraction): Int((Double(mesh.triangles.count) * fraction).rounded())
    case .triangleCount(let count): min(count, mesh.triangles.count)
    case .maximumError, .maximumAreaChange: nil
    }
  }
}
