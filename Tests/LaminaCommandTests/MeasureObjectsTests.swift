import Fixtures
import Foundation
import Lamina
import Testing
import VolumeIO
import Volumes

@Suite("lamina measure --objects") struct MeasureObjectsTests {
  let folder: TemporaryFolder
  private let truth: PhantomTruth

  /// A blurred and noisy nucleus, and its labels as a threshold finds them, and one voxel smaller and larger.
  init() throws {
    folder = try TemporaryFolder()
    var phantom = Phantom(solid: .nucleus(radius: 8, seed: 3))
    phantom.blur = SIMD3(1.2, 1.2, 2)
    phantom.snr = 20
    phantom.margin = 8
    truth = phantom.truth
    let image = try phantom.volume()
    try Image(image).write(to: "\(folder.path)/nucleus.tif")
    let mask = image.mask(above: 400)
    let labels = [
      "near": mask, "small": mask.eroded(by: .connected(.corners)),
      "large": mask.dilated(by: .connected(.corners)),
    ]
    for (name, mask) in labels {
      try Image(mask.asVolume(inside: 7)).write(to: "\(folder.path)/\(name).tif")
    }
  }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func measure(_ labels: String, _ more: String...) throws -> Command {
    try Command.run(
      ["measure", path("nucleus.tif"), "--objects", path(labels), "-o", path("out"), "--force"]
        + more)
  }

  private func row() throws -> [String: Double] {
    let row = try #require(table(path("out/measurements.csv")).first)
    return row.compactMapValues { Double($0) }
  }

  @Test(
    "with --psf the grey values say where the surface is, and labels only which object it is",
    arguments: ["near.tif", "small.tif", "large.tif"],
    [["--psf", "1.2,1.2,2"], ["--psf", "auto"]])
  func greyValues(labels: String, more: [String]) throws {
    #expect(
      try Command.run(
        ["measure", path("nucleus.tif"), "--objects", path(labels), "-o", path("out")] + more
      ).status == 0)
    let found = try row()
    #expect(found["label"] == 7)
    #expect(abs((found["volume"] ?? 0) / truth.volume - 1) < 0.01)
    #expect(abs((found["surface_area"] ?? 0) / truth.surfaceArea - 1) < 0.01)
    #expect((found["intensity_mean"] ?? 0) > 500)
  }

  @Test("without --psf the labels say where it is; a surface that encloses half of them is flagged")
  func labels() throws {
    #expect(try measure("small.tif").status == 0)
    let found = try row()
    #expect(abs((found["volume"] ?? 0) / (found["volume_voxel"] ?? 1) - 1) < 1e-3)
    #expect((found["intensity_mean"] ?? 0) > 500)
    #expect(try measure("large.tif", "--psf", "1.2,1.2,2").status == 0)
    #expect(table(path("out/measurements.csv"))[0]["flags"]?.contains("unlike_label") == true)
    #expect(try measure("near.tif", "--psf", "1.2,1.2,2").status == 0)
    #expect(table(path("out/measurements.csv"))[0]["flags"]?.contains("unlike_label") == false)
  }

  @Test("the record and the meshes name both files, and a repetition asks for both")
  func provenance() throws {
    #expect(try measure("near.tif").status == 0)
    let record = try RunRecord(contentsOf: path("out/run.json"))
    #expect(record.labels?.path == path("near.tif"))
    #expect(record.labels?.sha256?.count == 64 && record.labels?.sha256 != record.input.sha256)
    let scene = try MeshScene(contentsOf: path("out/meshes/0007.ply"))
    #expect(scene.provenance.comments.contains("labels near.tif"))
    let again = try Command.run(
      "measure", path("nucleus.tif"), "--config", path("out/run.json"), "-o", path("again"))
    #expect(again.status == 1)
    #expect(again.errors.contains("give them with --objects"))
  }

  @Test(
    "what does not go with labels from elsewhere is refused",
    arguments: [
      (["--split"], 64), (["--labels"], 64), (["--objects", "another.tif"], 64),
      (["--surface", "grey"], 1),
    ] as [([String], Int32)])
  func refusals(more: [String], status: Int32) throws {
    let command = try Command.run(
      ["measure", path("nucleus.tif"), "--objects", path("near.tif"), "-o", path("no")] + more)
    #expect(command.status == status)
    #expect(!FileManager.default.fileExists(atPath: path("no")))
  }

  @Test("labels of another size are named with both sizes")
  func otherSize() throws {
    let command = try Command.run(
      "measure", path("nucleus.tif"), "--objects", Command.sample, "-o", path("no"))
    #expect(command.status == 1)
    #expect(command.errors.contains("144 x 174 x 48 voxels do not fit a stack of"))
    #expect(!FileManager.default.fileExists(atPath: path("no")))
  }
}
