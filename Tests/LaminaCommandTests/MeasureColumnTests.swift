import Fixtures
import Foundation
import Lamina
import Testing

@Suite("lamina measure --columns") struct MeasureColumnTests {
  let folder: TemporaryFolder
  var out: String { "\(folder.path)/out" }
  init() throws { folder = try TemporaryFolder() }

  @Test("all columns: none empty, none undefined but genus and intensity of what is no solid")
  func allColumns() throws {
    #expect(try Command.measureSample(to: out, "--columns", "all", "--format", "none").status == 0)
    let rows = table("\(out)/measurements.csv")
    #expect(rows.count >= 5)
    for row in rows {
      #expect(row.count > 100)
      // Without --psf nobody knows how far the level is off, and Lindblad's weights are for cubic voxels.
      let undefined = row.filter { $0.key != "genus" && $0.key != "flags" && !$0.value.isFinite }
      #expect(
        undefined.keys.allSatisfy {
          ($0.contains("_u_") || $0.hasSuffix("_u") || $0.hasSuffix("_lindblad"))
            && $0 != "contact_area_u"
        })
      #expect(undefined.count == 3 * (1 + 6) + 1)
      // The surface runs at the threshold of the smoothed image, and the image is bright inside.
      #expect((7000...11_000).contains(row.number("surface_intensity_mean")))
      #expect(row.number("surface_contrast") > 2000)
      #expect((0.3...1).contains(row.number("solidity")))
      // Half of the voxels are darker than the median; around is only what the microscope adds.
      #expect((9000...30_000).contains(row.number("intensity_median")))
      #expect((0...7000).contains(row.number("intensity_background")))
      #expect(row.number("intensity_offset") < row.number("equivalent_diameter") / 10)
      #expect(row.number("largest_curvature_p99") <= row.number("largest_curvature"))
      #expect(row.number("invagination_volume") <= row.number("concavity_volume"))
      #expect(row.number("feret_min") < row.number("equivalent_diameter"))
      #expect(row.number("feret_max") > row.number("equivalent_diameter"))
      let bytes = try #require(FileManager.default.contents(atPath: "\(out)/run.json"))
      let record = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
      #expect((record?["units"] as? [String: String])?.count == row.count)
    }
  }

  @Test(
    "columns of other programs, under their names",
    arguments: [
      ("skimage", "equivalent_diameter_area"), ("itk", "EquivalentSphericalRadius"),
      ("morpholibj", "Elli.R1/R2"), ("pyradiomics", "original_shape_Maximum3DDiameter"),
    ])
  func columnsOfOthers(program: String, name: String) throws {
    #expect(
      try Command.measureSample(to: out, "--columns", program, "--format", "none").status == 0)
    let rows = table("\(out)/measurements.csv")
    #expect(rows.count >= 5)
    for row in rows {
      #expect(row.number(name) > 0)
      #expect(row["surface_area"] == nil)
    }
    // The same choice again, from the record of the run.
    let again = try Command.run(
      "measure", Command.sample, "--config", "\(out)/run.json", "-o", "\(out)2")
    #expect(again.status == 0)
    #expect(files(below: out) == files(below: "\(out)2"))
  }

  @Test("the gap between the surfaces of two balls, and who is within a distance")
  func surfaceNeighbours() throws {
    // Centres 16 voxels of 0.5 µm apart, radii of 6 and 7 voxels.
    let labels = try Volume<UInt32>(SIMD3(40, 24, 24), spacing: SIMD3(repeating: 0.5)) { x, y, z in
      func isInside(_ center: Int, _ radius: Int) -> Bool {
        let way = SIMD3(x - center, y - 12, z - 12)
        return (way &* way).wrappedSum() <= radius * radius
      }
      return isInside(10, 6) ? 1 : isInside(26, 7) ? 2 : 0
    }
    let path = "\(folder.path)/balls.tif"
    try Image(labels).write(to: path)
    let columns = ["--columns", "all,slow", "--format", "none", "--labels", "-o", out]
    let command = try Command.run(
      ["measure", path, "--neighbour-distance", "2um", "--quiet"] + columns)
    #expect(command.status == 0)
    for row in table("\(out)/measurements.csv") {
      // 16 - 6 - 7 voxels; a ball of voxels is half a voxel larger or smaller somewhere.
      #expect((1.2...1.8).contains(row.number("nearest_surface_distance")))
      #expect(row["neighbours_within"] == "1" && row["self_intersections"] == "0")
      #expect(abs(row.number("nearest_distance") - 8) < 1e-6)
    }
    let near = try Command.run(
      ["measure", path, "--neighbour-distance", "2px", "--quiet", "--force"] + columns)
    #expect(near.status == 0)
    #expect(table("\(out)/measurements.csv").allSatisfy { $0["neighbours_within"] == "0" })
  }

  @Test("how far the mesh lies from what was measured: nowhere, and farther with fewer triangles")
  func deviation() throws {
    let columns = ["mean", "rms", "hausdorff"].map { "mesh_deviation_\($0)" }
    let tables = try ["1", "0.2", "0.02"].map { fraction in
      let target = "\(out)-\(fraction)/"
      let command = try Command.measureSample(
        to: target, "--columns", columns.joined(separator: ","), "--simplify", fraction,
        "--format", "none")
      #expect(command.status == 0)
      return table("\(target)measurements.csv").map { row in columns.map { row.number($0) } }
    }
    for (all, (some, few)) in zip(tables[0], zip(tables[1], tables[2])) {
      #expect(all.allSatisfy { abs($0) < 1e-5 })
      for row in [some, few] { #expect(0 < row[0] && row[0] < row[1] && row[1] < row[2]) }
      #expect(some[1] < few[1])
      // Voxels of 0.26 and 0.29 µm.
      #expect((0.001...0.006).contains(some[1]) && (0.01...0.05).contains(few[1]))
    }
  }

  @Test("a distance that no column asks for is refused")
  func strayDistance() throws {
    let command = try Command.measureSample(to: out, "--neighbour-distance", "2")
    #expect(command.status == 1)
    #expect(command.errors.contains("neighbours_within"))
  }

  @Test("single columns by their names, behind the label, with the figures of the whole table")
  func singleColumns() throws {
    let names = "solidity,intensity_median,invaginations"
    #expect(
      try Command.measureSample(to: out, "--columns", names, "--format", "none").status == 0)
    let whole = "\(out)-whole"
    #expect(try Command.measureSample(to: whole, "--columns", "all").status == 0)
    let (few, all) = (table("\(out)/measurements.csv"), table("\(whole)/measurements.csv"))
    #expect(few.count == all.count && few.count >= 5)
    for (row, full) in zip(few, all) {
      #expect(Set(row.keys) == ["label", "solidity", "intensity_median", "invaginations"])
      #expect(row.allSatisfy { $0.value == full[$0.key] && $0.value != "nan" })
    }
    let again = try Command.run(
      "measure", Command.sample, "--config", "\(out)/run.json", "-o", "\(out)2")
    #expect(again.status == 0)
    #expect(files(below: out) == files(below: "\(out)2"))
  }
}

extension String {
  fileprivate var isFinite: Bool {
    Double(self)?.isFinite ?? (self == "true" || self == "false")
  }
}
