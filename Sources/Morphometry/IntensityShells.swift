public import Volumes

/// Mean grey values in shells of equal volume, from the surface of an object to its middle.
///
/// Voxels are taken by the distance of their centre to that of the nearest voxel outside; those that lie equally deep at the edge of two
/// shells count in both, each for its share. Beyond the border of the image is outside. After the eroded volume fraction of Ollion et al.
/// 2013, doi:10.1093/bioinformatics/btt276.
public struct IntensityShells: Sendable, Hashable {
  public static let count = 4

  /// The outermost first. NaN without a voxel that has a number.
  public let means: [Double]

  /// Of the voxels of an object that have numbers. The image and the labels must have the same size.
  public init(
    _ object: LabelObject, in labels: LabelVolume, of image: Image
  ) throws(VolumeError) {
    let depths = try labels.distancesToOutside(of: object)
    let samples = image.perform(DepthSamples(object: object, labels: labels, depths: depths))
    means = Self.means(of: samples.sorted { $0.depth < $1.depth })
  }

  /// - Parameter samples: The outermost first.
  private static func means(of samples: [DepthSamples.Sample]) -> [Double] {
    let volume = Double(samples.count) / Double(count)
    var sums = [Double](repeating: 0, count: count)
    var (filled, start) = (0.0, 0)
    while start < samples.count {
      let layer = samples[start...].prefix { $0.depth == samples[start].depth }
      let mean = layer.reduce(0) { $0 + $1.value } / Double(layer.count)
      let end = filled + Double(layer.count)
      for shell in 0..<count {
        let part = min(end, Double(shell + 1) * volume) - max(filled, Double(shell) * volume)
        if part > 0 { sums[shell] += part * mean }
      }
      filled = end
      start = layer.endIndex
    }
    return sums.map { $0 / volume }
  }
}

/// The grey values of an object and how deep they lie.
private struct DepthSamples: VolumeOperation {
  let object: LabelObject
  let labels: LabelVolume
  let depths: Volume<Float>

  struct Sample {
    let depth: Float
    let value: Double
  }

  func run<V: Voxel>(on volume: Volume<V>) -> [Sample] {
    precondition(labels.grid.size == volume.grid.size, "labels and image differ in size")
    var samples: [Sample] = []
    samples.reserveCapacity(object.voxelCount)
    labels.forEachVoxel(of: object) { place in
      let index = object.lower &+ place
      let value = volume.voxels[volume.grid.offset(index.x, index.y, index.z)].asDouble
      guard value.isFinite else { return }
      let depth = depths.voxels[depths.grid.offset(place.x + 1, place.y + 1, place.z + 1)]
      samples.append(Sample(depth: depth, value: value))
    }
    return samples
  }
}
