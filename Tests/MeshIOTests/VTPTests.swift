import Fixtures
import Foundation
import MeshIO
import MeshProcessing
import Testing

@Suite("VTP") struct VTPTests {
  /// The same tetrahedron in each way that VTK has of writing it down, made by Tests/Fuzz/make_seeds.py.
  static let variants = ["appended", "appended-packed", "inline", "inline-packed", "raw-packed"]

  private func bytes(_ variant: String) throws -> [UInt8] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    return Array(try Data(contentsOf: tests.appending(path: "Fuzz/seeds/vtp/\(variant)")))
  }

  private func description(of text: String) throws -> String {
    let error = #expect(throws: MeshFileError.self) {
      try TriangleMesh(decoding: Array(text.utf8), as: .vtp, path: "bad.vtp")
    }
    let words = try #require(error?.description)
    #expect(words.contains("bad.vtp") && !words.contains("\n"))
    return words
  }

  @Test(
    "base64 or raw, in the text or appended, packed or not, in either byte order",
    arguments: variants)
  func encodings(variant: String) throws {
    let object = try MeshScene(decoding: bytes(variant), as: .vtp).objects[0]
    let s = Float(1 / 3.0.squareRoot())
    #expect(
      object.mesh.positions == [
        SIMD3(s, s, s), SIMD3(-s, s, -s), SIMD3(s, -s, -s), SIMD3(-s, -s, s),
      ])
    #expect(
      object.mesh.triangles == [
        Triangle(0, 2, 1), Triangle(1, 2, 3), Triangle(0, 3, 2), Triangle(0, 1, 3),
      ])
    #expect(object.faceValues.map(\.values) == [[0, 1, 2, 3]])
  }

  @Test(
    "a file that is cut or changed anywhere is read or refused, and nothing else",
    arguments: variants)
  func damaged(variant: String) throws {
    let whole = try bytes(variant)
    let mesh = try TriangleMesh(decoding: whole, as: .vtp)
    for count in 0..<whole.count {
      guard let read = try? TriangleMesh(decoding: Array(whole.prefix(count)), as: .vtp) else {
        continue
      }
      // What follows the last array is not needed.
      #expect(read == mesh)
    }
    var random = SplitMix(seed: 11)
    for _ in 0..<2000 {
      var changed = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        changed[Int.random(in: changed.indices, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let read = try? TriangleMesh(decoding: changed, as: .vtp)
      #expect(read.map { $0.triangles.count < 1000 } ?? true)
    }
  }

  @Test("many arrays that claim the same bytes are refused before memory is asked for")
  func sharedBytes() throws {
    let array = #"<DataArray type="UInt8" Name="a" format="appended" offset="0"/>"#
    let text = """
      <VTKFile type="PolyData"><PolyData><Piece NumberOfPoints="1000" NumberOfPolys="0"><PointData>\
      \(String(repeating: array, count: 1000))</PointData><Points>\(array)</Points></Piece></PolyData>\
      <AppendedData encoding="raw">_
      """
    #expect(try description(of: text).contains("1000 × an array"))
  }

  @Test("text: polygons are cut into triangles, values per polygon kept; what is wrong is said")
  func text() throws {
    let head = #"<VTKFile type="PolyData" version="0.1" byte_order="LittleEndian""#
    let body = """
      <PolyData><Piece NumberOfPoints="4" NumberOfPolys="1"><CellData><DataArray type="Int32" \
      Name="id" format="ascii">7</DataArray></CellData><Points><DataArray type="Float32" \
      NumberOfComponents="3" format="ascii">0 0 0 1 0 0 1 1 0 0 1 0</DataArray></Points><Polys>\
      <DataArray type="Int64" Name="connectivity" format="ascii">0 1 2 3</DataArray>\
      <DataArray type="Int64" Name="offsets" format="ascii">4</DataArray></Polys></Piece></PolyData>
      """
    let text = head + ">" + body + "</VTKFile>"
    let object = try MeshScene(decoding: Array(text.utf8), as: .vtp).objects[0]
    #expect(object.mesh.triangles == [Triangle(0, 1, 2), Triangle(0, 2, 3)])
    #expect(object.faceValues == [FaceValues("id", [7, 7])])
    for (change, word) in [
      (text.replacing(">4<", with: ">2<"), "ends at"),
      (text.replacing(">4<", with: ">9<"), "9 numbers"),
      (text.replacing(">4<", with: ">-4<"), "ends at"),
      (text.replacing("2 3<", with: "2 8<"), "vertex 8"),
      (text.replacing("1 0</DataArray></Points>", with: "</DataArray></Points>"), "12 numbers"),
      (text.replacing("\"4\" NumberOfPolys", with: "\"400000000\" NumberOfPolys"), "counts"),
      (text.replacing("PolyData", with: "ImageData"), "ImageData"),
      (head + #" compressor="vtkLZ4DataCompressor">"# + body + "</VTKFile>", "vtkLZ4"),
      (text.replacing("ascii", with: "binary"), "do not fit"),
      (text.replacing("ascii", with: "hexadecimal"), "“hexadecimal”"),
    ] { #expect(try description(of: change).contains(word)) }
  }
}
