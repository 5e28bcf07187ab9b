/// A named value for every vertex of a mesh, for example its mean curvature. Only PLY carries them.
public struct VertexValues: Sendable, Hashable {
  /// One word of ASCII, for example `mean_curvature`.
  public let name: String
  /// In the order of the vertices. May be `nan` where undefined.
  public let values: [Float]

  public init(_ name: String, _ values: [Float]) {
    precondition(
      !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F },
      "a value per vertex is named by one word of ASCII, got “\(name)”")
    precondition(!["x", "y", "z"].contains(name), "\(name) already names a coordinate")
    self.name = name
    self.values = values
  }
}
