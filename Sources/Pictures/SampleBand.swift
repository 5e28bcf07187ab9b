/// A horizontal band of a picture at the resolution of its samples: which triangle is nearest.
struct SampleBand {
  /// Rows of samples, counted from the top of the picture.
  let rows: Range<Int>
  /// Samples in a row.
  let width: Int
  private var depths: [Float]
  /// The nearest triangle of each sample, -1 for none.
  private(set) var owners: [Int32]

  init(rows: Range<Int>, width: Int) {
    self.rows = rows
    self.width = width
    depths = Array(repeating: .infinity, count: rows.count * width)
    owners = Array(repeating: -1, count: rows.count * width)
  }

  /// Draws the part of a triangle that lies in the band. Of two at the same depth the first stays.
  mutating func draw(_ index: Int32, of scene: ScreenScene) {
    let triangle = scene.triangles[Int(index)]
    let a = scene.vertices[Int(triangle.a)]
    let b = scene.vertices[Int(triangle.b)]
    let c = scene.vertices[Int(triangle.c)]
    let (columns, lines) = reach(a, b, c)
    guard !columns.isEmpty && !lines.isEmpty else { return }
    let plane = DepthPlane(a, b, c)
    let (ab, bc, ca) = (Edge(from: a, to: b), Edge(from: b, to: c), Edge(from: c, to: a))
    let x = Self.center(columns.lowerBound)
    for line in lines {
      let y = Self.center(line)
      var sides = SIMD3(
        ab.side(x: x, y: y) + ab.bias, bc.side(x: x, y: y) + bc.bias,
        ca.side(x: x, y: y) + ca.bias)
      let step = SIMD3(ab.dy, bc.dy, ca.dy) &* ScreenScene.unit
      let start = (line - rows.lowerBound) * width
      for column in columns {
        if sides.x | sides.y | sides.z >= 0 {
          let depth = plane.depth(x: Self.center(column), y: y)
          if depth < depths[start + column] {
            depths[start + column] = depth
            owners[start + column] = index
          }
        }
        sides &-= step
      }
    }
  }

  /// The part of the band in which a triangle may lie.
  @inline(__always)
  private func reach(
    _ a: ScreenVertex, _ b: ScreenVertex, _ c: ScreenVertex
  ) -> (columns: Range<Int>, lines: Range<Int>) {
    let columns = Self.samples(from: min(a.x, b.x, c.x), to: max(a.x, b.x, c.x))
    let lines = Self.samples(from: min(a.y, b.y, c.y), to: max(a.y, b.y, c.y))
    return (columns.clamped(to: 0..<width), lines.clamped(to: rows))
  }

  /// The fixed-point position of the middle of a sample.
  @inline(__always)
  static func center(_ sample: Int) -> Int {
    sample * ScreenScene.unit + ScreenScene.unit / 2
  }

  /// The samples whose middles may lie between two fixed-point positions.
  @inline(__always)
  static func samples(from low: Int32, to high: Int32) -> Range<Int> {
    let half = ScreenScene.unit / 2
    // Shifted down, not divided: positions may be negative.
    let bits = ScreenScene.unitBits
    return (Int(low) - half) >> bits..<((Int(high) - half) >> bits) + 1
  }
}

/// The depth of a triangle at any place of the screen.
private struct DepthPlane {
  private let x: Int
  private let y: Int
  private let depth: Float
  private let perX: Float
  private let perY: Float

  @inline(__always)
  init(_ a: ScreenVertex, _ b: ScreenVertex, _ c: ScreenVertex) {
    x = Int(a.x)
    y = Int(a.y)
    depth = a.depth
    let (ab, ac) = (Edge(from: a, to: b), Edge(from: a, to: c))
    let area = Double(ab.dx * ac.dy - ab.dy * ac.dx)
    let (toB, toC) = (Double(b.depth - a.depth), Double(c.depth - a.depth))
    perX = Float((toB * Double(ac.dy) - toC * Double(ab.dy)) / area)
    perY = Float((toC * Double(ab.dx) - toB * Double(ac.dx)) / area)
  }

  @inline(__always)
  func depth(x px: Int, y py: Int) -> Float {
    depth + perX * Float(px - x) + perY * Float(py - y)
  }
}
