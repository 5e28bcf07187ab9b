import Fixtures
import MeshIO
import MeshProcessing
import Testing

@Suite("Damaged mesh files") struct HostileMeshTests {
  private func description(_ text: String, _ format: MeshFormat) -> String {
    let error = #expect(throws: MeshFileError.self) {
      try TriangleMesh(decoding: Array(text.utf8), as: format, path: "bad.file")
    }
    let words = error?.description ?? ""
    #expect(words.contains("bad.file"))
    #expect(!words.contains("\n"))
    return words
  }

  @Test(
    "a file that is cut anywhere is refused or whole", arguments: RoundTripTests.formats.indices)
  func truncated(index: Int) throws {
    let (format, encoding) = RoundTripTests.formats[index]
    let whole = try TriangleMesh.box(.one).encoded(as: format, encoding: encoding)
    for count in 0..<whole.count {
      guard let mesh = try? TriangleMesh(decoding: Array(whole.prefix(count)), as: format)
      else { continue }
      // OBJ has no end, and a text may lose its last line end.
      #expect(format == .obj || mesh == .box(.one) || count > whole.count - 12, "\(count)")
    }
  }

  @Test("a file without a byte is no mesh", arguments: RoundTripTests.formats.indices)
  func empty(index: Int) {
    let words = description("", RoundTripTests.formats[index].0)
    #expect(words.contains("byte 0"))
    #expect(words.contains("export it again"))
  }

  @Test(
    "changed bytes are read or refused, and nothing else", arguments: RoundTripTests.formats.indices
  )
  func changed(index: Int) throws {
    let (format, encoding) = RoundTripTests.formats[index]
    let whole = try TriangleMesh.icosphere(radius: 1, subdivisions: 1)
      .encoded(as: format, encoding: encoding)
    var random = SplitMix(seed: 8)
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      guard let mesh = try? TriangleMesh(decoding: bytes, as: format) else { continue }
      #expect(mesh.positions.count <= bytes.count)
    }
  }

  @Test("claims beyond the file ask for no memory")
  func claims() {
    let header = { (vertices: String, faces: String) in
      "ply\nformat binary_little_endian 1.0\nelement vertex \(vertices)\nproperty float x\n"
        + "property float y\nproperty float z\nelement face \(faces)\n"
        + "property list uchar int vertex_indices\nend_header\n"
    }
    #expect(description(header("4000000000", "0"), .ply).contains("do not fit"))
    #expect(description(header("0", "4000000000"), .ply).contains("do not fit"))
    #expect(description(header("99999999999999999999", "0"), .ply).contains("line 3"))
    #expect(description(header("-1", "0"), .ply).contains("line 3"))
    let stl = Array(repeating: UInt8(0), count: 80) + [255, 255, 255, 255]
    #expect(throws: MeshFileError.self) { try TriangleMesh(decoding: stl, as: .stl) }
  }

  @Test("errors say where they are")
  func places() {
    #expect(description("v 0 0\n", .obj).contains("line 1"))
    #expect(description("v 0 0 0\nv x 0 0\n", .obj).contains("line 2"))
    #expect(description("v 0 0 0\nf 1 1 2\n", .obj).contains("vertex 2"))
    #expect(description("v 0 0 0\nf 1 1 0\n", .obj).contains("vertex 0"))
    #expect(description("v 0 0 0\nf 1 1\n", .obj).contains("3 corners"))
    #expect(description("v 0 0 inf\n", .obj).contains("line 1"))
    #expect(description("v 0 0 1e99\n", .obj).contains("line 1"))
    #expect(description("solid\nfacet\nfish\n", .stl).contains("line 3"))
    #expect(description("solid\n", .stl).contains("ends"))
    #expect(
      description("ply\nformat ascii 2\nelement vertex 1\nproperty float x\nend_header\n1\n", .ply)
        .contains("x, y and z"))
  }

  @Test("missing files, folders and unknown formats")
  func files() throws {
    let folder = try TemporaryFolder()
    for path in ["\(folder.path)/nothing.ply", folder.path, folder.file("a.xyz", [1, 2, 3])] {
      let error = #expect(throws: MeshFileError.self) { try TriangleMesh(contentsOf: path) }
      #expect(error?.description.contains(path) == true)
    }
    for name in ["empty.ply", "empty.stl"] {
      #expect(throws: MeshFileError.self) { try TriangleMesh(contentsOf: folder.file(name, [])) }
    }
  }

  @Test(
    "an OFF that is none says where it is wrong",
    arguments: [
      ("OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 3\n", "vertex 3"), ("OFF BINARY\n", "binary"),
      ("OFF\n4000000000 0 0\n", "do not fit"), ("OFF\n-1 0 0\n", "do not fit"),
      ("OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n2 0 1\n", "at least 3"),
      ("OFF\n1 0 0\n0 nan 0\n", "finite"), ("4OFF\n1 0 0\n", "OFF"),
    ])
  func off(text: String, word: String) {
    #expect(description(text, .off).contains(word))
  }

  @Test("a PLY with two lists of vertices is refused")
  func elementTwice() {
    let vertex = "element vertex 1\nproperty float x\nproperty float y\nproperty float z\n"
    let text =
      "ply\nformat ascii 1.0\n" + vertex + "property uchar red\n" + vertex + "end_header\n"
    #expect(description(text + "0 0 0 9\n1 1 1\n", .ply).contains("“vertex” again"))
  }

  @Test("an OFF has comments, colours, and its counts on either line")
  func offVariants() throws {
    for text in [
      "OFF # counts follow\n3 1 0\n0 0 0 9\n1 0 0 9 # colour\n0 1 0\n3 0 1 2 255 0 0\n",
      "COFF 3 1 3\n0 0 0\n\n1 0 0\n0 1 0\n3 0 1 2",
    ] {
      let mesh = try TriangleMesh(decoding: Array(text.utf8), as: .off)
      #expect(mesh.positions == [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)])
      #expect(mesh.triangles == [Triangle(0, 1, 2)])
    }
  }
}
