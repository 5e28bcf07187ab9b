import Testing

@Suite("lamina info, dictionary and help") struct InfoTests {
  @Test("info: size, type, calibration and its source, grey values")
  func info() throws {
    let command = try Command.run("info", Command.sample)
    #expect(command.status == 0)
    for word in ["144 x 174 x 48", "uint16", "0.26 x 0.26 x 0.29 µm", "ImageJ metadata"] {
      #expect(command.output.contains(word))
    }
    let json = try Command.run("info", Command.sample, "--json").json
    #expect(json["size"] as? [Int] == [144, 174, 48])
    #expect((json["mode_count"] as? Int ?? 0) > 0)
    #expect((json["min"] as? Double ?? .nan) <= (json["mean"] as? Double ?? .nan))
  }

  @Test("info goes on after a bad file, and ends with 1")
  func infoBadFile() throws {
    let command = try Command.run("info", "missing.tif", Command.sample)
    #expect(command.status == 1)
    #expect(command.errors.contains("missing.tif"))
    #expect(command.output.contains("144 x 174 x 48"))
  }

  @Test("info --quiet says only whether the file can be read")
  func infoQuiet() throws {
    let command = try Command.run("info", Command.sample, "--quiet")
    #expect(command.status == 0)
    #expect(command.output.isEmpty)
    #expect(try Command.run("info", "missing.tif", "--quiet").status == 1)
  }

  @Test("dictionary: every column of the table with its unit")
  func dictionary() throws {
    let command = try Command.run("dictionary")
    #expect(command.status == 0)
    #expect(command.output.contains("surface_area_crofton [µm²]"))
    #expect(try Command.run("dictionary", "--json").json.count > 100)
    #expect(try Command.run("dictionary", "--columns", "core", "--json").json.count < 50)
    let itk = try Command.run("dictionary", "--columns", "itk").output
    #expect(itk.contains("EquivalentSphericalPerimeter [µm²]"))
    #expect(try Command.run("dictionary", "--columns", "matlab").status == 64)
  }

  @Test("help and version")
  func help() throws {
    #expect(try Command.run("--help").output.contains("lamina measure nuclei.tif -o results"))
    #expect(try Command.run("--version").output.contains("."))
    #expect(try Command.run("frobnicate").status == 64)
  }
}
