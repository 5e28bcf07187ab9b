import ArgumentParser
import Lamina

/// What `simplify`, `smooth` and `repair` share: a mesh in, a mesh out.
struct MeshFileOptions: ParsableArguments {
  @Argument(help: "A mesh: .ply, .obj, .stl, .vtp, .glb, .3mf ...") var input: String
  @Argument(help: "The mesh to write: .ply, .obj, .stl, .vtp, .glb, .3mf ...") var output: String

  @Flag(help: "Write numbers as text (PLY, STL).")
  var ascii = false

  @Flag(help: "Replace the output if it is there already.")
  var force = false

  /// What `--json` prints.
  private struct Report: Encodable {
    let trianglesBefore: Int
    let triangles: Int
    let surfaceAreaBefore: Double
    let surfaceArea: Double
    let volumeBefore: Double
    let volume: Double
    /// Both ways, from surface to surface, in the unit of the mesh.
    let deviationMean: Double
    let deviationRms: Double
    let deviationHausdorff: Double
    /// What the step has to say of itself.
    let notes: [String]
    let stages: [String: Double]
    let peakMb: Double
  }

  /// Reads the mesh, changes it, writes it, and says what became of it and of its measurements.
  ///
  /// - Parameter body: Returns what else there is to say.
  func change(
    _ stage: String, run: RunOptions, _ body: (inout TriangleMesh) throws -> [String]
  ) throws {
    let clock = StageClock()
    try OutputFile(output, force: force, endings: MeshFormat.allCases.map(\.rawValue)).check()
    let scene = try clock.time("read") { try MeshScene(anyFormat: input) }
    let object = scene.joined
    let before = object.mesh
    var mesh = before
    let notes = try clock.time(stage) { try body(&mesh) }
    try clock.time("write") {
      let changed = MeshScene(
        objects: [MeshObject(name: object.name, mesh: mesh)], provenance: provenance(of: scene))
      try changed.write(to: output, encoding: ascii ? .ascii : .binary)
    }
    let deviation = clock.time("deviation") { mesh.deviation(from: before) }
    let report = Report(
      trianglesBefore: before.triangles.count, triangles: mesh.triangles.count,
      surfaceAreaBefore: before.surfaceArea, surfaceArea: mesh.surfaceArea,
      volumeBefore: before.signedVolume, volume: mesh.signedVolume,
      deviationMean: deviation.mean, deviationRms: deviation.rootMeanSquare,
      deviationHausdorff: deviation.hausdorff, notes: notes + mesh.doubtsAboutVolume,
      stages: clock.byName,
      peakMb: Console.peakMemory)
    if run.json {
      try printJSON(report)
    } else if !run.quiet {
      show(report)
    }
  }

  /// What the input says of itself, and what was done to it.
  private func provenance(of scene: MeshScene) -> MeshProvenance {
    var provenance = scene.provenance
    provenance.comments.append(
      "changed_by \(resultingWords.joined(separator: " ")) (Lamina \(laminaVersion))")
    return provenance
  }

  /// The words of the command line that the result depends on.
  private var resultingWords: [String] {
    var words = CommandLine.arguments.dropFirst().filter {
      ![input, output, "--force", "--json", "--quiet", "-q"].contains($0)
        && !$0.hasPrefix("--threads=")
    }
    if let threads = words.firstIndex(of: "--threads") {
      words.removeSubrange(threads..<min(threads + 2, words.endIndex))
    }
    return words
  }

  private func show(_ report: Report) {
    func change(_ old: Double, _ new: Double) -> String {
      guard old != 0 else { return new.text(digits: 6) }
      let percent = (new / old - 1) * 100
      // What floats cannot hold is no change.
      let shown = abs(percent) < 1e-4 ? 0 : percent
      return "\(new.text(digits: 6)) (\(shown.text(digits: 3)) %)"
    }
    print(
      "\(report.triangles) of \(report.trianglesBefore) triangles, area "
        + change(report.surfaceAreaBefore, report.surfaceArea) + ", volume "
        + change(report.volumeBefore, report.volume) + " -> \(output)")
    print(
      "moved by \(report.deviationMean.text(digits: 3)) on average, "
        + "\(report.deviationRms.text(digits: 3)) RMS, "
        + "\(report.deviationHausdorff.text(digits: 3)) at most (Hausdorff)")
    report.notes.forEach { print($0) }
  }
}

extension TriangleMesh {
  /// Why the volume, and what becomes of it, means nothing; empty where it does.
  fileprivate var doubtsAboutVolume: [String] {
    let topology = topology()
    if topology.inconsistentEdgeCount > 0 {
      return [
        "at \(topology.inconsistentEdgeCount) edges the triangles disagree on which side is outside, so the"
          + " volumes mean nothing: lamina repair --orient turns them"
      ]
    }
    if topology.triangleCount > 0 && !topology.isWatertight {
      return ["the surface is not closed, so the volumes depend on where the origin is"]
    }
    return []
  }
}
