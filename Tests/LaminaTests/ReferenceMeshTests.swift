import Foundation
import Lamina
import Testing

/// The meshes in the folder `Meshes`, against the table in its README.
@Suite("Reference meshes") struct ReferenceMeshTests {
  private struct Row {
    let file: String
    let vertices: Int
    let triangles: Int
    let area: Double
    let volume: Double
    let eulerNumber: Int
  }

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Meshes")

  /// | file | what | vertices | triangles | solid area | solid volume | mesh area | volume | Euler |
  private func rows() throws -> [Row] {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 9, cells[0].hasSuffix(".ply"), let vertices = Int(cells[2]),
        let triangles = Int(cells[3]), let area = Double(cells[6]), let volume = Double(cells[7]),
        let euler = Int(cells[8])
      else { return nil }
      return Row(
        file: cells[0], vertices: vertices, triangles: triangles, area: area, volume: volume,
        eulerNumber: euler)
    }
  }

  @Test("area, volume and topology are those of the table")
  func table() throws {
    let rows = try rows()
    #expect(rows.count == 5)
    for row in rows {
      let mesh = try TriangleMesh(contentsOf: Self.folder.appendingPathComponent(row.file).path)
      let topology = mesh.topology()
      #expect(topology.vertexCount == row.vertices, "\(row.file)")
      #expect(topology.triangleCount == row.triangles, "\(row.file)")
      #expect(topology.isWatertight && topology.isManifold, "\(row.file)")
      #expect(topology.eulerNumber == row.eulerNumber, "\(row.file)")
      #expect(abs(mesh.surfaceArea / row.area - 1) < 1e-8, "\(row.file)")
      #expect(abs(mesh.signedVolume / row.volume - 1) < 1e-8, "\(row.file)")
    }
  }
}
