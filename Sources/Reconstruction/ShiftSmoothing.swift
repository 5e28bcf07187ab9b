internal import MeshProcessing

/// The smoothing, along a surface, of how far its points are moved.
///
/// By diffusion on the mesh, in two implicit steps: unlike a mean over the neighbours of a vertex, it moves nothing along
/// the surface, however unevenly the vertices lie.
struct ShiftSmoothing: Sendable {
  private let diffusion: ImplicitDiffusion

  /// - Parameter scale: How far a point spreads, in units.
  init(on mesh: TriangleMesh, scale: Double) {
    diffusion = ImplicitDiffusion(
      on: mesh, VertexFans(mesh), scale: scale / 2.0.squareRoot(),
      isFree: Array(repeating: true, count: mesh.positions.count), largestWeight: 20)
  }

  /// Smooths twice, and the second time what the first has taken away is given back (Tukey's twicing), so that waves
  /// longer than a few scales stay what they are.
  /// - Parameter normals: Zero for a point that stays and has nothing to give.
  func smoothed(_ shifts: [Float], normals: [SIMD3<Float>]) -> [Float] {
    let once = spread(shifts, normals)
    let twice = spread(once, normals)
    return zip(once, twice).map { 2 * $0 - $1 }
  }

  private func spread(_ shifts: [Float], _ normals: [SIMD3<Float>]) -> [Float] {
    var held = zip(shifts, normals).map {
      $1 == .zero ? SIMD2<Double>.zero : SIMD2(Double($0), 1)
    }
    for _ in 0..<2 { held = diffusion.applied(to: held, tolerance: 1e-3) }
    return held.map { $0.y > 0 ? Float($0.x / $0.y) : 0 }
  }
}
