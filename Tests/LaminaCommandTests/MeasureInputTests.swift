import Fixtures
import Foundation
import Lamina
import Testing

@Suite("lamina measure, inputs of all kinds") struct MeasureInputTests {
  let folder: TemporaryFolder
  var out: String { "\(folder.path)/out" }
  init() throws { folder = try TemporaryFolder() }

  @Test("an empty mesh has a row, and what it does not have is nan without a sign")
  func emptyMesh() throws {
    let mesh = "\(folder.path)/empty.ply"
    try TriangleMesh(positions: [], triangles: []).write(to: mesh)
    let command = try Command.run("measure", mesh, "-o", out)
    #expect(command.status == 0)
    #expect(command.output.contains("nan") && !command.output.contains("-nan"))
    #expect(table("\(out)/measurements.csv").first?["sphericity"] == "nan")
  }

  @Test("several inputs: a folder each, one table, and a bad one is named and passed over")
  func several() throws {
    let bad = folder.file("bad.tif", Array("no image".utf8))
    let phantom = "\(folder.path)/ball.tif"
    #expect(try Command.run("phantom", "sphere", phantom, "--radius", "6").status == 0)
    let command = try Command.run(
      "measure", Command.sample, bad, phantom, phantom, "-o", out, "--sigma", "0.3")
    #expect(command.status == 1)
    #expect(command.errorLines.contains { $0.contains("error") && $0.contains("bad.tif") })
    #expect(
      TemporaryFolder.entries(of: out) == ["ball", "ball-2", "measurements.csv", "nuclei"])
    let rows = table("\(out)/measurements.csv")
    #expect(Set(rows.compactMap { $0["source"] }) == [Command.sample, phantom])
    #expect(rows.count == 2 + table("\(out)/nuclei/measurements.csv").count)
  }

  @Test("labels and meshes can be measured, too")
  func otherInputs() throws {
    let labels = "\(folder.path)/labels.tif"
    let segmented = try Command.run(
      "segment", Command.sample, labels, "--sigma", "0.5", "--min-volume", "20")
    #expect(segmented.status == 0)
    #expect(try Command.measureSample(to: out).status == 0)
    let fromLabels = "\(folder.path)/from-labels"
    #expect(try Command.run("measure", labels, "--labels", "-o", fromLabels).status == 0)
    let (grey, mask) = (table("\(out)/measurements.csv"), table("\(fromLabels)/measurements.csv"))
    #expect(grey.map { $0["label"] } == mask.map { $0["label"] })
    #expect(grey.map { $0["voxel_count"] } == mask.map { $0["voxel_count"] })
    #expect(mask.allSatisfy { $0["intensity_mean"] == "nan" })

    let fromMesh = "\(folder.path)/from-mesh"
    let command = try Command.run("measure", "\(out)/meshes/0001.ply", "-o", fromMesh)
    #expect(command.status == 0)
    let row = table("\(fromMesh)/measurements.csv")[0]
    #expect(abs(row.number("surface_area") / grey[0].number("surface_area") - 1) < 1e-4)
    #expect(row["surface_area_crofton"] == "nan")
  }
}
