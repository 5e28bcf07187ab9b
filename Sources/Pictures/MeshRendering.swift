public import MeshProcessing
internal import Volumes

/// Rendering of surfaces in software.
///
///      meshes ──camera──▶ triangles on the screen ──bin──▶ bands of rows
///      band   ──z-buffer──▶ nearest triangle per sample ──light──▶ mean light per pixel
///
/// Coverage is decided in fixed point, so that surfaces have neither cracks nor double pixels, and
/// only what is seen is lit. Bands are independent: the same picture on any number of threads.
extension Picture {
  /// A picture of surfaces, each in its colour, smoothly shaded and anti-aliased.
  ///
  /// Surfaces that are seen from inside, through an opening, are darker. An empty scene is
  /// background. Vertices that are not finite and triangles that have one are left out.
  public init(of meshes: [(mesh: TriangleMesh, color: RGB)], view: SceneView) {
    self.init(painted: meshes.map { PaintedMesh($0.mesh, color: $0.color) }, view: view)
  }

  /// As ``init(of:view:)`` of surfaces whose colour differs from vertex to vertex.
  public init(painted meshes: [PaintedMesh], view: SceneView) {
    precondition(
      view.width > 0 && view.height > 0,
      "a picture needs at least one pixel, got \(view.width) x \(view.height)")
    let scene = ScreenScene(meshes, view: view)
    let bands = Parallel.pieces(of: view.height, size: Self.bandHeight)
    let binned = scene.triangleBins(of: Self.bandHeight, count: bands.count)
    let parts = Parallel.map(bands.count) { band in
      let factor = ScreenScene.oversampling
      let rows = bands[band].lowerBound * factor..<bands[band].upperBound * factor
      var samples = SampleBand(rows: rows, width: view.width * factor)
      for triangle in binned[band] { samples.draw(triangle, of: scene) }
      return samples.pixels(of: scene, background: view.background)
    }
    self.init(width: view.width, height: view.height, pixels: Array(parts.joined()))
  }

  // In pixels. The samples of a band stay in the cache of a core.
  private static let bandHeight = 8
}

extension ScreenScene {
  /// The triangles that may touch each band of so many rows of pixels, in order.
  fileprivate func triangleBins(of rows: Int, count: Int) -> [[Int32]] {
    var bins = [[Int32]](repeating: [], count: count)
    let samples = rows * Self.oversampling
    for (index, triangle) in triangles.enumerated() {
      let (a, b, c) = (
        vertices[Int(triangle.a)].y, vertices[Int(triangle.b)].y, vertices[Int(triangle.c)].y
      )
      let lines = SampleBand.samples(from: min(a, b, c), to: max(a, b, c))
        .clamped(to: 0..<count * samples)
      guard !lines.isEmpty else { continue }
      for band in lines.lowerBound / samples...(lines.upperBound - 1) / samples {
        bins[band].append(Int32(index))
      }
    }
    return bins
  }

  /// The light that comes from a triangle at a sample.
  fileprivate func light(of index: Int32, x: Int, y: Int) -> SIMD3<Float> {
    let triangle = triangles[Int(index)]
    let a = vertices[Int(triangle.a)]
    let b = vertices[Int(triangle.b)]
    let c = vertices[Int(triangle.c)]
    let ofA = Float(Edge(from: b, to: c).side(x: x, y: y))
    let ofB = Float(Edge(from: c, to: a).side(x: x, y: y))
    let ofC = Float(Edge(from: a, to: b).side(x: x, y: y))
    // Not divided by the area: the length of the normal does not matter.
    let normal = a.normal * ofA + b.normal * ofB + c.normal * ofC
    let albedo = (a.albedo * ofA + b.albedo * ofB + c.albedo * ofC) / (ofA + ofB + ofC)
    return triangle.facesAway
      ? Lighting.light(normal: -normal, albedo: albedo * 0.5)
      : Lighting.light(normal: normal, albedo: albedo)
  }
}

extension SampleBand {
  /// The mean light of the samples of every pixel.
  fileprivate func pixels(of scene: ScreenScene, background: RGB) -> [RGB] {
    let factor = ScreenScene.oversampling
    let (columns, lines) = (width / factor, rows.count / factor)
    let behind = LinearLight.decode(background)
    var pixels = [RGB](repeating: background, count: columns * lines)
    for y in 0..<lines {
      for x in 0..<columns {
        var sum = SIMD3<Float>.zero
        var hits = 0
        for line in y * factor..<(y + 1) * factor {
          for column in x * factor..<(x + 1) * factor {
            let owner = owners[line * width + column]
            guard owner >= 0 else { continue }
            hits += 1
            sum += scene.light(
              of: owner, x: Self.center(column), y: Self.center(rows.lowerBound + line))
          }
        }
        guard hits > 0 else { continue }
        sum += behind * Float(factor * factor - hits)
        pixels[y * columns + x] = LinearLight.encode(sum / Float(factor * factor))
      }
    }
    return pixels
  }
}
