import Fixtures
import Foundation
import Testing

@Suite("lamina calibrate") struct CalibrateTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test(
    "the figures of accuracy have settings of their own, and others are refused by name",
    arguments: [
      "--quick", "--snr=5", "--texture=0.1:3", "--psf=auto", "--shapes=torus", "--plots=plots",
    ])
  func figures(option: String) throws {
    let command = try Command.run("calibrate", "--figures", "--count", "1", option)
    #expect(command.status == 64)
    #expect(command.errors.contains("so \(option.prefix { $0 != "=" }) has nothing to do"))
  }

  @Test("masks have no grey values", arguments: ["--snr=5", "--texture=0.1:3", "--psf=auto"])
  func masks(option: String) throws {
    let command = try Command.run("calibrate", "--labels", "--quick", "--count", "1", option)
    #expect(command.status == 64)
    #expect(command.errors.contains("so \(option.prefix { $0 != "=" }) has nothing to do"))
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
}
