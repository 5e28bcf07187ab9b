import ArgumentParser
import Lamina

/// Vertices of a mesh as they are named on the command line.
enum VertexChoice: LosslessStringConvertible, Hashable {
  /// By its number in the file, from 0.
  case number(Int)
  /// All on open borders.
  case borders

  init?(_ description: String) {
    if description == "borders" {
      self = .borders
    } else if let number = Int(description) {
      self = .number(number)
    } else {
      return nil
    }
  }

  var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .borders: "borders"
    }
  }
}

extension CommaList<VertexChoice> {
  /// The chosen vertices of a mesh.
  func vertices(of mesh: TriangleMesh, option: String) throws -> [Int] {
    try values.flatMap { choice in
      switch choice {
      case .borders: return mesh.borderVertices()
      case .number(let number):
        guard mesh.positions.indices.contains(number) else {
          throw UsageError(
            "\(option) \(number): the mesh has the vertices 0 to \(mesh.positions.count - 1)")
        }
        return [number]
      }
    }
  }
}
