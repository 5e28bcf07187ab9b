import Fixtures
import MeshIO
import MeshProcessing
import Testing

@Suite("What is written is read back") struct RoundTripTests {
  static let formats: [(MeshFormat, MeshEncoding)] = [
    (.ply, .binary), (.ply, .ascii), (.obj, .binary), (.stl, .binary), (.stl, .ascii),
    (.off, .binary), (.vtp, .binary),
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

  @Test(
    "provenance is read back as it was written", arguments: [MeshFormat.ply, .obj, .vtp])
  func provenanceAgain(format: MeshFormat) throws {
    let provenance = MeshProvenance(
      name: "label 7", unit: "µm", metresPerUnit: 1e-6, generator: "Lamina test",
      comments: ["input 4f56ac", "threshold 12"])
    let bytes = try TriangleMesh.box(.one).encoded(as: format, provenance: provenance)
    #expect(try MeshScene(decoding: bytes, as: format).provenance == provenance)
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

  @Test(
    "values per vertex and per face are kept, labels to the last digit", arguments: [0, 1, 2])
  func values(index: Int) throws {
    let (format, encoding) =
      [(MeshFormat.ply, MeshEncoding.binary), (.ply, .ascii), (.vtp, .binary)][index]
    let object = MeshObject(
      name: "mesh", mesh: .box(.one),
      vertexValues: [
        VertexValues("mean_curvature", [0.1, -2, .infinity, 1e-30, 5, 6, 7, 8]),
        VertexValues("red", [0, 255, 3, 4, 5, 6, 7, 8]),
      ],
      faceValues: [
        FaceValues("label", (0..<12).map { Double(94_224_691 + $0) }),
        FaceValues("id", (0..<12).map { Double(UInt32.max - $0) }),
        FaceValues("thickness", (0..<12).map { Double($0) / 7 }),
      ])
    let bytes = try MeshScene(objects: [object]).encoded(as: format, encoding: encoding)
    #expect(try MeshScene(decoding: bytes, as: format).objects == [object])
    if format == .ply {
      let text = String(decoding: bytes.prefix(600), as: UTF8.self)
      for line in [
        "property float mean_curvature", "property uchar red", "property int label",
        "property uint id", "property double thickness",
      ] { #expect(text.contains(line)) }
    }
  }

  private var scene: MeshScene {
    MeshScene(
      objects: [3, 12].map { label in
        MeshObject(
          name: "label_\(label)", mesh: .box(SIMD3(repeating: Double(label))),
          figures: ["volume": Double(label), "undefined": .nan])
      }, provenance: MeshProvenance(unit: "µm", metresPerUnit: 1e-6))
  }

  @Test("the groups of an OBJ are objects")
  func groups() throws {
    let back = try MeshScene(decoding: scene.encoded(as: .obj), as: .obj)
    #expect(back.objects.map(\.name) == ["label_3", "label_12"])
    #expect(back.objects.map(\.mesh) == scene.objects.map(\.mesh))
    #expect(back.joined.mesh == scene.joined.mesh)
    let text = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\ng a\nf 1 2 3\ng b\nf 2 3 4\ng a\nf 1 2 4\n"
    let groups = try MeshScene(decoding: Array(text.utf8), as: .obj).objects
    #expect(groups.map(\.name) == ["a", "b"])
    #expect(groups.map { $0.mesh.triangles.count } == [2, 1])
    #expect(groups[1].mesh.positions == [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)])
  }

  @Test("joined objects are numbered on their faces")
  func numbered() throws {
    let back = try MeshScene(decoding: scene.encoded(as: .ply), as: .ply).objects[0]
    let labels = (0..<24).map { $0 < 12 ? 3.0 : 12 }
    #expect(back.faceValues == [FaceValues("label", labels)])
  }

  @Test("a GLB has a node for every object, with its figures")
  func figures() throws {
    let text = String(decoding: try scene.encoded(as: .glb), as: UTF8.self)
    for label in [3, 12] {
      #expect(text.contains("\"extras\":{\"undefined\":null,\"volume\":\(label)}"))
      #expect(text.contains("\"name\":\"label_\(label)\""))
    }
    #expect(text.contains("\"unit\":\"µm\""))
  }

  @Test("a 3MF is an archive, the same for the same scene; what it cannot hold is said")
  func threeMF() throws {
    let bytes = try scene.encoded(as: .threeMF)
    #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]))
    #expect(try scene.encoded(as: .threeMF) == bytes)
    let names = ["[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model"]
    for name in names { #expect(bytes.firstRange(of: Array(name.utf8)) != nil) }
    var flat = scene
    var triangles = flat.objects[1].mesh.triangles
    triangles[5] = Triangle(4, 5, 4)
    flat.objects[1].mesh = TriangleMesh(
      positions: flat.objects[1].mesh.positions, triangles: triangles)
    let error = #expect(throws: MeshFileError.self) { try flat.encoded(as: .threeMF) }
    #expect(error?.description.contains("triangle 5 of “label_12”") == true)
    var unknown = scene
    unknown.provenance.metresPerUnit = nil
    #expect(throws: MeshFileError.self) { try unknown.encoded(as: .threeMF) }
  }

  @Test("Neuroglancer's meshes are in nanometres, its figures in a table")
  func precomputed() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/a.precomputed"
    for _ in 0..<2 { try scene.writePrecomputed(to: path) }
    #expect(folder.entries == ["a.precomputed"])
    #expect(
      TemporaryFolder.entries(of: path) == [
        "12", "12:0", "3", "3:0", "info", "segment_properties",
      ])
    #expect(folder.contents("a.precomputed/3:0") == Array(#"{"fragments":["3"]}"#.utf8))
    let bytes = folder.contents("a.precomputed/3")
    #expect(bytes.count == 4 + 8 * 12 + 12 * 12)
    #expect(bytes.prefix(4) == [8, 0, 0, 0])
    let largest = (0..<24).map { index -> Float in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[4 + 4 * index + $1]) << (8 * $1) }
      return Float(bitPattern: bits)
    }.max()
    #expect(largest == 3000)
    let table = String(
      decoding: folder.contents("a.precomputed/segment_properties/info"), as: UTF8.self)
    #expect(table.contains("neuroglancer_segment_properties"))
    #expect(table.contains("\"id\" : \"volume\""))
    var unknown = scene
    unknown.provenance.metresPerUnit = nil
    #expect(throws: MeshFileError.self) { try unknown.writePrecomputed(to: path) }
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
