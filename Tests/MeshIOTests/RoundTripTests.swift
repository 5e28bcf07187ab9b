import Fixtures
import MeshIO
import MeshProcessing
import Testing

@Suite("What is written is read back") struct RoundTripTests {
  static let formats: [(MeshFormat, MeshEncoding)] = [
    (.ply, .binary), (.ply, .ascii), (.obj, .binary), (.stl, .binary), (.stl, .ascii),
  ]

  /// Coordinates of all magnitudes, with all their bits.
  private var rough: TriangleMesh {
    var random = SplitMix(seed: 4)
    return TriangleMesh.icosphere(radius: 1, subdivisions: 3).mapPositions {
      $0 * Double.random(in: 1e-3...1e5, using: &random) + SIMD3(1.0 / 3, -1e-7, 12345.678)
    }
  }

  @Test("to the bit, in every own format and encoding", arguments: formats.indices)
  func identity(index: Int) throws {
    let (format, encoding) = Self.formats[index]
    for mesh in [rough, .box(SIMD3(1, 2, 3)), TriangleMesh()] {
      let bytes = try mesh.encoded(as: format, encoding: encoding)
      let back = try TriangleMesh(decoding: bytes, as: format)
      #expect(back.triangles.count == mesh.triangles.count)
      let corners = { (mesh: TriangleMesh) in
        mesh.triangles.map {
          [mesh.positions[Int($0.a)], mesh.positions[Int($0.b)], mesh.positions[Int($0.c)]]
        }
      }
      #expect(corners(back) == corners(mesh))
      #expect(back.positions.count == mesh.positions.count)
      if format != .stl { #expect(back == mesh) }
    }
  }

  @Test("provenance is in the file, on lines of its own", arguments: [MeshFormat.ply, .obj])
  func provenance(format: MeshFormat) throws {
    let provenance = MeshProvenance(
      name: "label 7", unit: "µm", metresPerUnit: 1e-6, generator: "Lamina test",
      comments: ["threshold 12\nelement vertex 9"])
    let bytes = try TriangleMesh.box(.one).encoded(as: format, provenance: provenance)
    let text = String(decoding: bytes, as: UTF8.self)
    for word in ["Lamina test", "object label 7", "unit µm", "metres_per_unit 1e-06"] {
      #expect(text.contains(word))
    }
    #expect(try TriangleMesh(decoding: bytes, as: format) == .box(.one))
  }

  @Test("a PLY carries values per vertex, and a reader that does not know them is not disturbed")
  func vertexValues() throws {
    let box = TriangleMesh.box(.one)
    let values = VertexValues("mean_curvature", (0..<8).map { Float($0) / 3 })
    for encoding in [MeshEncoding.binary, .ascii] {
      let bytes = try box.encoded(as: .ply, encoding: encoding, vertexValues: [values])
      #expect(String(decoding: bytes, as: UTF8.self).contains("property float mean_curvature"))
      #expect(try TriangleMesh(decoding: bytes, as: .ply) == box)
    }
  }

  @Test("an STL says its unit in the header, and never looks like the other variant")
  func stlHeader() throws {
    let provenance = MeshProvenance(
      name: "n", unit: "µm", metresPerUnit: 1e-6, generator: "solid works")
    let bytes = try TriangleMesh.box(.one).encoded(as: .stl, provenance: provenance)
    #expect(bytes.count == 84 + 12 * 50)
    #expect(String(decoding: bytes.prefix(80), as: UTF8.self).contains("unit um = 1e-06 m"))
    #expect(!bytes.starts(with: "solid".utf8))
  }

  @Test("a GLB has a named node that scales to metres, and every vertex once")
  func glb() throws {
    let mesh = TriangleMesh.icosphere(radius: 5, subdivisions: 2)
    let provenance = MeshProvenance(name: "label 3", unit: "µm", metresPerUnit: 1e-6)
    let bytes = try mesh.encoded(as: .glb, provenance: provenance)
    #expect(bytes.starts(with: "glTF".utf8))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"name\":\"label 3\""))
    #expect(text.contains("\"count\":\(mesh.positions.count)"))
    #expect(text.contains("\"count\":\(3 * mesh.triangles.count)"))
    #expect(text.contains("9.99999997475242"))
    #expect(throws: MeshFileError.self) { try TriangleMesh(decoding: bytes, as: .glb) }
  }

  @Test("a file that cannot be written leaves nothing behind")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/missing/mesh.ply"
    let error = #expect(throws: MeshFileError.self) { try TriangleMesh.box(.one).write(to: path) }
    #expect(error?.description.contains(path) == true)
    #expect(folder.entries.isEmpty)
    var broken = TriangleMesh.box(.one)
    broken.positions[3].y = .nan
    #expect(throws: MeshFileError.self) { try broken.write(to: "\(folder.path)/mesh.ply") }
    #expect(throws: MeshFileError.self) {
      try TriangleMesh.box(.one).write(to: "\(folder.path)/mesh.docx")
    }
    #expect(folder.entries.isEmpty)
  }
}
