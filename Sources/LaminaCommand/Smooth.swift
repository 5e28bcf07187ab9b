import ArgumentParser
import Lamina

struct Smooth: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Smooth a mesh file.",
    discussion: "A closed mesh keeps its volume. Vertices on an open border stay where they are.")

  enum Method: String, ExpressibleByArgument, CaseIterable { case taubin, laplacian }

  @OptionGroup var files: MeshFileOptions

  @Option(help: "taubin or laplacian.") var method = Method.taubin
  @Option(help: "How often; for taubin one is a step in and a step out.") var iterations = 10
  @Flag(help: "Let the volume shrink, as the plain method does.") var shrink = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    if iterations < 0 {
      throw ValidationError("--iterations must not be negative, got \(iterations)")
    }
  }

  func run() throws {
    try runOptions.run {
      let smoothing: Smoothing =
        switch method {
        case .taubin: .taubin(iterations: iterations)
        case .laplacian: .laplacian(iterations: iterations)
        }
      try files.change("smooth", run: runOptions) {
        $0.smooth(by: smoothing, preservingVolume: !shrink)
      }
    }
  }
}
