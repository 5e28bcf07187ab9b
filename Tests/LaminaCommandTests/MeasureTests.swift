import Fixtures
import Foundation
import Testing

@Suite("lamina measure") struct MeasureTests {
  let folder: TemporaryFolder
  var out: String { "\(folder.path)/out" }
  init() throws { folder = try TemporaryFolder() }

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

  @Test("a table, a mesh per object, and the record of the run")
  func results() throws {
    let command = try Command.measureSample(to: out)
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
    #expect(try Command.measureSample(to: out).status == 0)
    let before = files(below: out)
    let refused = try Command.measureSample(to: out, "--simplify", "0.1")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("--force"))
    #expect(files(below: out) == before)
    #expect(try Command.measureSample(to: out, "--simplify", "0.1", "--force").status == 0)
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
    #expect(
      try Command.measureSample(
        to: out, "--smooth", "taubin:5", "--simplify", "0.2", "--clear-border"
      ).status == 0)
    let again = "\(folder.path)/again"
    let command = try Command.run(
      "measure", Command.sample, "--config", "\(out)/run.json", "-o", again)
    #expect(command.status == 0)
    #expect(files(below: again) == files(below: out))
  }

  @Test("--json says threshold, objects, stages and memory, and nothing else is printed")
  func json() throws {
    let command = try Command.measureSample(to: out, "--json")
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
    #expect(try Command.measureSample(to: out, "--force").status == 0)
    #expect(TemporaryFolder.entries(of: out) == ["measurements.csv", "meshes", "run.json"])
  }
}
