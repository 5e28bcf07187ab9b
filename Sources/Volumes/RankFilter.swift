/// Which of the voxels around it a voxel is replaced by.
public enum RankChoice: Sendable, Hashable {
  case minimum
  case median
  case maximum
}

extension GreyImage {
  /// The median of the voxels around each voxel, in the voxel type of the image.
  ///
  /// NaN counts as greater than every number.
  /// - Precondition: The neighbourhood has at most 32,767 voxels.
  /// - Complexity: O(voxels * neighbourhood * log range of values in it).
  public func medianFiltered(
    over neighbourhood: Neighbourhood, border: BorderRule = .reflect
  ) throws(VolumeError) -> Self {
    try replaced(by: .median, over: neighbourhood, border: border)
  }

  /// The smallest of the voxels around each voxel (grey erosion), in the voxel type of the image.
  public func minimumFiltered(
    over neighbourhood: Neighbourhood, border: BorderRule = .reflect
  ) throws(VolumeError) -> Self {
    try replaced(by: .minimum, over: neighbourhood, border: border)
  }

  /// The greatest of the voxels around each voxel (grey dilation), in the voxel type of the image.
  ///
  /// NaN counts as greater than every number.
  public func maximumFiltered(
    over neighbourhood: Neighbourhood, border: BorderRule = .reflect
  ) throws(VolumeError) -> Self {
    try replaced(by: .maximum, over: neighbourhood, border: border)
  }
}

/// A rank filter for a voxel type that is known where this runs.
struct RankReplacement: VolumeOperation {
  let choice: RankChoice
  let neighbourhood: Neighbourhood
  let border: BorderRule

  func run<V: Voxel>(on volume: Volume<V>) throws(VolumeError) -> Image {
    let grid = volume.grid
    let steps = neighbourhood.steps(on: grid)
    var result = try Volume<V>(grid: grid)
    result.withDisjointWrites { target in
      @Sendable func write(_ y: Int, _ z: Int, _ row: UnsafePointer<V.Rank>) {
        let start = grid.offset(0, y, z)
        // SAFETY: every row is written once, and has size.x voxels.
        for x in 0..<grid.size.x { unsafe target.base[start + x] = V(rank: row[x]) }
      }
      let rows = volume.rankRows
      switch choice {
      case .minimum:
        unsafe rows.filter(by: MinimumKernel(), over: steps, border: border, write: write)
      case .maximum:
        unsafe rows.filter(by: MaximumKernel(), over: steps, border: border, write: write)
      case .median:
        precondition(steps.count <= Int16.max, "a median of \(steps.count) voxels is too large")
        unsafe rows.filter(by: MedianKernel(), over: steps, border: border, write: write)
      }
    }
    return V.image(result)
  }
}

private struct MinimumKernel<Rank: RankScalar>: NeighbourhoodKernel {
  func evaluate(_ window: Window<SIMD16<Rank>>) -> SIMD16<Rank> {
    var least = window.centre
    for step in 0..<window.count { least = Rank.least(least, window[step]) }
    return least
  }
}

private struct MaximumKernel<Rank: RankScalar>: NeighbourhoodKernel {
  func evaluate(_ window: Window<SIMD16<Rank>>) -> SIMD16<Rank> {
    var greatest = window.centre
    for step in 0..<window.count { greatest = Rank.greatest(greatest, window[step]) }
    return greatest
  }
}

/// The median by bisection: the least value that at least half of the voxels do not exceed.
///
/// Halves the range between the smallest and the largest voxel until one value is left, counting at
/// each step. No branch depends on a voxel, so that sixteen medians are found at once.
private struct MedianKernel<Rank: RankScalar>: NeighbourhoodKernel {
  func evaluate(_ window: Window<SIMD16<Rank>>) -> SIMD16<Rank> {
    var low = MinimumKernel<Rank>().evaluate(window)
    var high = MaximumKernel<Rank>().evaluate(window)
    let half = SIMD16<Rank>(repeating: Rank(window.count / 2))
    while Rank.isAnyLess(low, than: high) {
      let middle = Rank.middle(low, high)
      var notGreater = SIMD16<Rank>.zero
      for step in 0..<window.count {
        Rank.count(window[step], notGreaterThan: middle, in: &notGreater)
      }
      Rank.halve(&low, &high, at: middle, counts: notGreater, above: half)
    }
    return low
  }
}
