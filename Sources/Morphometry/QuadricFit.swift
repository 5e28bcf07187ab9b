internal import LibC
internal import MeshProcessing
internal import Volumes

/// The curvature at vertices from how normals turn around them; see ``MeshCurvatureMethod/quadric``.
struct QuadricFit: Sendable {
  /// In standard deviations of the Gaussian.
  static let reach = 2.5

  private let positions: [SIMD3<Double>]
  private let normals: [SIMD3<Double>]
  private let areas: [Double]
  private let fans: VertexFans
  private let scale: Double

  private static let pieceSize = 1 << 12

  /// - Parameter scale: Standard deviation of the Gaussian, in units. It is never less than that of a Gaussian
  ///   as wide as the edges around a vertex are long.
  init(_ mesh: TriangleMesh, scale: Double, _ fans: VertexFans) {
    positions = mesh.positions.map { SIMD3<Double>($0) }
    normals = mesh.vertexNormals()
    areas = mesh.vertexAreas()
    self.fans = fans
    self.scale = scale
  }

  /// H and K at every vertex.
  func points() -> [CurvaturePoint] {
    let pieces = Parallel.pieces(of: positions.count, size: Self.pieceSize)
    return Parallel.map(pieces) { piece in
      var patch = VertexPatch(vertexCount: positions.count)
      return piece.map { vertex in
        let scale = scale(at: vertex)
        patch.grow(from: vertex, reach: Self.reach * scale, positions, normals, fans)
        return point(at: vertex, scale: scale, over: patch.members)
      }
    }.flatMap { $0 }
  }

  private func scale(at vertex: Int) -> Double {
    let fan = fans.fan(vertex)
    var squares = 0.0
    for i in fan.indices {
      let edge = positions[Int(fan[i].first)] - positions[vertex]
      squares += dot(edge, edge)
    }
    return max(scale, (squares / Double(max(1, fan.count)) / 2).squareRoot())
  }

  private func point(at vertex: Int, scale: Double, over members: [UInt32]) -> CurvaturePoint {
    let center = positions[vertex]
    var weights: [Double] = []
    var (total, place, normal) = (0.0, SIMD3<Double>.zero, SIMD3<Double>.zero)
    for member in members {
      let away = positions[Int(member)] - center
      let weight = areas[Int(member)] * exp(-dot(away, away) / (2 * scale * scale))
      weights.append(weight)
      total += weight
      place += weight * away
      normal += weight * normals[Int(member)]
    }
    var turning = NormalTurning(across: normal)
    for (member, weight) in zip(members, weights) {
      turning.add(
        positions[Int(member)] - center - place / total, normals[Int(member)] - normal / total,
        weight: weight)
    }
    let form = turning.form
    return CurvaturePoint(
      mean: (form.x + form.z) / 2, gaussian: form.x * form.z - form.y * form.y,
      area: areas[vertex])
  }
}

/// Sums of least squares for how normals turn from place to place.
private struct NormalTurning {
  private let u: SIMD3<Double>
  private let v: SIMD3<Double>
  /// Weighted sums of xx, xy, yy.
  private var places = SIMD3<Double>.zero
  /// Weighted sums of the normal's components times the place's: ux, uy + vx, vy.
  private var turns = SIMD3<Double>.zero

  /// - Parameter normal: Of the plane that all is seen in; any length.
  init(across normal: SIMD3<Double>) {
    let helper =
      normal.x * normal.x < 0.5 * dot(normal, normal) ? SIMD3<Double>(1, 0, 0) : SIMD3(0, 1, 0)
    let across = cross(normal, helper)
    u = across / length(across)
    v = cross(normal / length(normal), u)
  }

  /// Both from the weighted mean of all that is added.
  mutating func add(_ place: SIMD3<Double>, _ normal: SIMD3<Double>, weight: Double) {
    let (x, y) = (dot(place, u), dot(place, v))
    let (nx, ny) = (dot(normal, u), dot(normal, v))
    places += weight * SIMD3(x * x, x * y, y * y)
    turns += weight * SIMD3(nx * x, nx * y + ny * x, ny * y)
  }

  /// The second fundamental form, a, b and c; zero where places do not span the plane.
  var form: SIMD3<Double> {
    let (xx, xy, yy) = (places.x, places.y, places.z)
    // Of the equations for a, b and c, the first and the last give a and c by b.
    let pivot = xx + yy - xy * xy / xx - xy * xy / yy
    guard xx * yy - xy * xy > 1e-9 * xx * yy, pivot > 0 else { return .zero }
    let b = (turns.y - xy * turns.x / xx - xy * turns.z / yy) / pivot
    return SIMD3((turns.x - b * xy) / xx, b, (turns.z - b * xy) / yy)
  }
}
