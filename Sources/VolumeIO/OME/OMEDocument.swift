internal import Files

/// What OME-XML says about the images of a file, as far as it is needed to read them.
///
/// Linkert et al., J Cell Biol 2010 (10.1083/jcb.201004104).
struct OMEDocument {
  private(set) var images: [OMEImage] = []
  /// The file that holds the metadata instead; this one is only a part of a set.
  private(set) var metadataFile: String?

  /// The document in the description of a TIFF. None where the description is something else, or where
  /// it is damaged, which a warning says.
  static func reading(_ description: [UInt8]) -> (OMEDocument?, warnings: [String]) {
    guard description.isOMEXML else { return (nil, []) }
    var reader = OMEReader()
    do throws(XMLError) {
      try reader.read(description)
    } catch {
      return (
        nil,
        [
          "its OME metadata are damaged (\(error)), so neither its calibration nor its order of"
            + " channels and frames is known"
        ]
      )
    }
    if let file = reader.document.metadataFile {
      return (
        nil,
        ["it is one file of a set whose description is in “\(file)”; only its own pages are read"]
      )
    }
    guard !reader.document.images.isEmpty else {
      return (nil, ["its OME metadata describe no image, so its calibration is unknown"])
    }
    return (reader.document, [])
  }

  /// Collects a document from the events of its XML.
  private struct OMEReader: XMLReader {
    var document = OMEDocument()

    mutating func start(_ element: String, _ attributes: [String: String]) {
      let last = document.images.count - 1
      switch element {
      case "BinaryOnly": document.metadataFile = attributes["MetadataFile"] ?? "another file"
      case "Pixels": document.images.append(OMEImage(pixels: attributes))
      case "TiffData" where last >= 0:
        document.images[last].tiffData.append(OMEImage.TiffData(attributes))
      case "UUID" where last >= 0 && !document.images[last].tiffData.isEmpty:
        let data = document.images[last].tiffData.count - 1
        document.images[last].tiffData[data].file = attributes["FileName"]
      default: break
      }
    }
  }
}

extension [UInt8] {
  /// Whether a description is that of an OME-TIFF.
  fileprivate var isOMEXML: Bool {
    let start = String(decoding: prefix(4096), as: UTF8.self)
    return start.contains("<OME") || start.contains(":OME ")
  }
}
