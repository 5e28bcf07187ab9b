import Fixtures
import Testing

@Suite("lamina convert, meshes") struct ConvertMeshTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("simplify, smooth and convert a mesh")
  func meshes() throws {
    let sphere = "Meshes/sphere.ply"
    let small = "\(folder.path)/small.stl"
    let simplified = try Command.run("simplify", sphere, small, "--fraction", "0.1", "--json")
    #expect(simplified.status == 0)
    #expect(simplified.json["triangles"] as? Int == 512)
    let smooth = try Command.run("smooth", small, "\(folder.path)/smooth.obj", "--iterations", "3")
    #expect(smooth.status == 0)
    for name in ["a.ply", "a.obj", "a.stl", "a.glb"] {
      #expect(
        try Command.run("convert", "\(folder.path)/smooth.obj", "\(folder.path)/\(name)").status
          == 0)
    }
    let refused = try Command.run("convert", sphere, small)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("--force"))
    #expect(try Command.run("convert", sphere, "\(folder.path)/a.docx").status != 0)
    #expect(folder.entries == ["a.glb", "a.obj", "a.ply", "a.stl", "small.stl", "smooth.obj"])
  }

  @Test("files that Assimp would have to read: empty, or cut short")
  func damaged() throws {
    let (whole, out) = ("\(folder.path)/whole.glb", "\(folder.path)/out.ply")
    #expect(try Command.run("convert", "Meshes/cube.ply", whole).status == 0)
    let empty = try Command.run("convert", folder.file("empty.glb", []), out)
    #expect(empty.status == 1 && empty.errors.contains("empty.glb cannot be read: it is empty"))
    let half = Array(folder.contents("whole.glb").prefix(300))
    let cut = try Command.run("convert", folder.file("cut.glb", half), out)
    #expect(cut.status == 1 && cut.errors.contains("cut.glb is damaged, cut short"))
    #expect(folder.entries == ["cut.glb", "empty.glb", "whole.glb"])
  }

  @Test("a mesh goes through text and back without losing a bit")
  func textAndBack() throws {
    let (text, back) = ("\(folder.path)/text.ply", "\(folder.path)/back.ply")
    let (first, second) = ("\(folder.path)/first.ply", "\(folder.path)/second.obj")
    #expect(try Command.run("convert", "Meshes/torus.ply", first).status == 0)
    #expect(try Command.run("convert", first, text, "--ascii").status == 0)
    #expect(try Command.run("convert", text, second).status == 0)
    #expect(try Command.run("convert", second, back).status == 0)
    #expect(folder.contents("back.ply") == folder.contents("first.ply"))
  }

  @Test("a folder of results becomes one file of named objects, and comes back through Assimp")
  func results() throws {
    let out = "\(folder.path)/out"
    let arguments = [Command.sample, "--sigma", "0.5", "--min-volume", "20", "-o", out, "--quiet"]
    #expect(try Command.run(["measure"] + arguments).status == 0)
    for ending in ["glb", "dae", "x3d", "3mf", "obj", "vtp", "precomputed"] {
      #expect(try Command.run("convert", out, "\(folder.path)/all.\(ending)").status == 0)
    }
    let glb = String(decoding: folder.contents("all.glb"), as: UTF8.self)
    #expect(glb.contains("\"surface_area\":460.4"))
    for ending in ["glb", "dae", "x3d"] {
      let back = "\(folder.path)/\(ending).obj"
      #expect(try Command.run("convert", "\(folder.path)/all.\(ending)", back).status == 0)
      let text = String(decoding: folder.contents("\(ending).obj"), as: UTF8.self)
      #expect(text.split(separator: "\n").count { $0.hasPrefix("o label") } == 7)
    }
  }

  @Test(
    "what only Assimp reads can be simplified, smoothed and measured",
    arguments: ["glb", "dae", "x3d", "3mf"])
  func importedMeshes(ending: String) throws {
    let (mesh, small) = ("\(folder.path)/sphere.\(ending)", "\(folder.path)/small.ply")
    #expect(try Command.run("convert", "Meshes/sphere.ply", mesh, "--unit", "m").status == 0)
    let simplified = try Command.run("simplify", mesh, small, "--fraction", "0.1", "--json").json
    #expect(simplified["triangles_before"] as? Int == 5120)
    #expect(simplified["triangles"] as? Int == 512)
    #expect(
      try Command.run("smooth", mesh, "\(folder.path)/smooth.obj", "--iterations", "2").status == 0)
    let out = "\(folder.path)/out"
    #expect(try Command.run("measure", mesh, "-o", out).status == 0)
    let table = String(decoding: folder.contents("out/measurements.csv"), as: UTF8.self)
    #expect(table.contains("1255.12"))
  }

  @Test(
    "every format says where a mesh comes from and what was done to it",
    arguments: ["ply", "obj", "off", "vtp", "glb", "dae", "x3d", "precomputed/info"])
  func provenance(name: String) throws {
    let (first, second) = ("\(folder.path)/first.ply", "\(folder.path)/second.ply")
    let last = "\(folder.path)/last.\(name.split(separator: "/")[0])"
    #expect(try Command.run("convert", "Meshes/torus.ply", first, "--unit", "um").status == 0)
    #expect(try Command.run("simplify", first, second, "--fraction", "0.5").status == 0)
    #expect(try Command.run("convert", second, last).status == 0)
    var text = String(decoding: folder.contents("last.\(name)"), as: UTF8.self)
    if name == "vtp" {
      // Text is the codes of its letters in VTK.
      let codes = text.split { !$0.isWholeNumber }.compactMap { UInt8($0) }
      text = String(decoding: codes, as: UTF8.self)
    }
    // Two hyphens in a row may not stand in a comment of XML.
    let facts = ["input torus.ply", "input_sha256 ", "changed_by simplify", "fraction 0.5", "µm"]
    #expect(facts.filter { !text.contains($0) }.isEmpty)
  }

  @Test("a file that Assimp dies of is an error of ours")
  func damagedImport() throws {
    for name in ["a.glb", "a.3mf", "a.dae", "a.fbx"] {
      let path = folder.file(name, Array("glTF\u{2}nonsense".utf8))
      let command = try Command.run("convert", path, "\(folder.path)/out.ply")
      #expect(command.status == 1)
      #expect(command.errorLines.count == 1)
      #expect(command.errors.contains(name))
    }
    #expect(try Command.run("convert", "missing.fbx", "\(folder.path)/out.ply").status == 1)
  }
}
