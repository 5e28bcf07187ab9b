/// A named value for every vertex of a mesh, for example its mean curvature.
public struct VertexValues: Sendable, Hashable {
  /// One word of ASCII, for example `mean_curvature`.
  public let name: String
  /// In the order of the vertices. May be `nan` where undefined.
  public let values: [Float]

  public init(_ name: String, _ values: [Float]) {
    precondition(
      name.isValueName, "a value per vertex is named by one word of ASCII, got “\(name)”")
    precondition(!["x", "y", "z"].contains(name), "\(name) already names a coordinate")
    self.name = name
    self.values = values
  }
}

/// A named value for every triangle of a mesh, for example the label of its object.
public struct FaceValues: Sendable, Hashable {
  /// One word of ASCII, for example `label`.
  public let name: String
  /// In the order of the triangles. May be `nan` where undefined. Doubles hold every label exactly.
  public let values: [Double]

  public init(_ name: String, _ values: [Double]) {
    precondition(name.isValueName, "a value per face is named by one word of ASCII, got “\(name)”")
    self.name = name
    self.values = values
  }
}

extension String {
  /// Whether the text is one word of visible ASCII.
  var isValueName: Bool { !isEmpty && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
}
