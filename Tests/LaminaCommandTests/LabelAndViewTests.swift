import Fixtures
import Foundation
import Testing
import VolumeIO
import Volumes

@Suite("lamina labels and view") struct LabelAndViewTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func segmented() throws -> String {
    let path = "\(folder.path)/labels.tif"
    let command = try Command.run(
      "segment", Command.sample, path, "--sigma", "0.5", "--fill-holes", "--min-volume", "20",
      "--split")
    #expect(command.status == 0)
    return path
  }

  @Test("labels: a line per object, those chosen are written")
  func labels() throws {
    let path = try segmented()
    let all = try Command.run("labels", path, "--measure", Command.sample, "--json").json
    let objects = try #require(all["objects"] as? [[String: Any]])
    #expect((8...10).contains(objects.count))
    #expect(objects.contains { !($0["neighbours"] as? [Int] ?? []).isEmpty })
    #expect(objects.allSatisfy { ($0["mean"] as? Double ?? 0) > 0 })
    let kept = "\(folder.path)/kept.tif"
    #expect(try Command.run("labels", path, kept, "--keep-largest", "3").status == 0)
    let text = try Command.run("labels", kept).output.split(separator: "\n")
    #expect(text.count == 4)
    let names = text[0].split(separator: ",")
    #expect(names.prefix(6) == ["label", "voxels", "x", "y", "z", "lower_x"])
    #expect(names.suffix(3) == ["upper_z", "touches_border", "neighbours"])
    #expect(text[1].hasPrefix("1,") && text[3].hasPrefix("3,"))
  }

  @Test("labels: a list has the labels of the file, and what is written is numbered anew")
  func numbers() throws {
    let (path, kept) = ("\(folder.path)/labels.tif", "\(folder.path)/kept.tif")
    let labels = try Volume<UInt16>(SIMD3(12, 6, 6)) { x, _, _ in
      x == 0 || x > 10 ? 0 : x < 3 ? 7 : x < 7 ? 90 : 1000
    }
    try Image.uint16(labels).write(to: path)
    func rows(_ arguments: String...) throws -> [[Substring]] {
      try Command.run(["labels"] + arguments).output.split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
    }
    let listed = try rows(path, "--min-voxels", "100")
    #expect(listed.map(\.first) == ["90", "1000"])
    // The box of the label 90, and that it touches 1000 but not 7, which is left out.
    #expect(listed[0][5..<11] == ["3", "0", "0", "6", "5", "5"])
    #expect(listed[0].last == "1000")
    #expect(try rows(path, "--contacts").map { $0.prefix(2) } == [["7", "90"], ["90", "1000"]])
    #expect(
      try rows(path, "--contacts", "--keep-largest", "2").map { $0.prefix(2) } == [["90", "1000"]])
    #expect(try rows(path, kept, "--min-voxels", "100").map(\.first) == ["1", "2"])
    #expect(try rows(kept).map(\.first) == ["1", "2"])
  }

  @Test("view, labels and watershed take the same box of the labels as of the stack")
  func boxes() throws {
    let path = try segmented()
    let box = ["--box", "10,20,5,60,50,20"]
    let picture = "\(folder.path)/box.png"
    let view = try Command.run(["view", Command.sample, picture, "--labels", path, "--json"] + box)
    #expect(view.json["width"] as? Int == 60 && view.json["height"] as? Int == 50)
    let list = try Command.run(["labels", path, "--measure", Command.sample, "--json"] + box)
    #expect((list.json["objects"] as? [Any])?.isEmpty == false)
    let flooded = "\(folder.path)/flooded.tif"
    #expect(
      try Command.run(["watershed", Command.sample, path, flooded, "--mask", path] + box).status
        == 0
    )
    let wrong = try Command.run("view", Command.sample, picture, "--labels", flooded, "--force")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("60 x 50 x 20 voxels do not fit a stack of 144 x 174 x 48"))
  }

  @Test("labels --contacts: a line per pair, those and no others that are neighbours by faces")
  func contacts() throws {
    let path = try segmented()
    let all = try Command.run("labels", path, "--connectivity", "6", "--json").json
    let objects = try #require(all["objects"] as? [[String: Any]])
    let neighbours = objects.reduce(0) { $0 + (($1["neighbours"] as? [Int])?.count ?? 0) }
    let json = try Command.run("labels", path, "--contacts", "--json").json
    let pairs = try #require(json["contacts"] as? [[String: Any]])
    #expect(!pairs.isEmpty && 2 * pairs.count == neighbours)
    for pair in pairs {
      // Faces of 0.26 by 0.26 to 0.29; a plane in space diagonal has sqrt(3) times its area in them.
      let faces = try #require(pair["faces"] as? Int)
      let area = try #require(pair["contact_area"] as? Double)
      #expect(area > 0.03 * Double(faces) && area < 0.12 * Double(faces))
      let uncertainty = try #require(pair["contact_area_u"] as? Double)
      #expect(uncertainty > 0 && uncertainty < area)
    }
    let text = try Command.run("labels", path, "--contacts").output.split(separator: "\n")
    #expect(text.count == pairs.count + 1)
    #expect(text[0] == "first,second,faces,contact_area,contact_area_u")
    #expect(
      try Command.run("labels", path, "--contacts", "--measure", Command.sample).status == 64)
  }

  @Test("view: a projection or a slice, with outlines, as a PNG of the stack's size")
  func view() throws {
    let path = try segmented()
    let runs: [[String]] = [
      [], ["--slice", "20", "--colormap", "viridis"], ["--labels", path],
      ["--slice", "20", "--labels", path, "--scale", "2"],
    ]
    var files: [[UInt8]] = []
    for (index, arguments) in runs.enumerated() {
      let picture = "\(folder.path)/\(index).png"
      #expect(try Command.run(["view", Command.sample, picture] + arguments).status == 0)
      let bytes = folder.contents("\(index).png")
      #expect(bytes.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
      let factor = arguments.contains("--scale") ? 2 : 1
      #expect(Int(bytes[18]) * 256 + Int(bytes[19]) == 144 * factor)
      #expect(Int(bytes[22]) * 256 + Int(bytes[23]) == 174 * factor)
      files.append(Array(bytes))
    }
    #expect(Set(files).count == runs.count)
    #expect(
      try Command.run("view", Command.sample, "\(folder.path)/x.png", "--slice", "49").status == 1)
    #expect(try Command.run("view", Command.sample, "\(folder.path)/x.jpg").status == 1)
  }
}
