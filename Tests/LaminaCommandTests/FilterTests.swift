import Fixtures
import Testing

@Suite("lamina filter and segment") struct FilterTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func filter(_ name: String, _ arguments: String...) throws -> Command {
    try Command.run(
      ["filter", name, Command.sample, "\(folder.path)/\(name).tif", "--json"] + arguments)
  }

  @Test("every filter runs on a stack, and says what came out")
  func all() throws {
    let runs: [(String, [String], String)] = [
      ("gaussian", ["--sigma", "0.5"], "float32"),
      ("derivative", ["--sigma", "0.5", "--order", "1,0,0"], "float32"),
      ("dog", ["--sigma", "0.3", "--wide", "1"], "float32"),
      ("mean", ["--radius", "1px"], "float32"), ("median", ["--radius", "1px"], "uint16"),
      ("minimum", ["--radius", "1px", "--shape", "box"], "uint16"),
      ("maximum", ["--radius", "1px", "--border", "nearest"], "uint16"),
      ("variance", ["--radius", "1px"], "float32"), ("sd", ["--radius", "1px"], "float32"),
      ("sobel", [], "float32"), ("laplacian", ["--border", "0"], "float32"),
      ("opening", ["--radius", "0.5um"], "uint16"), ("closing", ["--radius", "0.5"], "uint16"),
      ("tophat", ["--radius", "1"], "float32"), ("background", ["--radius", "10"], "float32"),
      ("convolve", ["--kernel=1,0,-1", "--kernel-size", "3,1,1"], "float32"),
    ]
    for (name, arguments, type) in runs {
      let command = try Command.run(
        ["filter", name, Command.sample, "\(folder.path)/\(name).tif", "--json"] + arguments)
      #expect(command.status == 0, "\(name): \(command.errors)")
      #expect(command.json["voxel_type"] as? String == type, "\(name)")
      let (low, high) = (command.json["min"] as? Double, command.json["max"] as? Double)
      #expect((low ?? 0) < (high ?? 0), "\(name)")
    }
    let info = try Command.run("info", "\(folder.path)/median.tif", "--json").json
    let spacing = try #require(info["spacing"] as? [Double])
    #expect(zip(spacing, [0.26, 0.26, 0.29]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("26 neighbours are a box of one voxel, 6 are fewer, and a radius is none of them")
  func neighbours() throws {
    func mean(_ arguments: String...) throws -> Double {
      let command = try Command.run(
        ["filter", "maximum", Command.sample, "\(folder.path)/x.tif", "--json", "--force"]
          + arguments)
      return try #require(command.json["mean"] as? Double)
    }
    let corners = try mean("--shape", "26")
    #expect(try mean("--shape", "box", "--radius", "1px") == corners)
    let (faces, edges) = (try mean("--shape", "6"), try mean("--shape", "18"))
    #expect(faces < edges && edges < corners)
    #expect(try filter("maximum", "--shape", "26", "--radius", "1px").status == 64)
    #expect(try filter("background", "--shape", "26").status == 64)
  }

  @Test("a filter without what it needs is a usage error, and writes nothing")
  func usage() throws {
    #expect(try filter("gaussian").status == 64)
    #expect(try filter("median", "--sigma", "1").errors.contains("median needs --radius"))
    #expect(try filter("derivative", "--sigma", "1", "--order", "3,0,0").status == 64)
    #expect(try filter("convolve", "--kernel=1,2").status == 64)
    #expect(try filter("nonsense").status == 64)
    #expect(try filter("median", "--radius", "1000").status == 1)
    #expect(try filter("gaussian", "--sigma", "1e9").status == 1)
    #expect(try filter("background", "--radius", "0").status == 1)
    #expect(try filter("convolve", "--kernel=1,2,1", "--kernel-size", "1e18,3,1").status == 64)
    #expect(folder.entries.isEmpty)
  }

  @Test(
    "what a filter has no use for is refused by name",
    arguments: [
      ["sobel", "--sigma", "1"], ["gaussian", "--sigma", "1", "--radius", "2"],
      ["median", "--radius", "1px", "--kernel", "1"],
      ["opening", "--radius", "1", "--border", "0"],
      ["distance", "--border", "nearest"], ["background", "--radius", "5", "--shape", "box"],
      ["convolve", "--kernel", "1", "--order", "1,0,0"], ["boundary", "--radius", "1px"],
    ])
  func pointless(arguments: [String]) throws {
    let command = try Command.run(
      ["filter", arguments[0], Command.sample, "\(folder.path)/x.tif"] + arguments.dropFirst())
    #expect(command.status == 64)
    let option = arguments.last { $0.hasPrefix("--") } ?? ""
    #expect(command.errors.contains("so \(option) has nothing to do"), "\(command.errors)")
    #expect(folder.entries.isEmpty)
  }

  @Test("negative numbers stand beside their options")
  func negative() throws {
    let mean = try filter("gaussian", "--sigma", "1", "--border", "-1000").json["min"] as? Double
    #expect((mean ?? 0) < 0)
    #expect(
      try filter("convolve", "--kernel", "-1,0,1", "--kernel-size", "3,1,1").status == 0)
    let segmented = try Command.run(
      "segment", Command.sample, "\(folder.path)/labels.tif", "--threshold", "-5", "--json")
    #expect(segmented.json["objects"] as? Int == 1)
    let view = try Command.run(
      "view", Command.sample, "\(folder.path)/a.png", "--low", "-5", "--high", "9000")
    #expect(view.status == 0)
  }

  @Test("segment: every threshold method, and masks opened, closed and split")
  func segment() throws {
    func objects(_ arguments: String...) throws -> Int {
      let command = try Command.run(
        ["segment", Command.sample, "\(folder.path)/labels.tif", "--force", "--json"] + arguments)
      #expect(command.status == 0, "\(arguments): \(command.errors)")
      return command.json["objects"] as? Int ?? -1
    }
    for method in ["otsu", "otsu:3", "li", "isodata", "yen", "mean", "triangle", "min-error"] {
      #expect(try objects("--threshold", method, "--sigma", "0.5") > 0, "\(method)")
    }
    #expect(try objects("--threshold", "local:5um", "--sigma", "0.5", "--min-volume", "20") > 3)
    let usual = ["--sigma", "0.5", "--min-volume", "20", "--fill-holes"]
    func usualObjects(_ arguments: String...) throws -> Int {
      let command = try Command.run(
        ["segment", Command.sample, "\(folder.path)/labels.tif", "--force", "--json"] + usual
          + arguments)
      return command.json["objects"] as? Int ?? -1
    }
    #expect(try usualObjects() == 7)
    // Two of the seven are pairs that touch.
    #expect((8...10).contains(try usualObjects("--split")))
    #expect(try usualObjects("--split-by", "distance:0") == 7)
    #expect(try usualObjects("--open", "12") == 0)
    #expect(try usualObjects("--open", "1e9") == -1)
    #expect(try usualObjects("--close", "0.5um") <= 7)
    for wrong in ["otsu:1", "hysteresis:5", "hysteresis:5:4", "local:x", "value", "nan"] {
      #expect(
        try Command.run(
          "segment", Command.sample, "\(folder.path)/x.tif", "--threshold", wrong
        ).status == 64)
    }
  }
}
