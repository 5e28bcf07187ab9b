import Fixtures
import Foundation
import Lamina
import Testing

@Suite("A zoo of files", .enabled(if: SharedData.isThere, "needs the shared test data"))
struct FileZooTests {
  /// Every image of the zoo against the hashes that other readers made of it. What is not read has to
  /// say what it is that is not supported.
  @Test(
    "images are read to the voxel, or refused by name",
    arguments: [
      ("formats/EXPECTED.tsv", 122, 10), ("formats/REAL_DECODED.tsv", 79, 3),
    ])
  func images(table: String, leastRight: Int, mostRefused: Int) throws {
    var right = 0
    var refused: [String] = []
    for row in SharedData.table(table) {
      let expected = ExpectedImage(row)
      do {
        let problem = try expected.problem()
        #expect(problem == nil, "\(expected.path)")
        if problem == nil { right += 1 }
      } catch {
        switch error {
        case VolumeFileError.unsupported, VolumeFileError.unknownFormat: refused.append("\(error)")
        default: Issue.record("\(error)")
        }
      }
    }
    print("\(table): \(right) read right, \(refused.count) refused by name")
    refused.forEach { print("  \($0)") }
    #expect(right >= leastRight)
    #expect(refused.count <= mostRefused)
  }

  @Test("hostile files are read or refused with one line that names them")
  func hostile() throws {
    for folder in ["hostile/gen", "hostile/real"] {
      for name in TemporaryFolder.entries(of: SharedData.path(folder)) {
        let path = SharedData.path("\(folder)/\(name)")
        do {
          if MeshFormat(path: path) != nil {
            _ = try TriangleMesh(contentsOf: path)
          } else {
            _ = try Stack(contentsOf: path)
          }
        } catch {
          #expect("\(error)".contains(name))
          #expect(!"\(error)".contains("\n"))
        }
      }
    }
  }

  @Test("meshes of other programs have the triangles that they should")
  func meshes() throws {
    var readCount = 0
    for row in SharedData.table("MANIFEST.tsv") {
      guard let path = row["path"], path.hasPrefix("meshes/"), MeshFormat(path: path) != nil,
        let shape = row["shape"], let faces = shape.split(separator: " ").dropFirst().first,
        let count = Int(faces.dropLast())
      else { continue }
      let mesh = try TriangleMesh(contentsOf: SharedData.path(path))
      #expect(mesh.triangles.count == count, "\(path)")
      readCount += 1
    }
    #expect(readCount >= 15)
  }
}
