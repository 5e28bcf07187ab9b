internal import LibC
public import MeshProcessing

/// How well shaped the triangles of a mesh are.
public struct MeshQuality: Sendable, Hashable {
  /// The smallest angle of any triangle, in degrees; 60 at best, 0 for a triangle without area.
  public let smallestAngle: Double
  /// Over all sides of all triangles, in units.
  public let edgeLengthMean: Double
  public let edgeLengthDeviation: Double
  public let edgeLengthMin: Double
  public let edgeLengthMax: Double

  /// `nil` for a mesh without triangles.
  public init?(_ mesh: TriangleMesh) {
    guard !mesh.isEmpty else { return nil }
    var (sum, squares) = (0.0, 0.0)
    var (shortest, longest) = (Double.infinity, 0.0)
    var largestCosine = -1.0
    for triangle in mesh.triangles {
      let (a, b, c) = mesh.corners(triangle)
      let sides = SIMD3(length(b - a), length(c - b), length(a - c))
      sum += sides.sum()
      squares += (sides * sides).sum()
      shortest = min(shortest, sides.min())
      longest = max(longest, sides.max())
      // The smallest angle is opposite of the shortest side.
      for side in 0..<3 where sides[side] == sides.min() {
        let (p, q) = (sides[(side + 1) % 3], sides[(side + 2) % 3])
        let cosine = p * q > 0 ? (p * p + q * q - sides.min() * sides.min()) / (2 * p * q) : 1
        largestCosine = max(largestCosine, min(cosine, 1))
      }
    }
    let count = Double(3 * mesh.triangles.count)
    smallestAngle = acos(largestCosine) * 180 / .pi
    edgeLengthMean = sum / count
    edgeLengthDeviation = max(0, squares / count - sum / count * (sum / count)).squareRoot()
    edgeLengthMin = shortest
    edgeLengthMax = longest
  }
}
