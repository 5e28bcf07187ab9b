import Fixtures
import Foundation
import Lamina
import Testing

@Suite("A zoo of files", .enabled(if: SharedData.isThere, "needs the shared test data"))
struct FileZooTests {
  /// Voxels of the TIFF files against hashes that another reader made; what is not supported yet has
  /// to say so.
  @Test("TIFF files are read to the voxel, or refused by name")
  func tiff() throws {
    let folder = try TemporaryFolder()
    var readCount = 0
    for row in SharedData.table("formats/EXPECTED.tsv") {
      guard let path = row["path"], path.hasSuffix(".tif"), row["lossy"] != "yes" else { continue }
      do {
        let stack = try Stack(contentsOf: SharedData.path(path))
        guard stack.channelCount == 1, stack.frameCount == 1 else { continue }
        let bytes = stack.image.perform(VoxelBytes())
        let file = folder.file("voxels", bytes)
        #expect(sha256(ofFile: file) == row["sha256"], "\(path)")
        readCount += 1
      } catch {
        switch error {
        case .unsupported, .unequalPages: break
        default: Issue.record("\(error)")
        }
      }
    }
    #expect(readCount >= 50)
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

private struct VoxelBytes: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) -> [UInt8] {
    unsafe volume.voxels.withUnsafeBytes { unsafe Array($0) }
  }
}
