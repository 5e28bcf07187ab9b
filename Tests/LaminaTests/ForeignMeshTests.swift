import Foundation
import Lamina
import Testing

/// Meshes from other programs: open, with vertices not shared, inside out, of several bodies.
@Suite("Meshes from elsewhere", .enabled(if: SharedData.isThere)) struct ForeignMeshTests {
  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: SharedData.path("meshes"))) ?? [])
    .sorted()

  @Test(
    "simplified to a half and smoothed, none has a worse topology than it had", arguments: names)
  func process(name: String) throws {
    let mesh: TriangleMesh
    do {
      mesh = try TriangleMesh(contentsOf: SharedData.path("meshes/\(name)"))
    } catch {
      // A file that is not read says why, and names itself.
      #expect("\(error)".contains(name))
      return
    }
    let before = mesh.topology()
    for changed in [
      mesh.simplified(to: .fraction(0.5)), mesh.smoothed(by: .taubin(iterations: 10)),
    ] {
      let after = changed.topology()
      #expect(after.boundaryEdgeCount <= before.boundaryEdgeCount)
      #expect(after.nonManifoldEdgeCount <= before.nonManifoldEdgeCount)
      #expect(after.inconsistentEdgeCount <= before.inconsistentEdgeCount)
      #expect(after.nonManifoldVertexCount <= before.nonManifoldVertexCount)
      #expect(after.componentCount == before.componentCount)
      if before.isWatertight { #expect(after.eulerNumber == before.eulerNumber) }
      if before.isWatertight && before.isManifold && before.isConsistentlyOriented {
        #expect(abs(changed.signedVolume / mesh.signedVolume - 1) < 1e-4)
      }
    }
  }

  @Test(
    "sharp edges of mechanical parts stay at half of the triangles",
    arguments: [("trimesh_featuretype.STL", 0.001), ("trimesh_20mm-xyz-cube.stl", 0.005)])
  func creases(name: String, share: Double) throws {
    var mesh = try TriangleMesh(contentsOf: SharedData.path("meshes/\(name)"))
    mesh.mergeVertices()
    let small = mesh.simplified(to: .fraction(0.5))
    #expect(abs(small.triangles.count - mesh.triangles.count / 2) <= 1)
    // Of the size of the part; a fillet of a tenth of an edge would be ten times as much.
    let deviation = small.deviation(from: mesh).rootMeanSquare / mesh.longestExtent
    #expect((share / 20...share).contains(deviation))
  }

  @Test("repair never makes it worse", arguments: names)
  func repair(name: String) throws {
    guard var mesh = try? TriangleMesh(contentsOf: SharedData.path("meshes/\(name)")) else {
      return
    }
    mesh.mergeVertices()
    mesh.removeDegenerateTriangles()
    mesh.removeDuplicateTriangles()
    mesh.splitNonManifold()
    mesh.orientConsistently()
    mesh.fillHoles(upTo: 12)
    let topology = mesh.topology()
    #expect(topology.nonManifoldEdgeCount == 0)
    #expect(topology.isConsistentlyOriented)
  }
}
