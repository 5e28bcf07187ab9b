/// What a step of processing did to a mesh and to its measurements.
public struct MeshChange: Sendable, Hashable {
  public let trianglesBefore: Int
  public let triangles: Int
  /// The change of the surface area as a fraction of what it was: 0.01 for one per cent more.
  public let areaChange: Double
  /// The change of the enclosed volume as a fraction of what it was; means little unless watertight.
  public let volumeChange: Double
  /// How far the surface has moved.
  public let deviation: SurfaceDeviation
}

extension TriangleMesh {
  /// What made this mesh out of another one.
  /// - Parameter samples: See ``deviation(from:samples:)``.
  public func change(from original: TriangleMesh, samples: Int = 100_000) -> MeshChange {
    MeshChange(
      trianglesBefore: original.triangles.count, triangles: triangles.count,
      areaChange: surfaceArea / original.surfaceArea - 1,
      volumeChange: signedVolume / original.signedVolume - 1,
      deviation: deviation(from: original, samples: samples))
  }
}
