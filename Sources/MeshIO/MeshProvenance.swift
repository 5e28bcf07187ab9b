/// What a mesh file says about itself: which object it is, in what unit, and who wrote it.
///
/// PLY, OBJ, OFF, Collada and X3D carry all of it as comments, VTP as an array of text, GLB and
/// Neuroglancer's folders as JSON, 3MF as metadata, and STL what fits into its header.
public struct MeshProvenance: Sendable, Hashable {
  /// The object, for example `nucleus_12`.
  public var name: String
  /// The unit of the coordinates, for example `µm`; `voxel` for an image without calibration.
  public var unit: String
  /// One unit in metres; `nil` when the unit has no physical length.
  public var metresPerUnit: Double?
  /// The program and its version.
  public var generator: String
  /// Further lines of text, for example the input and the threshold.
  public var comments: [String]

  public init(
    name: String = "mesh", unit: String = "voxel", metresPerUnit: Double? = nil,
    generator: String = "Lamina", comments: [String] = []
  ) {
    precondition(
      metresPerUnit.map { $0 > 0 && $0.isFinite } ?? true,
      "a unit has a positive length, got \(metresPerUnit ?? .nan) m")
    self.name = name
    self.unit = unit
    self.metresPerUnit = metresPerUnit
    self.generator = generator
    self.comments = comments
  }

  /// What the lines of a file say that ``lines`` were written to; all other lines are comments.
  init(lines: [String]) {
    self.init()
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      switch (words.first, words.dropFirst().first) {
      case ("generator", let text?): generator = text
      case ("object", let text?): name = text
      case ("unit", let text?): unit = text
      case ("metres_per_unit", let text?):
        guard let metres = Double(text), metres > 0, metres.isFinite else { continue }
        metresPerUnit = metres
      default: comments.append(line)
      }
    }
  }

  /// One fact a line, each with its keyword first, so that programs find them too.
  var lines: [String] {
    var lines = ["generator \(generator)", "object \(name)", "unit \(unit)"]
    if let metresPerUnit { lines.append("metres_per_unit \(metresPerUnit)") }
    return lines + comments
  }

  /// The lines as a comment of XML, in which two hyphens in a row may not stand.
  var xmlComment: String {
    let text = lines.map(\.onOneLine).joined(separator: "\n")
    return "<!--\n\(text.replacing("--", with: "- -"))\n-->"
  }
}

extension String {
  /// The text on one line: every control character becomes a space.
  var onOneLine: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? " " : $0 }))
  }

  /// The text on one line of ASCII, for headers that many readers refuse otherwise.
  ///
  /// The micro sign becomes `u`, as in `um`; any other foreign character a question mark.
  var onOneASCIILine: String {
    let scalars = onOneLine.unicodeScalars.map { scalar -> Unicode.Scalar in
      if scalar.isASCII { return scalar }
      return scalar == "\u{B5}" || scalar == "\u{3BC}" ? "u" : "?"
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The text without blanks, for names that end at the first one.
  var asOneWord: String {
    String(onOneLine.map { $0.isWhitespace ? "_" : $0 })
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
