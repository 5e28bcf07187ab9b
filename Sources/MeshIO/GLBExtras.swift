internal import Files

/// The JSON of a binary glTF, to which figures are added that Assimp leaves out.
///
/// glTF 2.0: a header of 12 bytes, then chunks of a length, a kind and content, of which the first is
/// JSON, padded with blanks to a multiple of four bytes.
struct GLBDocument {
  private let rest: ArraySlice<UInt8>
  private var json: JSONValue

  /// `nil` for bytes that are no such file.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 20, bytes.starts(with: "glTF".utf8) else { return nil }
    let length = bytes[12..<16].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - 20,
      let json = try? JSONValue(parsing: Array(bytes[20..<20 + length]))
    else { return nil }
    self.json = json
    rest = bytes[(20 + length)...]
  }

  /// Puts the figures of every object into the `extras` of the nodes of its name, and where they came
  /// from into those of the file.
  mutating func describe(_ objects: [MeshObject], _ provenance: MeshProvenance) {
    if case .list(var nodes)? = json["nodes"] {
      let figures = Dictionary(objects.map { ($0.name, $0.figures) }) { first, _ in first }
      for index in nodes.indices {
        guard case .text(let name)? = nodes[index]["name"], let known = figures[name],
          !known.isEmpty
        else { continue }
        // JSON has no word for what is not a number.
        nodes[index]["extras"] = .object(
          known.mapValues { $0.isFinite ? .number($0) : .null })
      }
      json["nodes"] = .list(nodes)
    }
    json["asset"]?["extras"] = provenance.json
  }

  func bytes() throws -> [UInt8] {
    var text = try json.bytes(isPretty: false)
    while text.count % 4 != 0 { text.append(0x20) }
    var writer = ByteWriter(capacity: 20 + text.count + rest.count)
    writer.append("glTF")
    writer.append(UInt32(2))
    writer.append(UInt32(20 + text.count + rest.count))
    writer.append(UInt32(text.count))
    writer.append("JSON")
    writer.append(text)
    writer.append(Array(rest))
    return writer.bytes
  }
}

extension MeshProvenance {
  /// What formats of JSON say of a file.
  var json: JSONValue {
    .object([
      "generator": .text(generator), "unit": .text(unit),
      "comments": .list(comments.map { .text($0) }),
    ])
  }
}
