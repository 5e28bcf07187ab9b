import Fixtures
import Foundation
import Testing

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
    #expect(text[0] == "label,voxels,x,y,z,touches_border,neighbours")
    #expect(text[1].hasPrefix("1,") && text[3].hasPrefix("3,"))
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
