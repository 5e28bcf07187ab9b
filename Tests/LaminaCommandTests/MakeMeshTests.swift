import Fixtures
import Foundation
import Lamina
import Testing
import VolumeIO
import Volumes

@Suite("lamina mesh") struct MakeMeshTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }
  private let segmentation = ["--sigma", "0.5", "--min-volume", "20", "--fill-holes"]

  private func mesh(_ arguments: String...) throws -> Command {
    try Command.run(["mesh", Command.sample] + arguments + segmentation)
  }

  @Test("a folder has the meshes that measure writes, and no table")
  func folderOfMeshes() throws {
    #expect(try mesh("-o", path("meshes")).status == 0)
    let measured = try Command.run(
      ["measure", Command.sample, "-o", path("measured")] + segmentation)
    #expect(measured.status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: path("meshes/meshes")).sorted()
    #expect(names == (1...7).map { "000\($0).ply" })
    for name in names {
      #expect(
        try TriangleMesh(contentsOf: path("meshes/meshes/\(name)"))
          == TriangleMesh(contentsOf: path("measured/meshes/\(name)")))
    }
    #expect(!FileManager.default.fileExists(atPath: path("meshes/measurements.csv")))
    #expect(FileManager.default.fileExists(atPath: path("meshes/run.json")))
    #expect(try mesh("-o", path("meshes")).status == 1)
  }

  @Test("one file has a group, a node or a label for every object")
  func oneFile() throws {
    #expect(try mesh("-o", path("all.obj")).status == 0)
    let scene = try MeshScene(contentsOf: path("all.obj"))
    #expect(scene.objects.map(\.name) == (1...7).map { "label_\($0)" })
    #expect(try mesh("-o", path("all.ply")).status == 0)
    let joined = try MeshScene(contentsOf: path("all.ply")).joined
    let labels = try #require(joined.faceValues.first { $0.name == "label" })
    #expect(Set(labels.values) == Set((1...7).map(Double.init)))
    #expect(try mesh("-o", path("all.ply")).status == 1)
  }

  @Test("an isosurface goes around everything above a level, with normals")
  func isosurface() throws {
    let command = try Command.run(
      "mesh", Command.sample, "-o", path("iso.ply"), "--isosurface", "12000", "--sigma", "0.5",
      "--normals", "--json")
    #expect(command.json["objects"] as? Int == 1)
    let object = try MeshScene(contentsOf: path("iso.ply")).joined
    #expect(object.mesh.triangles.count == command.json["triangles"] as? Int)
    #expect(object.mesh.topology().isWatertight)
    #expect(Set(object.vertexValues.map(\.name)) == ["nx", "ny", "nz"])
  }

  @Test("an isosurface above all grey values is empty, and that is said")
  func emptyIsosurface() throws {
    let command = try Command.run(
      "mesh", Command.sample, "-o", path("none.ply"), "--isosurface", "70000")
    #expect(command.status == 0)
    #expect(command.errors.contains("no voxel of the smoothed image is above 70000"))
    #expect(try TriangleMesh(contentsOf: path("none.ply")).triangles.isEmpty)
  }

  @Test("an open border leaves the objects that it cuts open, and no others")
  func openBorder() throws {
    let closed = try Command.run(
      ["measure", Command.sample, "-o", path("closed")] + segmentation)
    #expect(closed.status == 0)
    #expect(try mesh("-o", path("open"), "--open-border").status == 0)
    for (label, row) in zip(1..., table(path("closed/measurements.csv"))) {
      let isCut = row["touches_border"] == "true"
      let mesh = try TriangleMesh(contentsOf: path("open/meshes/000\(label).ply"))
      #expect(mesh.topology().isWatertight == !isCut, "label \(label)")
    }
  }

  @Test("joint surfaces: walls with the labels on both sides, or the closed surface of each label")
  func joint() throws {
    let labels = path("labels.tif")
    #expect(
      try Command.run("segment", Command.sample, labels, "--split", "--min-volume", "20").status
        == 0)
    #expect(
      try Command.run("mesh", labels, "--labels", "--joint", "-o", path("walls.ply")).status == 0)
    let walls = try MeshScene(contentsOf: path("walls.ply")).joined
    #expect(walls.faceValues.map(\.name) == ["front", "back"])
    #expect(zip(walls.faceValues[0].values, walls.faceValues[1].values).allSatisfy { $0 < $1 })
    #expect(
      try Command.run("mesh", labels, "--labels", "--joint", "--relax", "5", "-o", path("each"))
        .status == 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: path("each/meshes")) {
      #expect(try TriangleMesh(contentsOf: path("each/meshes/\(name)")).topology().isWatertight)
    }
  }

  /// The corners of a mesh as they are stored.
  private func corners(_ mesh: TriangleMesh) -> Set<SIMD3<Float>> { Set(mesh.positions) }

  @Test(
    "joint surfaces are simplified together: the same vertices on both sides of a wall, and in one file"
  )
  func simplifiedJoint() throws {
    let labels = path("labels.tif")
    #expect(
      try Command.run("segment", Command.sample, labels, "--split", "--min-volume", "20").status
        == 0)
    let joint = ["mesh", labels, "--labels", "--joint", "--simplify", "0.2", "-o"]
    #expect(try Command.run(joint + [path("each")]).status == 0)
    #expect(try Command.run(joint + [path("walls.ply")]).status == 0)
    let walls = try MeshScene(contentsOf: path("walls.ply")).joined
    let sides = zip(walls.faceValues[0].values, walls.faceValues[1].values)
    var shared: [[Int]: Set<SIMD3<Float>>] = [:]
    for ((front, back), triangle) in zip(sides, walls.mesh.triangles) where front > 0 {
      let corners = [triangle.a, triangle.b, triangle.c].map { walls.mesh.positions[Int($0)] }
      shared[[Int(front), Int(back)], default: []].formUnion(corners)
    }
    #expect(shared.count == 9)
    for (pair, vertices) in shared {
      #expect(vertices.count > 4)
      for label in pair {
        let name = String(format: "each/meshes/%04d.ply", label)
        #expect(try vertices.isSubset(of: corners(TriangleMesh(contentsOf: path(name)))))
      }
    }
    let before = try Command.run(
      "mesh", labels, "--labels", "--joint", "-o", path("whole.ply"), "--json")
    let count = try #require(before.json["triangles"] as? Int)
    #expect((0.2...0.25).contains(Double(walls.mesh.triangles.count) / Double(count)))
  }

  @Test(
    "objects of another program have the surface that measure gives them",
    arguments: [[], ["--psf", "0.2"]])
  func objects(pointSpread: [String]) throws {
    let labels = path("labels.tif")
    #expect(try Command.run(["segment", Command.sample, labels] + segmentation).status == 0)
    let arguments = [Command.sample, "--objects", labels, "--sigma", "0.5"] + pointSpread
    #expect(try Command.run(["mesh", "-o", path("one.ply")] + arguments).status == 0)
    #expect(try Command.run(["mesh", "-o", path("meshes")] + arguments).status == 0)
    #expect(try Command.run(["measure", "-o", path("measured")] + arguments).status == 0)
    for label in 1...7 {
      let mesh = try TriangleMesh(contentsOf: path("meshes/meshes/000\(label).ply"))
      #expect(try mesh == TriangleMesh(contentsOf: path("measured/meshes/000\(label).ply")))
    }
    let one = try MeshScene(contentsOf: path("one.ply"))
    #expect(one.provenance.comments.contains("labels labels.tif"))
    #expect(try RunRecord(contentsOf: path("meshes/run.json")).labels?.path == labels)
  }

  @Test("a point-spread function that no object tells is said to be missing")
  func noPointSpread() throws {
    let flat = path("flat.tif")
    try Image(Volume<UInt8>(SIMD3(20, 20, 1)) { x, y, _ in 5..<15 ~= x && 5..<15 ~= y ? 200 : 0 })
      .write(to: flat)
    let command = try Command.run("mesh", flat, "-o", path("flat"), "--psf", "auto")
    #expect(command.status == 0)
    #expect(command.errors.contains("no object tells how wide the point-spread function is"))
  }

  @Test(
    "a folder that is named like a file of no known format is taken for a mistake",
    arguments: ["mesh", "measure"])
  func folderLikeAFile(command: String) throws {
    let wrong = try Command.run(command, Command.sample, "-o", path("nuclei.xyz"))
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains(".xyz is no format of a file"))
    #expect(!FileManager.default.fileExists(atPath: path("nuclei.xyz")))
    #expect(try Command.run(command, Command.sample, "-o", path("nuclei.xyz/")).status == 0)
    #expect(try Command.run(command, Command.sample, "-o", path("2026.11.26")).status == 0)
  }

  @Test(
    "what does not go together is refused",
    arguments: [
      ["--joint", "--isosurface", "5"], ["--labels", "--normals"], ["--relax", "3"],
      ["--joint", "--open-border"], ["--joint", "--smooth", "taubin:5"], ["--format", "none"],
      ["--normals", "--format", "stl"],
      ["--labels", "--sigma", "1"],
      ["--labels", "--split"], ["--joint", "--psf", "auto"], ["--labels", "--psf", "1"],
      ["--isosurface", "5", "--objects", "labels.tif"], ["--objects", "labels.tif", "--split"],
    ])
  func refusals(arguments: [String]) throws {
    let command = try Command.run(["mesh", Command.sample, "-o", path("no.ply")] + arguments)
    #expect(command.status == 64)
    #expect(!FileManager.default.fileExists(atPath: path("no.ply")))
  }
}
