internal import Files
internal import MeshProcessing

extension MeshScene {
  /// Writes the objects as a folder that Neuroglancer opens with `precomputed://`: a mesh per object,
  /// in nanometres, and a table of its figures that can be sorted and searched there.
  ///
  /// Segments have the number that the name of their object ends with, else their place in the scene,
  /// from 1. Places are those of voxel centres, as OME-Zarr has them: a volume of Neuroglancer's own
  /// format, which counts from the corner of the first voxel, lies half a voxel beside. The folder
  /// appears whole or not at all; one that was there is replaced. Format: precomputed
  /// legacy single-resolution meshes and inline segment properties, as of neuroglancer 2.
  public func writePrecomputed(to folder: String) throws(MeshFileError) {
    guard let metres = provenance.metresPerUnit else {
      throw .unwritable(
        path: folder,
        reason:
          "Neuroglancer wants nanometres, but the unit of the mesh is unknown; say it with --unit"
      )
    }
    let numbers = segmentNumbers
    guard Set(numbers).count == numbers.count else {
      throw .unwritable(path: folder, reason: "two objects have the same number")
    }
    do {
      try replaceFolder(at: folder) { partial in
        try fill(partial, numbers, nanometres: metres * 1e9)
      }
    } catch let error as FileWriteError {
      throw .unwritable(path: folder, reason: error.reason)
    } catch {
      throw .unwritable(path: folder, reason: "\(error)")
    }
  }

  /// Makes the files in a folder.
  /// - Parameter nanometres: To a unit of the mesh.
  private func fill(_ folder: String, _ numbers: [Int], nanometres: Double) throws {
    for (object, number) in zip(objects, numbers) {
      let manifest: JSONValue = ["fragments": [.text("\(number)")]]
      try createFile(manifest.bytes(isPretty: false), at: "\(folder)/\(number):0")
      try createFile(
        object.mesh.precomputed(nanometres: nanometres), at: "\(folder)/\(number)")
    }
    let info: JSONValue = [
      "@type": "neuroglancer_legacy_mesh", "segment_properties": "segment_properties",
      "provenance": provenance.json,
    ]
    try createFile(info.bytes(), at: "\(folder)/info")
    try makeFolder("\(folder)/segment_properties")
    try createFile(segmentProperties(numbers).bytes(), at: "\(folder)/segment_properties/info")
  }

  /// The number of every object among the segments.
  var segmentNumbers: [Int] {
    objects.enumerated().map { index, object in
      let digits = object.name.reversed().prefix { $0.isASCII && $0.isNumber }
      return Int(String(digits.reversed())) ?? index + 1
    }
  }

  private func segmentProperties(_ numbers: [Int]) -> JSONValue {
    let names = Set(objects.flatMap(\.figures.keys)).sorted()
    let label: JSONValue = [
      "id": "name", "type": "label", "values": .list(objects.map { .text($0.name) }),
    ]
    let properties = names.map { name -> JSONValue in
      // What is undefined has no word in the format; as the least of all it sorts to one end.
      let values = objects.map { $0.figures[name] ?? .nan }.map { value -> JSONValue in
        .number(value.isFinite ? Double(Float(value)) : -Double(Float.greatestFiniteMagnitude))
      }
      return [
        "id": .text(name), "type": "number", "data_type": "float32", "values": .list(values),
      ]
    }
    return [
      "@type": "neuroglancer_segment_properties",
      "inline": [
        "ids": .list(numbers.map { .text("\($0)") }), "properties": .list([label] + properties),
      ],
    ]
  }
}

extension TriangleMesh {
  /// The number of vertices, their places and the corners of the triangles, little-endian.
  fileprivate func precomputed(nanometres: Double) -> [UInt8] {
    var writer = ByteWriter(capacity: 4 + positions.count * 12 + triangles.count * 12)
    writer.append(UInt32(positions.count))
    writer.append(positions.map { SIMD3<Float>(SIMD3<Double>($0) * nanometres) })
    unsafe writer.appendRows(triangles.count, of: 12) { index, row in
      unsafe row.store(triangles[index], at: 0)
    }
    return writer.bytes
  }
}
