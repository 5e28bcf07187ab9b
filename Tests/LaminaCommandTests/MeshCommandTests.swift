import Fixtures
import Foundation
import Lamina
import Testing

@Suite("lamina simplify, smooth and repair") struct MeshCommandTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  @Test("simplify says what it reached: triangles, area, volume, and how far the surface moved")
  func simplifyReport() throws {
    let json = try Command.run(
      "simplify", "Meshes/sphere.ply", path("a.ply"), "--fraction", "0.1", "--json"
    ).json
    #expect(json["triangles"] as? Int == 512)
    let (before, after) = (
      json["volume_before"] as? Double ?? .nan, json["volume"] as? Double ?? .nan
    )
    #expect(abs(after / before - 1) < 1e-6)
    #expect((0.005...0.1).contains(json["deviation_rms"] as? Double ?? .nan))
    #expect((0.01...0.2).contains(json["deviation_hausdorff"] as? Double ?? .nan))
  }

  @Test("edges are held by --crease, and angles that are none are refused")
  func simplifyCreases() throws {
    func simplify(_ more: String...) throws -> Command {
      try Command.run(
        [
          "simplify", "Meshes/nucleus.ply", path("crease.ply"), "--fraction", "0.1", "--force",
          "--json",
        ] + more)
    }
    let (free, held) = (try simplify(), try simplify("--crease", "15"))
    #expect(free.status == 0 && held.status == 0)
    #expect(free.json["triangles"] as? Int == held.json["triangles"] as? Int)
    #expect(free.json["surface_area"] as? Double != held.json["surface_area"] as? Double)
    for angle in ["0", "180", "-5", "sharp"] {
      #expect(try simplify("--crease=\(angle)").status == 64)
    }
  }

  @Test("a largest error, a largest change of area, and a minimum of triangles")
  func simplifyGoals() throws {
    let error = try Command.run(
      "simplify", "Meshes/ellipsoid.ply", path("b.ply"), "--max-error", "0.1", "--json"
    ).json
    #expect((0.05...0.11).contains(error["deviation_hausdorff"] as? Double ?? .nan))
    let area = try Command.run(
      "simplify", "Meshes/ellipsoid.ply", path("c.ply"), "--max-area-change", "0.5", "--json"
    ).json
    let change =
      (area["surface_area"] as? Double ?? .nan) / (area["surface_area_before"] as? Double ?? .nan)
    #expect((0.003...0.005).contains(abs(change - 1)))
    let least = try Command.run(
      "simplify", "Meshes/ellipsoid.ply", path("d.ply"), "--fraction", "0.001", "--min-triangles",
      "40")
    #expect(least.output.contains("40 of 5120 triangles"))
    #expect(least.output.contains("the goal of 5 triangles was not reached"))
  }

  @Test(
    "smoothing that would take for ever is refused",
    arguments: [["--iterations", "99999999999"], ["--scale", "1e9"]])
  func endless(arguments: [String]) throws {
    let command = try Command.run(
      ["smooth", "Meshes/nucleus.ply", path("endless.ply")] + arguments)
    #expect(command.status == 1 || command.status == 64)
    #expect(command.errors.contains(arguments[0]))
    #expect(!FileManager.default.fileExists(atPath: path("endless.ply")))
  }

  @Test("smooth by length instead of iterations, and says which waves it halves")
  func smoothScale() throws {
    let command = try Command.run(
      "smooth", "Meshes/nucleus.ply", path("e.ply"), "--method", "laplacian", "--scale", "3")
    #expect(command.status == 0)
    #expect(command.output.contains("waves of length 3"))
    let flow = try Command.run(
      "smooth", "Meshes/nucleus.ply", path("f.ply"), "--method", "flow", "--scale", "2", "--json")
    #expect((flow.json["notes"] as? [String])?.first?.contains("length 2 are halved") == true)
    #expect(
      try Command.run("smooth", "Meshes/nucleus.ply", path("g.ply"), "--method", "flow")
        .status == 64)
  }

  @Test("vertices that are locked or pinned stay where they are; one that is not there is named")
  func fixedVertices() throws {
    let vertices = Set(try TriangleMesh(contentsOf: "Meshes/sphere.ply").positions.prefix(3))
    _ = try Command.run(
      "simplify", "Meshes/sphere.ply", path("l.ply"), "--fraction", "0.05", "--lock", "0,1,2")
    #expect(try vertices.isSubset(of: TriangleMesh(contentsOf: path("l.ply")).positions))
    _ = try Command.run(
      "smooth", "Meshes/sphere.ply", path("p.ply"), "--method", "laplacian", "--pin", "0,1,2")
    #expect(try vertices.isSubset(of: TriangleMesh(contentsOf: path("p.ply")).positions))
    for (step, option) in [("simplify", "--lock"), ("smooth", "--pin")] {
      let goal = step == "simplify" ? ["--fraction", "0.5"] : []
      let command = try Command.run(
        [step, "Meshes/sphere.ply", path("q.ply"), option, "2562"] + goal)
      #expect(command.status == 1 && command.errors.contains("\(option) 2562"))
    }
  }

  @Test("open borders become coarser with the surface, or stay with --lock borders")
  func borders() throws {
    let sheet = TriangleMesh.sheet(columns: 20, rows: 20)
    try sheet.write(to: path("sheet.ply"))
    func border(_ options: String...) throws -> Int {
      let words = ["simplify", path("sheet.ply"), path("s.ply"), "--fraction", "0.1", "--force"]
      let command = try Command.run(words + options)
      #expect(command.status == 0)
      #expect(command.output.contains("the surface is not closed"))
      return try TriangleMesh(contentsOf: path("s.ply")).topology().boundaryEdgeCount
    }
    #expect(try (4...60).contains(border()))
    #expect(try border("--lock", "0,borders") == 80)
    let pin = try Command.run("smooth", path("sheet.ply"), path("t.ply"), "--pin", "borders")
    #expect(pin.status == 64 && pin.errors.contains("--pin borders"))
  }

  @Test(
    "the file does not depend on the number of threads",
    arguments: [["simplify", "--fraction", "0.5"], ["smooth"]])
  func sameBytes(command: [String]) throws {
    var files: [Data] = []
    for threads in ["1", "3"] {
      let output = path("\(command[0])-\(threads).ply")
      let words = command + ["Meshes/nucleus.ply", output, "--threads", threads]
      #expect(try Command.run(words).status == 0)
      files.append(try Data(contentsOf: URL(fileURLWithPath: output)))
    }
    #expect(files[0] == files[1])
  }

  @Test("repair does what it is told and says how much of it there was")
  func repair() throws {
    let soup = """
      solid two
      facet normal 0 0 1
      outer loop
      vertex 0 0 0
      vertex 1 0 0
      vertex 0 1 0
      endloop
      endfacet
      facet normal 0 0 1
      outer loop
      vertex 0 1 0
      vertex 1 1 0
      vertex 1 0 0
      endloop
      endfacet
      endsolid two

      """
    let input = folder.file("soup.stl", Array(soup.utf8))
    let command = try Command.run("repair", input, path("h.ply"), "--orient")
    #expect(command.status == 0)
    #expect(command.output.contains("1 triangles turned"))
    #expect(try Command.run("repair", input, path("i.ply")).status == 64)
    // What that means for a volume is said, and by which repair it goes away.
    let smooth = try Command.run("smooth", input, path("j.ply"))
    #expect(smooth.output.contains("at 1 edges the triangles disagree"))
    #expect(command.output.contains("the surface is not closed"))
    let closed = try Command.run("smooth", "Meshes/nucleus.ply", path("k.ply"))
    #expect(!closed.output.contains("volumes"))
  }
}
