import Fixtures
import Foundation
import Testing

@Suite("lamina phantom") struct PhantomCommandTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("phantom: a stack and its exact truth, the same for the same seed")
  func phantom() throws {
    let arguments = [
      "--axes", "8,6,4", "--rotation", "random", "--noise", "20", "--blur", "0.7", "--seed", "9",
    ]
    for name in ["a", "b"] {
      let command = try Command.run(
        ["phantom", "ellipsoid", "\(folder.path)/\(name).tif"] + arguments)
      #expect(command.status == 0)
    }
    #expect(folder.contents("a.tif") == folder.contents("b.tif"))
    #expect(folder.contents("a.json") == folder.contents("b.json"))
    let truth = try JSONSerialization.jsonObject(with: Data(folder.contents("a.json")))
    let facts = truth as? [String: Any] ?? [:]
    #expect(abs((facts["volume"] as? Double ?? 0) - 4 * .pi / 3 * 192) < 1e-9)
    #expect(facts["euler_number"] as? Int == 2)
    #expect(facts["half_level"] as? Double == 550)
  }

  @Test(
    "phantom: every shape, as large as a sphere of the radius",
    arguments: [
      "sphere", "ellipsoid", "torus", "capsule", "rounded-cube", "bumpy", "lobed", "nucleus",
    ])
  func shapes(shape: String) throws {
    let command = try Command.run(
      "phantom", shape, "\(folder.path)/a.tif", "--radius", "6", "--sampling", "plane", "--blur",
      "1,1,1.5", "--snr", "10", "--json")
    #expect(command.status == 0)
    #expect(command.json["shape"] as? String == shape)
    #expect(abs((command.json["volume"] as? Double ?? 0) / (288 * .pi) - 1) < 1e-12)
    #expect(command.json["snr"] as? Double == 10)
  }

  @Test("phantom --mask: a label image of the same solid")
  func mask() throws {
    let path = "\(folder.path)/mask.tif"
    #expect(
      try Command.run("phantom", "nucleus", path, "--radius", "9", "--seed", "7", "--mask").status
        == 0)
    let info = try Command.run("info", path, "--json").json
    #expect(info["max"] as? Double == 1 && info["min"] as? Double == 0)
    let table = try Command.run(
      "measure", path, "--labels", "-o", "\(folder.path)/results", "--json")
    #expect(table.json["objects"] as? Int == 1)
    let voxels =
      (info["mean"] as? Double ?? 0) * Double((info["size"] as? [Int] ?? []).reduce(1, *))
    // A count of about 3000 voxels is off by the 10 that its surface may decide, at most.
    #expect(abs(voxels - 972 * .pi) < 40)
  }

  @Test(
    "what a phantom has no use for is refused by name",
    arguments: [
      ["sphere", "--axes=3,4,5"], ["ellipsoid", "--minor-radius=2"], ["nucleus", "--read-noise=1"],
      ["torus", "--mask", "--snr=5"], ["sphere", "--mask", "--type=float32"],
      ["sphere", "--mask", "--blur=1"],
    ])
  func pointless(arguments: [String]) throws {
    let command = try Command.run(
      ["phantom", arguments[0], "\(folder.path)/x.tif"] + arguments.dropFirst())
    #expect(command.status == 64)
    let option = arguments.last?.prefix { $0 != "=" } ?? ""
    #expect(command.errors.contains("so \(option) has nothing to do"))
    #expect(folder.entries.isEmpty)
  }

  @Test(
    "a phantom of impossible size is a clear error",
    arguments: [
      ["sphere", "--radius", "0"], ["sphere", "--radius", "nan"], ["sphere", "--radius", "1e9"],
      ["torus", "--minor-radius", "20"], ["sphere", "--foreground", "1e9"],
      ["nucleus", "--radius", "nan"], ["sphere", "--snr", "-1"],
      ["sphere", "--sampling", "center", "--blur", "1"],
      ["sphere", "--spacing", "1e300", "--radius", "1e301"],
    ])
  func badPhantom(arguments: [String]) throws {
    let command = try Command.run(
      ["phantom", arguments[0], "\(folder.path)/x.tif"] + arguments.dropFirst())
    #expect(command.status == 1 || command.status == 64)
    #expect(!command.errors.isEmpty)
    #expect(folder.entries.isEmpty)
  }
}
