public import Volumes

/// The background around an object.
public struct SurroundingIntensity: Sendable, Hashable {
  /// Of the grey values around; NaN where there are fewer than 50 of them.
  public let median: Double

  fileprivate init(_ values: [Double]) {
    var values = values
    median = values.count < 50 ? .nan : values.withoutOrder(at: values.count / 2)
  }
}

/// The voxels that no object has and that are far enough from all of them for their blur: at least three times the longest
/// side of a voxel.
///
/// What was left out of the objects, or not found, is background. Haze of the object itself reaches farther in a
/// wide-field microscope, and is then taken off.
public struct Background: Sendable {
  private let mask: Mask

  /// Longest sides of a voxel.
  private static let distance = 3.0
  private static let reach = 6.0

  public init(of labels: LabelVolume) {
    let radius = Self.distance * labels.grid.spacing.max()
    mask = labels.mask().inverted().eroded(by: .ball(radius: radius))
  }

  /// The grey values of the background within six longest sides of a voxel of an object's box.
  public func intensity(around object: LabelObject, in image: Image) -> SurroundingIntensity {
    let spacing = mask.grid.spacing
    let reach = SIMD3<Int>((Self.reach * spacing.max() / spacing).rounded(.down))
    return image.perform(
      BackgroundMedian(
        mask: mask, lower: pointwiseMax(object.lower &- reach, .zero),
        upper: pointwiseMin(object.upper &+ reach, mask.grid.size &- 1)))
  }
}

private struct BackgroundMedian: VolumeOperation {
  let mask: Mask
  let lower: SIMD3<Int>
  let upper: SIMD3<Int>

  func run<V: Voxel>(on volume: Volume<V>) -> SurroundingIntensity {
    precondition(mask.grid.size == volume.grid.size, "labels and image differ in size")
    var values: [Double] = []
    for z in lower.z...upper.z {
      for y in lower.y...upper.y {
        for x in lower.x...upper.x where mask[x, y, z] {
          let value = volume.voxels[volume.grid.offset(x, y, z)].asDouble
          if value.isFinite { values.append(value) }
        }
      }
    }
    return SurroundingIntensity(values)
  }
}

extension [Double] {
  /// What stands at a place once all are in order, without ordering them all: linear on average.
  ///
  /// Hoare 1961, Algorithm 65: Find, doi:10.1145/366622.366647.
  fileprivate mutating func withoutOrder(at place: Int) -> Double {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = self[place]
      var (i, j) = (low, high)
      while i <= j {
        while self[i] < pivot { i += 1 }
        while self[j] > pivot { j -= 1 }
        if i <= j {
          swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if j < place { low = i }
      if i > place { high = j }
    }
    return self[place]
  }
}
