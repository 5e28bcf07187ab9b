internal import LibC
internal import MeshProcessing

/// Takes world positions to the screen: to the right, down and away from the viewer, which is a
/// right-handed system as the world's is.
struct Camera {
  private let right: SIMD3<Double>
  private let down: SIMD3<Double>
  private let forward: SIMD3<Double>
  /// What of the screen, before scaling, is in the middle of the picture.
  private var middle = SIMD3<Double>.zero
  /// Pixels per unit.
  private var scale = 1.0

  init(_ view: SceneView, showing meshes: [TriangleMesh]) {
    precondition(
      view.azimuth.isFinite && view.elevation.isFinite,
      "a view needs finite angles, got \(view.azimuth) and \(view.elevation)")
    if let scale = view.pixelsPerUnit {
      precondition(scale > 0 && scale.isFinite, "a scale must be positive, got \(scale)")
    }
    let (azimuth, elevation) = (view.azimuth * .pi / 180, view.elevation * .pi / 180)
    let towardsViewer = SIMD3(-sin(azimuth), cos(azimuth), 0)
    let z = SIMD3(0.0, 0, 1)
    right = SIMD3(cos(azimuth), sin(azimuth), 0)
    down = sin(elevation) * towardsViewer + cos(elevation) * z
    forward = sin(elevation) * z - cos(elevation) * towardsViewer
    guard let (low, high) = bounds(of: meshes) else { return }
    middle = view.center.map(turned) ?? (low + high) / 2
    scale = view.pixelsPerUnit ?? Self.scale(fitting: high - low, to: view)
  }

  /// Pixels right of and below the middle of the picture, and behind the middle of the scene.
  func project(_ position: SIMD3<Float>) -> SIMD3<Double> {
    (turned(SIMD3<Double>(position)) - middle) * scale
  }

  /// A world direction as the viewer sees it.
  func turned(_ direction: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(dot(direction, right), dot(direction, down), dot(direction, forward))
  }

  private func bounds(of meshes: [TriangleMesh]) -> (SIMD3<Double>, SIMD3<Double>)? {
    var low = SIMD3<Double>(repeating: .infinity)
    var high = -low
    for mesh in meshes {
      for position in mesh.positions {
        let position = turned(SIMD3<Double>(position))
        guard position.sum().isFinite else { continue }
        low = pointwiseMin(low, position)
        high = pointwiseMax(high, position)
      }
    }
    return low.x <= high.x ? (low, high) : nil
  }

  private static func scale(fitting extent: SIMD3<Double>, to view: SceneView) -> Double {
    let free = (width: view.width - 2 * view.margin, height: view.height - 2 * view.margin)
    precondition(
      free.width > 0 && free.height > 0,
      "margins of \(view.margin) leave nothing of a picture of \(view.width) x \(view.height)")
    let scale = min(Double(free.width) / extent.x, Double(free.height) / extent.y)
    return scale.isFinite ? scale : 1
  }
}
