/// What ImageJ writes into the ImageDescription of a TIFF: a line per fact, `key=value`.
struct ImageJDescription {
  private let values: [String: String]

  /// `nil` for the description of any other program.
  init?(_ description: [UInt8]) {
    let text = Self.decoded(description)
    guard text.hasPrefix("ImageJ=") else { return nil }
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let equals = line.firstIndex(of: "=") else { continue }
      values[String(line[..<equals])] = String(line[line.index(after: equals)...])
    }
    self.values = values
  }

  /// Pages that the stack has altogether.
  var images: Int { count("images") }
  var channels: Int { count("channels") }
  var slices: Int? { values["slices"].flatMap { Int($0) } }
  var frames: Int { count("frames") }

  /// The units of the axes as written; those of y and z are there only where they differ from x.
  var unit: String? { values["unit"] }
  var yUnit: String? { values["yunit"] ?? unit }
  var zUnit: String? { values["zunit"] ?? unit }

  /// The distance of slices as written.
  var spacing: String? { values["spacing"] }

  /// What the stored values are meant to be multiplied by and increased by, where that is something.
  var scaling: (scale: String, shift: String)? {
    let (shift, scale) = (values["c0"] ?? "0", values["c1"] ?? "1")
    return Double(shift) == 0 && Double(scale) == 1 ? nil : (scale, shift)
  }

  private func count(_ key: String) -> Int { max(1, values[key].flatMap { Int($0) } ?? 1) }

  /// UTF-8, or Latin-1 where it is none: older versions wrote the micro sign as one byte.
  private static func decoded(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
