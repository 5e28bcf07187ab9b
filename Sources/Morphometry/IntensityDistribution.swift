internal import LibC
internal import MeshProcessing
public import Volumes

/// How the grey values of an object are distributed, and where in it they lie.
public struct IntensityDistribution: Sendable, Hashable {
  /// The parts of the voxels that percentiles are given for.
  public static let percentileFractions = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// At ``percentileFractions``, linear between two voxels: type 7 of Hyndman & Fan 1996,
  /// doi:10.1080/00031305.1996.10473566. NaN without a voxel that has a number.
  public let percentiles: [Double]
  /// The third moment about the mean over the cube of the standard deviation, with N in the denominators; NaN where all
  /// voxels are equal.
  public let skewness: Double
  /// The mean of the voxels' centres weighted by their grey values, in world coordinates; NaN where grey values add up
  /// to 0 or less. Background that is not 0 draws it to the middle of the object.
  public let centroid: SIMD3<Double>
  /// The distance from the mean of the voxels' centres to ``centroid``, in units.
  public let offset: Double

  /// Of the voxels of an object that have numbers. The image and the labels must have the same size.
  public init(_ object: LabelObject, in labels: LabelVolume, of image: Image) {
    let samples = image.perform(ObjectSamples(object: object, labels: labels))
    percentiles = Self.percentiles(of: samples.values)
    skewness = Self.skewness(of: samples.values)
    let grid = labels.grid
    let nowhere = SIMD3<Double>(repeating: .nan)
    centroid =
      samples.sum > 0
      ? grid.world(SIMD3<Double>(object.lower) + samples.moment / samples.sum) : nowhere
    offset = length(centroid - object.centroid(on: grid))
  }

  private static func percentiles(of values: [Double]) -> [Double] {
    let sorted = values.sorted()
    guard let last = sorted.indices.last else { return percentileFractions.map { _ in .nan } }
    return percentileFractions.map { fraction in
      let place = fraction * Double(last)
      let low = Int(place)
      return sorted[low] + (place - Double(low)) * (sorted[min(low + 1, last)] - sorted[low])
    }
  }

  private static func skewness(of values: [Double]) -> Double {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    var (squares, cubes) = (0.0, 0.0)
    for value in values {
      let difference = value - mean
      squares += difference * difference
      cubes += difference * difference * difference
    }
    return cubes / count / pow(squares / count, 1.5)
  }
}

/// The grey values of an object, and their sums.
private struct ObjectSamples: VolumeOperation {
  let object: LabelObject
  let labels: LabelVolume

  struct Output {
    var values: [Double] = []
    var sum = 0.0
    /// The sum of grey value times place, from the lower corner of the object's box, in voxels.
    var moment = SIMD3<Double>.zero
  }

  func run<V: Voxel>(on volume: Volume<V>) -> Output {
    let grid = volume.grid
    precondition(labels.grid.size == grid.size, "labels and image differ in size")
    var output = Output()
    output.values.reserveCapacity(object.voxelCount)
    labels.forEachVoxel(of: object) { place in
      let index = object.lower &+ place
      let value = volume.voxels[grid.offset(index.x, index.y, index.z)].asDouble
      guard value.isFinite else { return }
      output.values.append(value)
      output.sum += value
      output.moment += value * SIMD3<Double>(place)
    }
    return output
  }
}
