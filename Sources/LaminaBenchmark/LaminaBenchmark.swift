import ArgumentParser
import Lamina

@main struct LaminaBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lamina-benchmark",
    abstract: "Time the operations on volumes and files, beside those of other programs.",
    discussion: """
      One line a stage: the median and the shortest of the wall times, the processor time, and how \
      much more memory than its inputs the stage held at most.

      With --peers PYTHON each stage of ours is followed at once by the peer's of the same name in \
      Tests/Benchmark/peers.py, on the same image, and the ratio of the medians is printed. Files go to \
      the temporary folder. The peers need: pip install numpy scipy scikit-image tifffile vtk SimpleITK \
      connected-components-3d edt bioimage-cpp zmesh open3d
      """)

  @Option(help: "Stages, comma-separated (default: all).") var stages: String?
  @Option(help: "Voxels along each axis of the synthetic image.") var size = 256
  @Option(help: "Time on this stack instead of a synthetic one.") var input: String?
  @Option(help: "Number of threads (default: one per processor).") var threads: Int?
  @Option(help: "How often each stage runs, after once to warm up.") var repeats = 5
  @Option(help: "A Python with the peers.") var peers: String?
  @Option(help: "The script of the peers.") var peersScript = "Tests/Benchmark/peers.py"
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (8...2048).contains(size) else { throw ValidationError("--size is 8 to 2048") }
    guard repeats > 0 else { throw ValidationError("--repeats is at least 1") }
    let known = Stage.all.map(\.name)
    for name in wantedStages where !known.contains(name) {
      throw ValidationError("there is no stage \(name); there are \(known.joined(separator: ", "))")
    }
  }

  private var wantedStages: [String] {
    stages?.split(separator: ",").map(String.init) ?? Stage.all.map(\.name)
  }

  func run() throws {
    try Parallel.$threads.withValue(threads ?? Parallel.threads) {
      let stack = try BenchmarkImage(path: input, size: size)
      defer { stack.remove() }
      let inputs = try StageInputs(image: stack.image, path: stack.path)
      let peers = peers.map { Peers(python: $0, script: peersScript, image: stack.path) }
      var lines: [BenchmarkLine] = []
      for stage in Stage.all where wantedStages.contains(stage.name) {
        let ours = try Timing.of(repeats: repeats) { try stage.run(inputs) }
        let peer = peers?.time(stage.name, repeats: repeats, threads: Parallel.threads)
        lines.append(BenchmarkLine(stage: stage.name, ours: ours, peer: peer))
        if !json { lines.last?.printRow(isFirst: lines.count == 1) }
      }
      if json { try printJSON(["stages": lines]) }
    }
  }
}
