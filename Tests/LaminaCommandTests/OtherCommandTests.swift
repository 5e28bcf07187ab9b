import Fixtures
import Foundation
import Testing

@Suite("The other commands") struct OtherCommandTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

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
    "a phantom of impossible size is a clear error",
    arguments: [
      ["sphere", "--radius", "0"], ["sphere", "--radius", "nan"], ["sphere", "--radius", "1e9"],
      ["torus", "--minor-radius", "20"], ["sphere", "--foreground", "1e9"],
      ["nucleus", "--radius", "nan"], ["sphere", "--snr", "-1"],
      ["sphere", "--sampling", "center", "--blur", "1"],
    ])
  func badPhantom(arguments: [String]) throws {
    let command = try Command.run(
      ["phantom", arguments[0], "\(folder.path)/x.tif"] + arguments.dropFirst())
    #expect(command.status == 1 || command.status == 64)
    #expect(!command.errors.isEmpty)
    #expect(folder.entries.isEmpty)
  }

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

  @Test("an image goes to OME-TIFF and OME-Zarr and back, and labels beside it")
  func containers() throws {
    let (tiff, zarr) = ("\(folder.path)/a.ome.tif", "\(folder.path)/a.ome.zarr")
    let back = "\(folder.path)/back.tif"
    #expect(try Command.run("convert", Command.sample, tiff).status == 0)
    #expect(try Command.run("convert", tiff, zarr).status == 0)
    #expect(try Command.run("convert", tiff, zarr).status == 1)
    #expect(try Command.run("convert", zarr, back).status == 0)
    var (before, after) = (
      try Command.run("info", Command.sample, "--json").json,
      try Command.run("info", back, "--json").json
    )
    before["file"] = nil
    after["file"] = nil
    #expect(NSDictionary(dictionary: before) == NSDictionary(dictionary: after))
    let labels = "\(zarr)/labels/nuclei"
    #expect(try Command.run("segment", zarr, labels, "--sigma", "0.5").status == 0)
    let info = try Command.run("info", labels, "--json").json
    #expect(info["voxel_type"] as? String == "uint16")
    #expect(info["calibration"] as? String == "OME-Zarr metadata")
  }

  @Test("--box takes a part of any image, and leaves the other chunks of an OME-Zarr alone")
  func box() throws {
    let zarr = "\(folder.path)/a.ome.zarr"
    #expect(try Command.run("convert", Command.sample, zarr).status == 0)
    // The last chunk of the first slices is destroyed, which only who reads it can tell.
    _ = folder.file("a.ome.zarr/0/0/1/1", [1, 2, 3])
    #expect(try Command.run("info", zarr).status == 1)
    let box = "10,20,3,30,31,5"
    for (index, input) in [zarr, Command.sample].enumerated() {
      let part = "\(folder.path)/\(index).tif"
      #expect(try Command.run("convert", input, part, "--box", box).status == 0)
      #expect(try Command.run("info", part, "--json").json["size"] as? [Int] == [30, 31, 5])
    }
    #expect(folder.contents("0.tif") == folder.contents("1.tif"))
    let outside = try Command.run("info", Command.sample, "--box", "140,0,0,5,1,1")
    #expect(outside.status == 1)
    #expect(outside.errors.contains("144 x 174 x 48"))
    for box in ["1,2,3", "0,0,0,0,1,1", "-1,0,0,1,1,1", "0,0,0,1,1,x"] {
      #expect(try Command.run("info", Command.sample, "--box=\(box)").status == 64)
    }
  }

  @Test("convert an image: voxels and calibration stay")
  func convertImage() throws {
    let copy = "\(folder.path)/copy.tif"
    #expect(try Command.run("convert", Command.sample, copy).status == 0)
    var (before, after) = (
      try Command.run("info", Command.sample, "--json").json,
      try Command.run("info", copy, "--json").json
    )
    before["file"] = nil
    after["file"] = nil
    #expect(NSDictionary(dictionary: before) == NSDictionary(dictionary: after))
  }

  @Test(
    "the figures of accuracy have settings of their own, and others are refused by name",
    arguments: ["--quick", "--snr=5", "--psf=auto", "--shapes=torus", "--plots=plots"])
  func figures(option: String) throws {
    let command = try Command.run("calibrate", "--figures", "--count", "1", option)
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
