import Fixtures
import Foundation
import Lamina
import Testing

@Suite("lamina measure: curvature and doubtful meshes") struct MeasureCurvatureTests {
  let folder: TemporaryFolder
  var out: String { "\(folder.path)/out" }
  init() throws { folder = try TemporaryFolder() }

  @Test("curvature of a mesh by each method: the same integrals, other values at the vertices")
  func meshCurvature() throws {
    var rows: [[String: String]] = []
    for method in ["corrected", "quadric", "angles"] {
      let target = "\(folder.path)/\(method)"
      let command = try Command.run(
        "measure", "Meshes/nucleus.ply", "-o", target, "--mesh-curvature", method)
      #expect(command.status == 0)
      rows.append(table("\(target)/measurements.csv")[0])
    }
    #expect(Set(rows.map { $0["mean_curvature_integral"] }).count == 1)
    #expect(Set(rows.map { $0["mean_curvature_sd"] }).count == 3)
    for row in rows {
      #expect(abs(row.number("mean_curvature_sd") / rows[0].number("mean_curvature_sd") - 1) < 0.1)
    }
  }

  @Test(
    "a curvature map: values at every vertex, spread as the table says",
    arguments: ["ply", "vtp"])
  func curvatureMap(format: String) throws {
    let arguments = [
      "measure", "Meshes/torus.ply", "-o", out, "--curvature-map", "--format", format,
    ]
    #expect(try Command.run(arguments + ["--columns", "all"]).status == 0)
    let scene = try MeshScene(contentsOf: "\(out)/meshes/torus.\(format)")
    let object = scene.objects[0]
    #expect(
      object.vertexValues.map(\.name)
        == ["mean_curvature", "gaussian_curvature", "shape_index", "curvedness"])
    let row = table("\(out)/measurements.csv")[0]
    let means = object.vertexValues[0].values.map { Double($0) }.sorted()
    let quartiles = row.number("mean_curvature_p25")...row.number("mean_curvature_p75")
    #expect(quartiles.contains(means[means.count / 2]))
    #expect(means[0] < quartiles.lowerBound && means[means.count - 1] > quartiles.upperBound)
    // The torus has the radii 12 and 5 or so: hollow inside, where its Gaussian curvature is negative.
    #expect(object.vertexValues[1].values.contains { $0 < 0 })
    #expect(object.vertexValues[2].values.allSatisfy { (-1...1).contains($0) })
    #expect(
      try Command.run(
        [
          "measure", Command.sample, "--sigma", "0.5", "-o", "\(out)/stack", "--curvature-map",
          "--format", format,
        ]).status == 0)
    let first = try MeshScene(contentsOf: "\(out)/stack/meshes/0001.\(format)").objects[0]
    #expect(first.vertexValues.count == 4)
  }

  @Test(
    "a curvature map without a place to go is refused",
    arguments: [["--format", "stl"], ["--format", "none"], ["--simplify", "0.5"]])
  func curvatureMapRefused(arguments: [String]) throws {
    let command = try Command.run(
      ["measure", Command.sample, "-o", out, "--curvature-map"] + arguments)
    #expect(command.status == 1)
    #expect(command.errors.contains("--curvature-map"))
    #expect(files(below: out).isEmpty)
  }

  @Test(
    "a mesh that is open, wound both ways or inside out says so in the table and on standard error",
    arguments: ["not_closed", "inconsistent_winding", "inside_out"])
  func meshFlags(flag: String) throws {
    let faces = ["3 0 2 1", "3 0 1 3", "3 1 2 3", "3 0 3 2"]
    let changed =
      switch flag {
      case "not_closed": Array(faces.dropLast())
      case "inconsistent_winding": Array(faces.dropLast()) + ["3 0 2 3"]
      default: ["3 0 1 2", "3 0 3 1", "3 1 3 2", "3 0 2 3"]
      }
    let path = "\(folder.path)/tetrahedron.off"
    let text =
      ["OFF", "4 \(changed.count) 0", "0 0 0", "1 0 0", "0 1 0", "0 0 1"] + changed
    try (text.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let command = try Command.run("measure", path, "-o", out)
    #expect(command.status == 0)
    #expect(table("\(out)/measurements.csv")[0]["flags"] == flag)
    #expect(command.errors.contains("tetrahedron.off: \(flag): "))
  }
}
