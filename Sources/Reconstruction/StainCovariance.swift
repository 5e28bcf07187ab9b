internal import LibC
internal import Volumes

/// The covariance, at some distances along the axes, of what a picture leaves of the inside of an object.
struct StainCovariance {
  private var lags: [Lag] = []
  /// Of the coordinates of the voxels inside, in square units.
  private var extent = SIMD3<Double>.zero
  private let step: Double
  /// Of the inside, in cubic units.
  private(set) var volume = 0.0

  private struct Lag {
    /// In units.
    let distance: Double
    var count = 0.0
    var sum = 0.0
  }

  /// What is inside: this part of the contrast, and more.
  private static let inside: Float = 0.9
  private static let fewest = 50.0
  /// The farthest voxels, in lengths of the shortest side of a voxel.
  private static let farthest = 4.0

  /// - Parameters:
  ///   - image: As it was recorded.
  ///   - picture: What the object looks like at background 0 and contrast 1.
  init(
    _ image: Volume<Float>, picture: Volume<Float>, others: Volume<Float>, _ fit: ContrastFit,
    region: OwnRegion
  ) {
    let grid = image.grid
    step = grid.spacing.min()
    let places = picture.voxels.indices.filter {
      region.isOwn[$0] && picture.voxels[$0] > Self.inside
    }
    var left = [Double](repeating: .nan, count: grid.voxelCount)
    for voxel in places {
      left[voxel] =
        Double(image.voxels[voxel])
        - fit.value(picture: picture.voxels[voxel], others: others.voxels[voxel])
    }
    spread(over: places, grid)
    let strides = [1, grid.size.x, grid.size.x * grid.size.y]
    for axis in 0..<3 {
      for steps in 1...Int(Self.farthest) {
        let distance = Double(steps) * grid.spacing[axis]
        guard distance <= Self.farthest * step else { break }
        lags.append(Self.lag(of: left, places, apart: steps * strides[axis], distance))
      }
    }
  }

  private mutating func spread(over places: [Int], _ grid: Grid) {
    let count = Double(max(places.count, 1))
    var (sum, squares) = (SIMD3<Double>.zero, SIMD3<Double>.zero)
    for voxel in places {
      let place = SIMD3<Double>(grid.index(of: voxel)) * grid.spacing
      sum += place
      squares += place * place
    }
    extent = squares / count - sum * sum / (count * count)
    volume = Double(places.count) * grid.spacing.x * grid.spacing.y * grid.spacing.z
  }

  /// An object does not reach across the border of its box, and what is not inside is not a number.
  private static func lag(
    of left: [Double], _ places: [Int], apart stride: Int, _ distance: Double
  ) -> Lag {
    var lag = Lag(distance: distance)
    for voxel in places where voxel + stride < left.count && !left[voxel + stride].isNaN {
      lag.count += 1
      lag.sum += left[voxel] * left[voxel + stride]
    }
    return lag
  }

  /// Whether neighbours have more in common than noise would have by chance in one of 700 objects.
  /// - Parameter noise: The variance of a voxel.
  func isSignificant(noise: Double) -> Bool {
    let near = lags.filter { $0.distance < 1.5 * step }
    let count = near.reduce(0) { $0 + $1.count }
    let sum = near.reduce(0) { $0 + $1.sum }
    return count >= Self.fewest && sum > 3 * noise * count.squareRoot()
  }

  /// Variance and length of the Gaussian of the distance that is nearest to it; `nil` where none is.
  ///
  /// The mean over the inside is no part of what is seen, since the contrast takes it in: it lowers all covariances by that
  /// of two places of the inside at random. A length beyond the extent of the inside cannot be seen.
  var fitted: (variance: Double, length: Double)? {
    let widest = max(extent.sum().squareRoot(), 1.5 * step)
    var best: (misfit: Double, variance: Double, length: Double)?
    for length in sequence(first: step, next: { $0 * 1.1 }).prefix(while: { $0 < widest }) {
      let trial = misfit(length: length)
      if trial.variance > 0, trial.misfit < best?.misfit ?? .infinity {
        best = (trial.misfit, trial.variance, length)
      }
    }
    return best.map { ($0.variance, $0.length) }
  }

  /// Least squares for the variance at a length, each lag weighted by how many pairs it is of.
  private func misfit(length: Double) -> (misfit: Double, variance: Double) {
    let wide = 1 + 2 * extent / (length * length)
    let common = 1 / (wide.x * wide.y * wide.z).squareRoot()
    var (above, below, whole) = (0.0, 0.0, 0.0)
    for lag in lags where lag.count > 0 {
      let model = exp(-lag.distance * lag.distance / (2 * length * length)) - common
      above += lag.sum * model
      below += lag.count * model * model
      whole += lag.sum * lag.sum / lag.count
    }
    return (whole - above * above / below, above / below)
  }
}
