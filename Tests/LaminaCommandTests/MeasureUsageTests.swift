import Fixtures
import Foundation
import Testing

@Suite("lamina measure, wrong use") struct MeasureUsageTests {
  let folder: TemporaryFolder
  var out: String { "\(folder.path)/out" }
  init() throws { folder = try TemporaryFolder() }

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

  @Test(
    "meshes have no voxels: what is about those is refused by name",
    arguments: [
      "--spacing=1,1,1", "--channel=2", "--sigma=1", "--threshold=otsu", "--min-volume=1",
      "--labels", "--surface=mask", "--psf=auto", "--objects=labels.tif", "--parents=cells.tif",
      "--simplify=0.5",
    ])
  func meshes(option: String) throws {
    let command = try Command.run("measure", "Meshes/nucleus.ply", option, "-o", out)
    #expect(command.status == 64)
    #expect(command.errors.contains("so \(option.prefix { $0 != "=" }) has nothing to do"))
    #expect(files(below: out).isEmpty)
  }

  @Test(
    "a surface through voxels has no use for the blur of grey values",
    arguments: ["mask", "staircase", "nets"])
  func blurOfVoxels(surface: String) throws {
    let command = try Command.run(
      "measure", Command.sample, "--surface", surface, "--psf", "auto", "-o", out)
    #expect(command.status == 64)
    #expect(command.errors.contains("so --psf has nothing to do"))
  }

  @Test("a point-spread function as wide as the image is refused at once")
  func widePointSpread() throws {
    let command = try Command.run("measure", Command.sample, "--psf", "100", "-o", out)
    #expect(command.status == 1)
    #expect(command.errors.contains("too wide for an image of 37.44, 45.24, 13.92"))
    #expect(files(below: out).isEmpty)
  }

  @Test(
    "a column that is none is named, with the one that was meant",
    arguments: ["measure", "dictionary"])
  func unknownColumn(command: String) throws {
    let input = command == "measure" ? [Command.sample, "-o", out] : []
    let run = try Command.run([command, "--columns", "core,solidty"] + input)
    #expect(run.status == 64)
    #expect(run.errors.contains("did you mean solidity?"))
    #expect(files(below: out).isEmpty)
  }

  @Test(
    "options that make no sense are usage errors",
    arguments: [
      ["--sigma", "-1"], ["--simplify", "0"], ["--simplify", "1.5"], ["--threads", "0"],
      ["--spacing", "1,0,1"], ["--connectivity", "7"], ["--format", "docx"], ["--nonsense"],
      ["--smooth", "magic:3"], ["--threshold", "nan"], ["--labels", "--split"],
      ["--labels", "--open", "1"], ["--labels", "--threshold", "li"], ["--curvature-scale", "-1"],
      ["--curvature-scale", "0"], ["--curvature-scale", "0px"], ["--mesh-curvature", "cotangent"],
      ["--psf", "sharp"], ["--columns", "nonsense"], ["--columns", "core,"],
      ["--columns", "core,Solidity"], ["--na", "1.4"], ["--na", "1.6", "--wavelength", "520"],
      ["--na", "1.4", "--wavelength", "520", "--psf", "auto"],
    ])
  func usage(arguments: [String]) throws {
    let command = try Command.run(["measure", Command.sample, "-o", out] + arguments)
    #expect(command.status == 64)
    #expect(files(below: out).isEmpty)
  }
}
