internal import Files

/// How Zarr writes groups down: version 2, of OME-Zarr 0.4, or version 3, of OME-Zarr 0.5.
enum ZarrVersion {
  case second, third

  /// Makes a folder a group with the attributes of an image.
  func writeGroup(_ attributes: JSONValue, to folder: String) throws {
    switch self {
    case .second:
      let group: JSONValue = ["zarr_format": 2]
      try writeFile(group.bytes(), to: "\(folder)/.zgroup")
      try writeFile(attributes.bytes(), to: "\(folder)/.zattrs")
    case .third:
      var ome = attributes
      ome["version"] = "0.5"
      let group: JSONValue = [
        "zarr_format": 3, "node_type": "group", "attributes": ["ome": ome],
      ]
      try writeFile(group.bytes(), to: "\(folder)/zarr.json")
    }
  }

  /// Adds a name to the list of the labels of an image; whatever else the group says is kept.
  func addLabel(_ name: String, to folder: String) throws {
    let file = self == .second ? "\(folder)/.zattrs" : "\(folder)/zarr.json"
    var group: JSONValue =
      PlainFile.exists(file) ? try JSONValue(parsing: PlainFile(file).bytes()) : [:]
    var attributes = (self == .second ? group : group["attributes"]?["ome"]) ?? [:]
    var names: [JSONValue] = if case .list(let names)? = attributes["labels"] { names } else { [] }
    if !names.contains(.text(name)) { names.append(.text(name)) }
    attributes["labels"] = .list(names)
    switch self {
    case .second: try writeGroup(attributes, to: folder)
    case .third:
      attributes["version"] = attributes["version"] ?? "0.5"
      group["zarr_format"] = 3
      group["node_type"] = "group"
      var all = group["attributes"] ?? [:]
      all["ome"] = attributes
      group["attributes"] = all
      try writeFile(group.bytes(), to: file)
    }
  }
}
