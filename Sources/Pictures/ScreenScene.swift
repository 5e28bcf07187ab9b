internal import MeshProcessing

/// A corner of a triangle on the screen.
struct ScreenVertex {
  /// Position in fixed point: ``ScreenScene/unit`` to a sample, so that edges are decided exactly.
  var x: Int32
  var y: Int32
  /// Distance from the viewer, in samples. NaN for what cannot be drawn.
  var depth: Float
  /// Outward, in view axes.
  var normal: SIMD3<Float>
  /// How much of the light is scattered, per channel.
  var albedo: SIMD3<Float>
}

/// A triangle on the screen, its corners ordered so that its area is positive.
struct ScreenTriangle {
  var a: Int32
  var b: Int32
  var c: Int32
  /// The viewer sees the inner side.
  var facesAway: Bool
}

/// The meshes of a scene as the camera sees them.
struct ScreenScene {
  /// Samples per pixel along each axis.
  static let oversampling = 3
  /// Fixed-point steps per sample.
  static let unit = 1 << unitBits
  static let unitBits = 8

  private(set) var vertices: [ScreenVertex] = []
  private(set) var triangles: [ScreenTriangle] = []

  init(_ objects: [PaintedMesh], view: SceneView) {
    let camera = Camera(view, showing: objects.map(\.mesh))
    let middle = SIMD3(Double(view.width) / 2, Double(view.height) / 2, 0)
    for object in objects {
      let base = Int32(vertices.count)
      let normals = object.mesh.vertexNormals()
      for (vertex, position) in object.mesh.positions.enumerated() {
        vertices.append(
          Self.vertex(
            at: camera.project(position) + middle, normal: camera.turned(normals[vertex]),
            color: object.colors[vertex]))
      }
      for triangle in object.mesh.triangles { add(triangle, base: base) }
    }
  }

  private static func vertex(
    at pixel: SIMD3<Double>, normal: SIMD3<Double>, color: RGB
  ) -> ScreenVertex {
    let sample = pixel * Double(oversampling)
    // Beyond this, areas would overflow. No sensible picture reaches there.
    let limit = Double(1 << 20)
    let isDrawable = abs(sample.x) < limit && abs(sample.y) < limit && sample.z.isFinite
    guard isDrawable else {
      return ScreenVertex(x: 0, y: 0, depth: .nan, normal: .zero, albedo: .zero)
    }
    return ScreenVertex(
      x: Int32((sample.x * Double(unit)).rounded()), y: Int32((sample.y * Double(unit)).rounded()),
      depth: Float(sample.z), normal: SIMD3<Float>(normal), albedo: LinearLight.decode(color))
  }

  private mutating func add(_ triangle: Triangle, base: Int32) {
    let (a, b, c) = (
      base + Int32(triangle.a), base + Int32(triangle.b), base + Int32(triangle.c)
    )
    let (p, q, r) = (vertices[Int(a)], vertices[Int(b)], vertices[Int(c)])
    guard (p.depth + q.depth + r.depth).isFinite else { return }
    let area = Edge(from: p, to: q).side(x: Int(r.x), y: Int(r.y))
    guard area != 0 else { return }
    // Counter-clockwise from outside is a negative area where y points down.
    let facesAway = area > 0
    triangles.append(
      ScreenTriangle(
        a: a, b: facesAway ? b : c, c: facesAway ? c : b, facesAway: facesAway))
  }
}

/// A directed edge on the screen, in fixed point.
struct Edge {
  private let x: Int
  private let y: Int
  let dx: Int
  let dy: Int

  @inline(__always)
  init(from p: ScreenVertex, to q: ScreenVertex) {
    x = Int(p.x)
    y = Int(p.y)
    dx = Int(q.x) - x
    dy = Int(q.y) - y
  }

  /// Twice the area of the triangle between the edge and a point: positive to its right, as seen on
  /// a screen with y down.
  @inline(__always)
  func side(x px: Int, y py: Int) -> Int { dx * (py - y) - dy * (px - x) }

  /// 0 when points on the edge belong to its triangle, else -1, and the other way round for the
  /// reversed edge: a sample on an edge belongs to one of two neighbours, never to both or none.
  @inline(__always)
  var bias: Int { dy < 0 || (dy == 0 && dx > 0) ? 0 : -1 }
}
