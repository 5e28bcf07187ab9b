/// A unit of length, as microscopes and their files name it.
public enum LengthUnit: String, Sendable, Hashable, Codable, CaseIterable {
  case nanometre = "nm"
  case micrometre = "µm"
  case millimetre = "mm"
  case centimetre = "cm"
  case metre = "m"
  case inch = "inch"
  /// The file states distances, but not in what unit.
  case unstated = "unit"
  /// No physical unit: lengths are counted in voxels.
  case voxel = "voxel"

  /// One unit in metres; `nil` for ``voxel`` and ``unstated``, whose length nobody knows.
  public var metres: Double? {
    switch self {
    case .nanometre: 1e-9
    case .micrometre: 1e-6
    case .millimetre: 1e-3
    case .centimetre: 1e-2
    case .metre: 1
    case .inch: 0.0254
    case .unstated, .voxel: nil
    }
  }

  /// The unit behind one of its usual spellings, for example `um`, `micron`, `\u00B5m`, `pixel`.
  ///
  /// Both code points of the micro sign are known, and ImageJ's escaped form of them. Case does
  /// not matter. `nil` for anything else, so that an unknown unit is never taken for another.
  public init?(spelling: String) {
    let word = spelling.trimmingWhitespace.lowercased()
    guard let unit = Self.spellings[word] else { return nil }
    self = unit
  }

  private static let spellings: [String: LengthUnit] = {
    let table: [LengthUnit: [String]] = [
      .nanometre: ["nm", "nanometer", "nanometre", "nanometers", "nanometres"],
      .micrometre: [
        "µm", "μm", "um", "micron", "microns", "micrometer", "micrometre", "micrometers",
        "micrometres", "\\u00b5m", "\\u03bcm", "mu", "µ", "μ",
      ],
      .millimetre: ["mm", "millimeter", "millimetre", "millimeters", "millimetres"],
      .centimetre: ["cm", "centimeter", "centimetre", "centimeters", "centimetres"],
      .metre: ["m", "meter", "metre", "meters", "metres"],
      .inch: ["inch", "in", "inches", "\""],
      .voxel: ["voxel", "voxels", "pixel", "pixels", "px"],
    ]
    var spellings: [String: LengthUnit] = [:]
    for (unit, words) in table {
      for word in words { spellings[word] = unit }
    }
    return spellings
  }()
}

extension String {
  package var trimmingWhitespace: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
