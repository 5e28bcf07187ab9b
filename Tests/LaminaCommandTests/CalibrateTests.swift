import Fixtures
import Foundation
import Testing

@Suite("lamina calibrate") struct CalibrateTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func expectRefusal(of option: String, beside purpose: String...) throws {
    let command = try Command.run(["calibrate", "--count", "1", option] + purpose)
    #expect(command.status == 64)
    #expect(command.errors.contains("so \(option.prefix { $0 != "=" }) has nothing to do"))
  }

  @Test(
    "the figures of accuracy have settings of their own, and others are refused by name",
    arguments: [
      "--quick", "--snr=5", "--texture=0.1:3", "--psf=auto", "--shapes=torus", "--plots=plots",
      "--contacts", "--radius=8", "--spacing=1,1,2", "--blur=1", "--threshold=li",
    ])
  func figures(option: String) throws {
    try expectRefusal(of: option, beside: "--figures")
  }

  @Test(
    "contacts are between labels of their own",
    arguments: ["--labels", "--blur=1", "--surface=nets", "--sigma=1", "--snr=5"])
  func contactsAlone(option: String) throws {
    try expectRefusal(of: option, beside: "--contacts")
  }

  @Test(
    "masks have no grey values",
    arguments: ["--snr=5", "--texture=0.1:3", "--psf=auto", "--blur=1", "--sigma=1", "--split"])
  func masks(option: String) throws {
    try expectRefusal(of: option, beside: "--labels", "--quick")
  }

  @Test("calibrate: a table, and a plot each of bias, scatter and coverage")
  func calibrate() throws {
    let (csv, plots) = ("\(folder.path)/calibration.csv", "\(folder.path)/plots")
    let command = try Command.run(
      "calibrate", "--labels", "--quick", "--count", "2", "--radius", "4,5", "-o", csv, "--plots",
      plots)
    #expect(command.status == 0)
    // Three shapes, two radii, three quantities.
    #expect(table(csv).count == 18)
    let names = TemporaryFolder.entries(of: plots)
    #expect(names == ["calibrate-bias.svg", "calibrate-coverage.svg", "calibrate-sd.svg"])
    for name in names {
      let svg = try String(contentsOfFile: "\(plots)/\(name)", encoding: .utf8)
      #expect(svg.contains("surface area") && svg.contains("integral of H"))
      #expect(svg.contains("<polyline") || svg.contains("<path"))
    }
  }

  @Test("contacts: biases, scatter and coverage of each way of meeting, and a plot of each")
  func contacts() throws {
    let (csv, plots) = ("\(folder.path)/contacts.csv", "\(folder.path)/plots")
    let command = try Command.run(
      "calibrate", "--contacts", "--count", "12", "--radius", "8", "-o", csv, "--plots", plots)
    #expect(command.status == 0)
    let rows = table(csv)
    // Six ways of meeting, any way round and parallel to the slices.
    #expect(rows.count == 12 && rows.allSatisfy { $0["quantity"] == "contact_area" })
    let flat = rows.filter { !["dent", "tip"].contains($0["shape"]?.prefix { $0 != "-" } ?? "") }
    #expect(flat.count == 8)
    for row in flat {
      #expect((0.2...2.2).contains(row.number("deviation")), "\(row)")
      #expect(abs(row.number("bias")) < 1 && row.number("within_2_percent") > 60, "\(row)")
      #expect(row.number("coverage") > 80 && row.number("unknown") == 0, "\(row)")
    }
    let bent = try #require(rows.first { $0["shape"] == "dent" })
    #expect((0.3...2.5).contains(bent.number("deviation")) && bent.number("coverage") > 70)
    for shape in ["tip-on-ball-parallel", "dent-parallel"] {
      let row = try #require(rows.first { $0["shape"] == shape })
      #expect((2...10).contains(row.number("deviation")) && row.number("coverage") > 80)
    }
    #expect(TemporaryFolder.entries(of: plots).count == 3)
    let svg = try String(contentsOfFile: "\(plots)/calibrate-bias.svg", encoding: .utf8)
    #expect(svg.contains("area of contact") && !svg.contains("integral of H"))
  }
}
