internal import MeshProcessing

/// By which parts a round of the search for a surface has made area, volume and integral of H larger, beside what the
/// level has made of them.
public struct RoundGain: Sendable {
  public private(set) var area = 0.0
  public private(set) var volume = 0.0
  public private(set) var meanCurvature = 0.0

  init() {}

  /// - Parameter change: Of the level.
  init(from before: SubvoxelSurface, to after: SubvoxelSurface, beside change: Double) {
    func part(
      _ quantity: (CurvedMesh) -> Double, _ perLevel: KeyPath<SubvoxelSurface, Double>
    ) -> Double {
      let grown = quantity(after.curved) + after[keyPath: perLevel] * change
      return grown / quantity(before.curved) - 1
    }
    area = part(\.surfaceArea, \.areaPerLevel)
    volume = part(\.signedVolume, \.volumePerLevel)
    meanCurvature = part(\.meanCurvatureIntegral, \.curvaturePerLevel)
  }
}
