import Fixtures
import Foundation
import Testing

@Suite("lamina convert, images") struct ConvertImageTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("an image is no mesh, and lamina mesh is what makes one of it")
  func imageToMesh() throws {
    let command = try Command.run("convert", Command.sample, "\(folder.path)/x.ply")
    #expect(command.status == 1)
    #expect(command.errors.contains("is an image: lamina mesh"))
    #expect(folder.entries.isEmpty)
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
}
