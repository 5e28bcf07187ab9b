import Fixtures
import MeshIO
import MeshProcessing
import Testing

@Suite("Meshes as other programs write them") struct MeshReadingTests {
  private func read(_ text: String, _ format: MeshFormat) throws -> TriangleMesh {
    try TriangleMesh(decoding: Array(text.utf8), as: format, path: "file")
  }

  private let corners: [SIMD3<Float>] = [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]

  @Test("OBJ: slashes, negative numbers, polygons, comments, groups, line ends of three kinds")
  func obj() throws {
    let text = """
      # a comment
      o thing
      v 0 0 0 0.5 0.5 0.5
      v 1 0 0 # red
      v 1.0e0 +1 -0.0
      vt 0 0
      v 0 1 0
      vn 0 0 1
      g side
      usemtl none
      f 1/1/1 2//1 \\
        3/1
      f -4 -2 -1
      """
    for end in ["\n", "\r\n", "\r"] {
      let mesh = try read(
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end), .obj)
      #expect(mesh.positions == corners)
      #expect(mesh.triangles == [Triangle(0, 1, 2), Triangle(0, 2, 3)])
    }
    let quad = try read("v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nf 1 2 3 4", .obj)
    #expect(quad.triangles == [Triangle(0, 1, 2), Triangle(0, 2, 3)])
  }

  @Test("PLY: any types in any order, other elements, either name of the list")
  func ply() throws {
    let text = """
      ply
      format ascii 1.0
      comment made by hand
      obj_info nothing
      element camera 1
      property float fov
      property list uchar int tags
      element vertex 4
      property uchar red
      property double z
      property double y
      property float x
      element face 1
      property uchar flags
      property list int uint vertex_index
      end_header
      45.5 2 7 8
      255 0 0 0
      255 0 0 1
      255 0 1 1
      255 0 1 0
      9 4 0 1 2 3

      """
    let mesh = try read(text, .ply)
    #expect(mesh.positions == corners)
    #expect(mesh.triangles == [Triangle(0, 1, 2), Triangle(0, 2, 3)])
    #expect(try read(text.split(separator: "\n").joined(separator: "\r\n"), .ply) == mesh)
  }

  @Test("PLY: big-endian")
  func bigEndian() throws {
    let header = """
      ply
      format binary_big_endian 1.0
      element vertex 3
      property float x
      property double y
      property short z
      element face 1
      property list ushort ushort vertex_indices
      end_header

      """
    func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
      (0..<number.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    var data = Array(header.utf8)
    for (x, y, z) in [(Float(1.5), 2.25, Int16(-3)), (0, 0, 0), (4, 5, 6)] {
      data += bytes(x.bitPattern) + bytes(y.bitPattern) + bytes(z)
    }
    for index in [UInt16(3), 0, 1, 2] { data += bytes(index) }
    let mesh = try TriangleMesh(decoding: data, as: .ply)
    #expect(mesh.positions == [[1.5, 2.25, -3], [0, 0, 0], [4, 5, 6]])
    #expect(mesh.triangles == [Triangle(0, 1, 2)])
  }

  @Test("STL: equal corners become one vertex, also 0 and -0; a header that begins with solid")
  func stl() throws {
    let facet = { (corners: String) in
      "facet normal 0 0 1\nouter loop\n\(corners)\nendloop\nendfacet\n"
    }
    let text =
      "solid a\n" + facet("vertex 0 0 0\nvertex 1 0 0\nvertex 1 1 0") + "endsolid a\nsolid b\n"
      + facet("  VERTEX -0 0 0\nvertex 1 1 0\nvertex 0 1 -0") + "endsolid b\n"
    let mesh = try read(text, .stl)
    #expect(mesh.positions == corners)
    #expect(mesh.triangles == [Triangle(0, 1, 2), Triangle(0, 2, 3)])
    var binary = try TriangleMesh.box(.one).encoded(as: .stl)
    binary.replaceSubrange(0..<5, with: Array("solid".utf8))
    let folder = try TemporaryFolder()
    #expect(try TriangleMesh(contentsOf: folder.file("box.stl", binary)).triangles.count == 12)
  }

  @Test("the content decides, not the ending")
  func content() throws {
    let folder = try TemporaryFolder()
    let ply = try TriangleMesh.box(.one).encoded(as: .ply)
    #expect(try TriangleMesh(contentsOf: folder.file("box.stl", ply)) == .box(.one))
  }

  @Test("numbers are rounded correctly, whatever their length")
  func numbers() throws {
    for text in [
      "0.1", "16777217", "1e-45", "3.4028234e38", "123456789.123456789", "0.30000001192092896",
      "1.00000005960464477539062500001", "9007199254740993", "-7.006492321624085e-46", ".5", "5.",
    ] {
      let mesh = try read("v \(text) 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3", .obj)
      let exact = text == "5." ? Float(5) : Float(text.hasPrefix(".") ? "0" + text : text)
      #expect(mesh.positions[0].x == exact, "\(text)")
    }
  }
}
