import ArgumentParser
import Lamina

/// What `simplify` and `smooth` share: a mesh in, a mesh out.
struct MeshFileOptions: ParsableArguments {
  @Argument(help: "A mesh: .ply, .obj or .stl.") var input: String
  @Argument(help: "The mesh to write: .ply, .obj, .stl or .glb.") var output: String

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
    let stages: [String: Double]
    let peakMb: Double
  }

  /// Reads the mesh, changes it, writes it, and says what became of it.
  func change(
    _ stage: String, run: RunOptions, _ body: (inout TriangleMesh) throws -> Void
  ) throws {
    let clock = StageClock()
    try OutputFile(output, force: force, endings: MeshFormat.allCases.map(\.rawValue)).check()
    let before = try clock.time("read") { try TriangleMesh(contentsOf: input) }
    var mesh = before
    try clock.time(stage) { try body(&mesh) }
    try clock.time("write") { try mesh.write(to: output, encoding: ascii ? .ascii : .binary) }
    let report = Report(
      trianglesBefore: before.triangles.count, triangles: mesh.triangles.count,
      surfaceAreaBefore: before.surfaceArea, surfaceArea: mesh.surfaceArea,
      volumeBefore: before.signedVolume, volume: mesh.signedVolume, stages: clock.byName,
      peakMb: Console.peakMemory)
    if run.json {
      try printJSON(report)
    } else if !run.quiet {
      func change(_ old: Double, _ new: Double) -> String {
        "\(new.text(digits: 6)) (\(((new / old - 1) * 100).text(digits: 3)) %)"
      }
      print(
        "\(report.triangles) of \(report.trianglesBefore) triangles, area "
          + change(report.surfaceAreaBefore, report.surfaceArea) + ", volume "
          + change(report.volumeBefore, report.volume) + " -> \(output)")
    }
  }
}
