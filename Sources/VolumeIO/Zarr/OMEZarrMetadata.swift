internal import Files

/// What OME-Zarr (versions 0.4 and 0.5, and older ones of the same form) says about a group.
///
/// Moore et al., Histochem Cell Biol 2023 (10.1007/s00418-023-02209-1).
struct OMEZarrMetadata: Decodable {
  struct Axis: Decodable {
    let name: String
    let unit: String?

    private enum Key: CodingKey { case name, unit }

    /// An object, or only a name, as before version 0.4.
    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        self.init(name: name)
        return
      }
      let container = try decoder.container(keyedBy: Key.self)
      self.init(
        name: try container.decode(String.self, forKey: .name),
        unit: try container.decodeIfPresent(String.self, forKey: .unit))
    }

    init(name: String, unit: String? = nil) {
      self.name = name
      self.unit = unit
    }
  }
  struct Transformation: Decodable {
    let type: String
    let scale: [Double]?
    let translation: [Double]?
  }
  struct Dataset: Decodable {
    let path: String
    let coordinateTransformations: [Transformation]?
  }
  struct Multiscale: Decodable {
    let name: String?
    let axes: [Axis]?
    let datasets: [Dataset]
    let coordinateTransformations: [Transformation]?
  }
  /// A group that holds images, such as the wells of a plate.
  struct Collection: Decodable {}

  let multiscales: [Multiscale]?
  let plate: Collection?
  let well: Collection?
  let labels: [String]?
  /// Images that are groups of their own, named by their numbers, as bioformats2raw writes them.
  let layout: Int?

  private enum CodingKeys: String, CodingKey {
    case multiscales, plate, well, labels
    case layout = "bioformats2raw.layout"
  }

  /// Reads the attributes of a group; `nil` for an array, and for a group without any of this.
  static func reading(_ path: String) throws -> OMEZarrMetadata? {
    struct Group: Decodable {
      struct Attributes: Decodable { let ome: OMEZarrMetadata? }
      let attributes: Attributes?
    }
    do {
      if PlainFile.exists("\(path)/zarr.json") {
        let bytes = try PlainFile("\(path)/zarr.json").bytes(upTo: 1 << 24)
        return try JSONDocument.decode(Group.self, from: bytes).attributes?.ome
      }
      guard PlainFile.exists("\(path)/.zattrs"), !PlainFile.exists("\(path)/.zarray") else {
        return nil
      }
      let bytes = try PlainFile("\(path)/.zattrs").bytes(upTo: 1 << 24)
      return try JSONDocument.decode(OMEZarrMetadata.self, from: bytes)
    } catch let error as FileReadError {
      throw error
    } catch {
      throw VolumeFileError.damaged(
        path: path, page: nil,
        reason: "its metadata cannot be read (\(JSONDocument.reason(of: error)))")
    }
  }
}
