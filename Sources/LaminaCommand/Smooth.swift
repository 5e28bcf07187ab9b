import ArgumentParser
import Lamina

struct Smooth: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Smooth a mesh file.",
    discussion: """
      Every closed part keeps its volume and its centroid. Vertices on an open border stay where they \
      are. Beside the iterations, the length of the waves that smoothing halves is said, in the unit \
      of the mesh.

      taubin, sinc and humphrey take roughness and leave the shape; laplacian and cotangent round it \
      off; bilaplacian is in between; flow does the same whatever the size of the triangles.
      """)

  enum Method: String, ExpressibleByArgument, CaseIterable {
    case taubin, laplacian, cotangent, humphrey, sinc, bilaplacian, flow
  }

  enum VolumeChoice: String, ExpressibleByArgument, CaseIterable {
    case normals, scaling, free

    var rule: VolumeRule {
      switch self {
      case .normals: .keptAlongNormals
      case .scaling: .keptByScaling
      case .free: .free
      }
    }
  }

  @OptionGroup var files: MeshFileOptions

  @Option(help: "taubin, laplacian, cotangent, humphrey, sinc, bilaplacian or flow.")
  var method = Method.taubin
  @Option(help: "How often; for taubin one is a step in and a step out (default: 10).")
  var iterations: Int?
  @Option(help: "Instead: halve waves of this length, in the unit of the mesh.")
  var scale: Double?
  @Option(help: "How the volume is kept: normals, scaling or free.")
  var volume = VolumeChoice.normals
  @Option(
    help: "Vertices that stay where they are, by their number in the file from 0, with commas.")
  var pin: CommaList<VertexChoice>?

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    if let iterations, !(0...Smoothing.mostIterations).contains(iterations) {
      throw ValidationError(
        "--iterations is from 0 to \(Smoothing.mostIterations), got \(iterations)")
    }
    if let scale, !(scale > 0 && scale.isFinite) {
      throw ValidationError("--scale must be above 0, got \(scale)")
    }
    if iterations != nil && scale != nil {
      throw ValidationError("give --iterations or --scale, not both")
    }
    if pin?.values.contains(.borders) ?? false {
      throw ValidationError("open borders never move, so --pin borders has nothing to do")
    }
    if method == .flow && scale == nil { throw ValidationError("flow needs --scale") }
    if method == .flow && iterations != nil {
      throw ValidationError("flow takes one step: give --scale")
    }
  }

  func run() throws {
    try runOptions.run {
      try files.change("smooth", run: runOptions) { mesh in
        let edge = mesh.meanEdgeLength
        let smoothing = smoothing(edgeLength: edge)
        let length = smoothing.halfWavelength(edgeLength: edge)
        if let scale, length < scale * (1 - 1e-6) {
          throw UsageError(
            "\(smoothing) halves waves of \(length.text(digits: 3)) at most: for longer ones give a smaller"
              + " --scale or --method flow")
        }
        let pinned = try pin?.vertices(of: mesh, option: "--pin") ?? []
        mesh.smooth(by: smoothing, volume: volume.rule, pinning: pinned)
        return ["\(smoothing): waves of length \(length.text(digits: 3)) are halved"]
      }
    }
  }

  private func smoothing(edgeLength: Double) -> Smoothing {
    let count = iterations ?? 10
    let smoothing: Smoothing =
      switch method {
      case .taubin: .taubin(iterations: count)
      case .laplacian: .laplacian(iterations: count)
      case .cotangent: .cotangentLaplacian(iterations: count)
      case .humphrey: .humphrey(iterations: count)
      case .sinc: .windowedSinc(iterations: count)
      case .bilaplacian: .bilaplacian(iterations: count)
      case .flow: .meanCurvatureFlow(scale: 0)
      }
    return scale.map { smoothing.halving($0, edgeLength: edgeLength) } ?? smoothing
  }
}
