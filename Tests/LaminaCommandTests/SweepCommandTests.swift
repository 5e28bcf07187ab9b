import Fixtures
import Foundation
import Testing

@Suite("lamina sweep") struct SweepCommandTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  @Test("the sample: a table, an answer and plots; smooth first is better")
  func sweepSample() throws {
    let command = try Command.run(
      "sweep", Command.sample, "--sigma", "0.5", "--min-volume", "20", "--fill-holes",
      "--clear-border", "--simplify", "0.5,0.1", "--smooth", "laplacian:10", "-o", path("sweep"))
    #expect(command.status == 0)
    #expect(command.output.contains("To smooth first moves the surface less in 2 of 2"))
    #expect(
      TemporaryFolder.entries(of: path("sweep")) == [
        "sweep-area.svg", "sweep-concave-regions.svg", "sweep-curvature.svg",
        "sweep-longest-extent.svg", "sweep-volume.svg", "sweep.csv", "sweep.json",
      ])
    let rows = table(path("sweep/sweep.csv"))
    // Three objects; not smoothed at 1, 0.5, 0.1, and smoothed at 1 and twice at 0.5 and 0.1.
    #expect(rows.count == 3 * (3 + 5))
    for row in rows where row["smooth"] == "none" && row["simplify"] == "0.5" {
      #expect(abs(row.number("area_change")) < 0.001)
    }
    let again = try Command.run("sweep", Command.sample, "-o", path("sweep"))
    #expect(again.status == 1 && again.errors.contains("--force"))
  }

  @Test("the truth is found beside a phantom")
  func sweepPhantom() throws {
    _ = try Command.run("phantom", "sphere", path("s.tif"), "--radius", "9")
    let command = try Command.run(
      "sweep", path("s.tif"), "--sigma", "0", "--threshold", "550", "--simplify", "0.1", "--smooth",
      "none", "-o", path("t"))
    #expect(command.output.contains("truth of the phantom"))
    let rows = table(path("t/sweep.csv"))
    #expect(rows.count == 2)
    for row in rows { #expect(abs(row.number("volume_error")) < 0.02) }
  }

  /// What the row before all processing and the table of `measure` both have.
  private static let shared = [
    "surface_area", "volume", "mean_curvature", "mean_curvature_integral", "mean_curvature_sd",
    "gaussian_curvature_integral", "sphericity", "surface_area_u", "volume_u",
    "mean_curvature_integral_u",
  ]

  @Test(
    "before all processing stands what measure says, whatever the surfaces are made from",
    arguments: [
      [Command.sample, "--clear-border"],
      [Command.sample, "--surface", "mask", "--split", "--clear-border"],
      [Command.sample, "--objects", "LABELS", "--clear-border"],
      ["LABELS", "--labels", "--spacing", "1,1,2", "--clear-border"],
      ["LABELS", "--labels", "--surface", "nets", "--clear-border"],
      ["NUCLEUS", "--na", "0.2", "--wavelength", "520"],
      ["NUCLEUS", "--objects", "NUCLEUS-LABELS", "--psf", "1.2,1.2,2", "--sigma", "0.5"],
      ["Meshes/nucleus.ply", "--curvature-scale", "0.5"], ["Meshes/nucleus.ply"],
    ])
  func reference(arguments: [String]) throws {
    let nucleus = ["--radius", "6", "--blur", "1.2,1.2,2", "--snr", "20"]
    _ = try Command.run(["phantom", "nucleus", path("NUCLEUS.tif")] + nucleus)
    _ = try Command.run("segment", path("NUCLEUS.tif"), path("NUCLEUS-LABELS.tif"))
    _ = try Command.run(
      "segment", Command.sample, path("LABELS.tif"), "--min-volume", "20", "--fill-holes")
    let input = arguments.map { folder.entries.contains("\($0).tif") ? path("\($0).tif") : $0 }
    #expect(try Command.run(["measure", "-o", path("measured")] + input).status == 0)
    let command = try Command.run(
      ["sweep", "--simplify", "1", "--smooth", "none", "-o", path("swept")] + input)
    #expect(command.status == 0)
    let measured = table(path("measured/measurements.csv"))
    let swept = table(path("swept/sweep.csv"))
    #expect(!swept.isEmpty && swept.map { $0["label"] } == measured.map { $0["label"] })
    for (row, measured) in zip(swept, measured) {
      for column in Self.shared where row[column] != nil {
        #expect(row[column] == measured[column], "\(column) of \(row["label"] ?? "")")
      }
    }
  }

  @Test("what simplification does is held against the uncertainty of the measurement")
  func limits() throws {
    let input = [Command.sample, "--sigma", "0.5", "--clear-border", "--fill-holes"]
    let command = try Command.run(
      ["sweep", "--surface", "mask", "--simplify", "0.1,0.02", "--smooth", "none", "--json"]
        + ["-o", path("m")] + input)
    let limits = try #require(command.json["limits"] as? [[String: Any]])
    #expect(limits.map { $0["quantity"] as? String } == SweepCommandTests.quantities)
    // Each object's own distance in units of its own uncertainty, once more from the table.
    for (limit, column) in zip(limits, SweepCommandTests.quantities) {
      let rows = table(path("m/sweep.csv"))
      let before = rows.filter { $0["simplify"] == "1" }
      func ratio(_ fraction: String) -> Double {
        let ratios = zip(rows.filter { $0["simplify"] == fraction }, before).map {
          abs($0.number(column) - $1.number(column)) / $1.number("\(column)_u")
        }
        let sorted = ratios.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      }
      let expected = ["0.1", "0.02"].first { ratio($0) > 1 }
      #expect(limit["simplify"] as? Double == expected.flatMap { Double($0) }, "\(column)")
    }
    // At 0.02 the area of the median nucleus is not as it was; its volume is.
    #expect(limits[0]["simplify"] != nil && limits[1]["simplify"] == nil)
    let (stack, parameters) = (
      command.json["stack"] as? [String: Any], command.json["parameters"] as? [String: Any]
    )
    #expect((stack?["sha256"] as? String)?.count == 64)
    #expect(parameters?["surface"] as? String == "mask" && parameters?["sigma"] as? String == "0.5")
    let answer = try #require(command.json["answer"] as? [String])
    #expect(answer.contains { $0.hasPrefix("The measurement itself is uncertain by") })
  }

  private static let quantities = ["surface_area", "volume", "mean_curvature_integral"]

  @Test("a surface at the threshold has no uncertainty to hold against")
  func noLimits() throws {
    let command = try Command.run(
      "sweep", Command.sample, "--clear-border", "--simplify", "0.1", "--smooth", "none", "--json",
      "-o", path("n"))
    #expect((command.json["limits"] as? [Any])?.isEmpty == true)
    #expect(table(path("n/sweep.csv"))[0]["surface_area_u"] == nil)
  }

  @Test("a mesh can be swept over, too; nonsense, and what a mesh has no use for, is refused")
  func sweepMesh() throws {
    let command = try Command.run(
      "sweep", "Meshes/nucleus.ply", "--simplify", "0.5", "--smooth", "none", "-o", path("u"))
    #expect(command.status == 0)
    #expect(table(path("u/sweep.csv")).count == 2)
    for wrong in [
      ["--simplify", "2"], ["--smooth", "ironing"], ["--order", "both"], ["--sigma", "1"],
      ["--labels"], ["--surface", "mask"], ["--min-volume", "1"], ["--clear-border"],
      ["--threshold", "otsu"], ["--spacing", "1,1,1"], ["--unit", "um"], ["--channel", "1"],
      ["--frame", "1"], ["--psf", "auto"], ["--objects", "labels.tif"], ["--split"],
    ] {
      let command = try Command.run(["sweep", "Meshes/nucleus.ply", "-o", path("v")] + wrong)
      #expect(command.status == 64 && command.errors.contains(wrong[0]))
    }
    for wrong in [
      ["--fill-holes"], ["--threshold", "otsu"], ["--threshold", "otsu,+10%"], ["--sigma", "1"],
      ["--psf", "auto"], ["--objects", "labels.tif"],
    ] {
      let command = try Command.run(["sweep", "labels.tif", "--labels", "-o", path("v")] + wrong)
      #expect(command.status == 64 && command.errors.contains(wrong[0]))
    }
    #expect(!folder.entries.contains("v"))
  }
}
