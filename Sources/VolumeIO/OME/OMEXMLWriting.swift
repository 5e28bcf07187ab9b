internal import Volumes

/// The OME-XML of a file of one image, a page a slice. Schema 2016-06.
func omeXML(describing grid: Grid, voxelType: String) -> String {
  let types = ["float32": "float", "float64": "double"]
  var pixels = [
    ("ID", "Pixels:0"), ("DimensionOrder", "XYZCT"), ("Type", types[voxelType] ?? voxelType),
    ("BigEndian", "false"), ("SizeX", "\(grid.size.x)"), ("SizeY", "\(grid.size.y)"),
    ("SizeZ", "\(grid.size.z)"), ("SizeC", "1"), ("SizeT", "1"),
  ]
  if let unit = grid.unit.omeName {
    for (axis, spacing) in zip(["X", "Y", "Z"], [grid.spacing.x, grid.spacing.y, grid.spacing.z]) {
      pixels.append(("PhysicalSize\(axis)", "\(spacing)"))
      pixels.append(("PhysicalSize\(axis)Unit", unit))
    }
  }
  let attributes = pixels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: " ")
  let schema = "http://www.openmicroscopy.org/Schemas/OME/2016-06"
  return """
    <?xml version="1.0" encoding="UTF-8"?>\
    <OME xmlns="\(schema)" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
    xsi:schemaLocation="\(schema) \(schema)/ome.xsd" Creator="Lamina">\
    <Image ID="Image:0"><Pixels \(attributes)>\
    <Channel ID="Channel:0:0" SamplesPerPixel="1"/><TiffData IFD="0" PlaneCount="\(grid.size.z)"/>\
    </Pixels></Image></OME>
    """
}

extension LengthUnit {
  /// As the schema spells it; `nil` for what is no unit there.
  fileprivate var omeName: String? {
    switch self {
    case .inch: "in"
    case .unstated, .voxel: nil
    default: rawValue
    }
  }
}
