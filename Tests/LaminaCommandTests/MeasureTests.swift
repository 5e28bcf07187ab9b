import Fixtures
import Foundation
import Lamina
import Testing

@Suite("lamina measure") struct MeasureTests {
  let folder: TemporaryFolder
  var out: String { "\(folder.path)/out" }
  init() throws { folder = try TemporaryFolder() }

  private func measure(_ more: String..., to target: String? = nil) throws -> Command {
    try Command.run(
      ["measure", Command.sample, "--sigma", "0.5", "--min-volume", "20", "-o", target ?? out]
        + more)
  }

  @Test(
    "labels are measured as they are: what would segment them is refused by name",
    arguments: ["--sigma=1", "--threshold=otsu", "--fill-holes", "--split", "--connectivity=6"])
  func labelsAreGiven(option: String) throws {
    let command = try Command.run(
      "measure", Command.sample, "--labels", option, "-o", "\(folder.path)/labels")
    #expect(command.status == 64)
    #expect(command.errors.contains("so \(option.prefix { $0 != "=" }) has nothing to do"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/labels"))
  }

  @Test("without --psf the effect of the level is said, and with it there is none")
  func levelEffect() throws {
    let stack = "\(folder.path)/nucleus.tif"
    #expect(
      try Command.run("phantom", "nucleus", stack, "--radius", "8", "--blur", "1.2,1.2,2").status
        == 0)
    let plain = try Command.run("measure", stack, "-o", "\(folder.path)/plain")
    #expect(plain.errors.contains("at half of its own contrast"))
    #expect(plain.errors.contains("% less volume"))
    #expect(!plain.output.contains("±"))
    let record = try String(contentsOfFile: "\(folder.path)/plain/run.json", encoding: .utf8)
    #expect(record.contains("at half of its own contrast"))
    for more in [["--psf", "1.2,1.2,2"], ["--surface", "mask"]] {
      let other = try Command.run(
        ["measure", stack, "-o", "\(folder.path)/other", "--force"] + more)
      #expect(other.status == 0 && !other.errors.contains("half of its own contrast"))
      // Area and volume, with what they may be off by.
      #expect(other.output.split(separator: "±").count == 3)
    }
  }

  @Test("an empty mesh has a row, and what it does not have is nan without a sign")
  func emptyMesh() throws {
    let mesh = "\(folder.path)/empty.ply"
    try TriangleMesh(positions: [], triangles: []).write(to: mesh)
    let command = try Command.run("measure", mesh, "-o", out)
    #expect(command.status == 0)
    #expect(command.output.contains("nan") && !command.output.contains("-nan"))
    #expect(table("\(out)/measurements.csv").first?["sphericity"] == "nan")
  }

  @Test("a table, a mesh per object, and the record of the run")
  func results() throws {
    let command = try measure()
    #expect(command.status == 0)
    let rows = table("\(out)/measurements.csv")
    #expect((5...20).contains(rows.count))
    #expect(TemporaryFolder.entries(of: out) == ["measurements.csv", "meshes", "run.json"])
    let meshes = TemporaryFolder.entries(of: "\(out)/meshes")
    #expect(
      meshes
        == (1...rows.count).map { "\(String(repeating: "0", count: 4 - "\($0)".count))\($0).ply" })
    for row in rows {
      #expect(row["watertight"] == "true")
      #expect(row.number("volume") >= 15)
      #expect(row.values.allSatisfy { !$0.isEmpty })
      // Two independent estimates of one area; nuclei at the border have a corner there.
      #expect((0.9...1.1).contains(row.number("surface_area") / row.number("surface_area_crofton")))
    }
    #expect(command.output.contains("surface_area [µm²]"))
    #expect(command.errors.contains("cut by the border"))
    #expect(!command.errors.contains("█"))
  }

  @Test("all columns: none empty, none undefined but genus and intensity of what is no solid")
  func allColumns() throws {
    #expect(try measure("--columns", "all", "--format", "none").status == 0)
    let rows = table("\(out)/measurements.csv")
    #expect(rows.count >= 5)
    for row in rows {
      #expect(row.count > 100)
      // Without --psf nobody knows how far the level is off, and Lindblad's weights are for cubic voxels.
      let undefined = row.filter { $0.key != "genus" && $0.key != "flags" && !$0.value.isFinite }
      #expect(
        undefined.keys.allSatisfy {
          $0.contains("_u_") || $0.hasSuffix("_u") || $0.hasSuffix("_lindblad")
        })
      #expect(undefined.count == 3 * (1 + 5) + 1)
      // The surface runs at the threshold of the smoothed image, and the image is bright inside.
      #expect((7000...11_000).contains(row.number("surface_intensity_mean")))
      #expect(row.number("surface_contrast") > 2000)
      #expect((0.3...1).contains(row.number("solidity")))
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
    #expect(try measure("--columns", program, "--format", "none").status == 0)
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

  @Test("one and two threads leave the same bytes", arguments: ["ply", "obj", "stl", "glb"])
  func threads(format: String) throws {
    let variant = [
      "--format", format, "--smooth", "taubin:10", "--simplify", "0.3", "--columns", "all",
    ]
    for threads in ["1", "2"] {
      let arguments =
        ["measure", Command.sample, "--sigma", "0.5", "-o", out + threads, "--threads", threads]
      #expect(try Command.run(arguments + variant).status == 0)
    }
    let (one, two) = (files(below: out + "1"), files(below: out + "2"))
    #expect(one.count > 5)
    #expect(one == two)
  }

  @Test("a second run refuses, and with --force replaces")
  func force() throws {
    #expect(try measure().status == 0)
    let before = files(below: out)
    let refused = try measure("--simplify", "0.1")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("--force"))
    #expect(files(below: out) == before)
    #expect(try measure("--simplify", "0.1", "--force").status == 0)
    #expect(files(below: out) != before)
    #expect(Set(files(below: out).keys) == Set(before.keys))
  }

  @Test("the optics and the curvature scale are in run.json, as given and as they were used")
  func microscope() throws {
    let optics = ["--na", "1.2", "--wavelength", "520", "--refractive-index", "1.333"]
    let command = try Command.run(
      ["measure", Command.sample, "--sigma", "0.5", "--min-volume", "20", "-o", out]
        + optics + ["--curvature-scale", "1.5um"])
    #expect(command.status == 0)
    let bytes = try #require(FileManager.default.contents(atPath: "\(out)/run.json"))
    let record = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let psf = try #require(record["psf"] as? [Double])
    // 0.1817805 and 0.5229579 wavelengths.
    #expect(abs(psf[0] - 0.0945259) < 1e-6 && abs(psf[2] - 0.2719381) < 1e-6)
    #expect(record["psf_uncertainty"] == nil)
    let parameters = record["parameters"] as? [String: Any]
    #expect(parameters?["point_spread"] as? String == "na=1.2:n=1.333:wavelength=520.0")
    #expect(parameters?["curvature_scale"] as? String == "1.5µm")
    let rows = table("\(out)/measurements.csv")
    #expect(rows.allSatisfy { abs($0.number("curvature_scale") - 1.5) < 1e-9 })
  }

  @Test("run.json repeats the run to the byte")
  func config() throws {
    #expect(try measure("--smooth", "taubin:5", "--simplify", "0.2", "--clear-border").status == 0)
    let again = "\(folder.path)/again"
    let command = try Command.run(
      "measure", Command.sample, "--config", "\(out)/run.json", "-o", again)
    #expect(command.status == 0)
    #expect(files(below: again) == files(below: out))
  }

  @Test("--json says threshold, objects, stages and memory, and nothing else is printed")
  func json() throws {
    let command = try measure("--json")
    #expect((command.json["threshold"] as? Double ?? 0) > 0)
    #expect((command.json["objects"] as? Int ?? 0) > 4)
    #expect((command.json["peak_mb"] as? Double ?? 0) > 1)
    let stages = command.json["stages"] as? [String: Double] ?? [:]
    #expect(Set(stages.keys).isSuperset(of: ["read", "gaussian", "surface", "measure", "write"]))
  }

  @Test("a killed run leaves nothing that looks finished, and the next one clears up")
  func killed() throws {
    for delay in [0.02, 0.05, 0.1, 0.15] {
      let running = try Command.start(["measure", Command.sample, "-o", out])
      Thread.sleep(forTimeInterval: delay)
      kill(running.process.processIdentifier, SIGKILL)
      running.process.waitUntilExit()
      // On a fast machine it may have been done already.
      guard running.process.terminationReason == .uncaughtSignal else { break }
      // The table appears last: where it is, all the rest is, too.
      if TemporaryFolder.entries(of: out).contains("measurements.csv") {
        let meshes = TemporaryFolder.entries(of: "\(out)/meshes")
        #expect(meshes.count == table("\(out)/measurements.csv").count)
        break
      }
    }
    #expect(try measure("--force").status == 0)
    #expect(TemporaryFolder.entries(of: out) == ["measurements.csv", "meshes", "run.json"])
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
    #expect(try measure().status == 0)
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

  @Test(
    "options that make no sense are usage errors",
    arguments: [
      ["--sigma", "-1"], ["--simplify", "0"], ["--simplify", "1.5"], ["--threads", "0"],
      ["--spacing", "1,0,1"], ["--connectivity", "7"], ["--format", "docx"], ["--nonsense"],
      ["--smooth", "magic:3"], ["--threshold", "nan"], ["--labels", "--split"],
      ["--labels", "--open", "1"], ["--labels", "--threshold", "li"], ["--curvature-scale", "-1"],
      ["--curvature-scale", "0"], ["--curvature-scale", "0px"], ["--mesh-curvature", "cotangent"],
      ["--psf", "sharp"], ["--na", "1.4"], ["--na", "1.6", "--wavelength", "520"],
      ["--na", "1.4", "--wavelength", "520", "--psf", "auto"],
    ])
  func usage(arguments: [String]) throws {
    let command = try Command.run(["measure", Command.sample, "-o", out] + arguments)
    #expect(command.status == 64)
    #expect(files(below: out).isEmpty)
  }
}

extension String {
  fileprivate var isFinite: Bool {
    Double(self)?.isFinite ?? (self == "true" || self == "false")
  }
}
