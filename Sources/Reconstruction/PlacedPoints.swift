internal import MeshProcessing
internal import Volumes

/// How a point near to a level set comes to lie on it, and from there to where the surface was.
struct LevelSetPlacement {
  let spline: CubicSpline
  var level: Double
  let blurVariance: SIMD3<Double>
  /// The longest step towards the level set, in units.
  let reach: Double

  struct Placed {
    /// On the level set of the blurred field.
    let onLevelSet: SIMD3<Double>
    let shape: LevelSetShape
    /// How far the blur has moved the surface inwards here.
    let shift: Double
  }

  /// `nil` where the field has no level set.
  @inline(__always)
  func place(_ start: SIMD3<Double>) -> Placed? {
    guard let shape = LevelSetShape(spline.jet(at: start), level: level, reach: reach) else {
      return nil
    }
    return Placed(
      onLevelSet: start + shape.step, shape: shape, shift: shape.shift(byBlurOf: blurVariance))
  }

  /// The larger of blur width times curvature over the two principal directions, squared.
  @inline(__always)
  func squaredRoughness(_ shape: LevelSetShape) -> Double {
    let curvatures = shape.principalCurvatures
    return blurVariance.sum() / 3 * (curvatures * curvatures).max()
  }
}

/// The points of a surface as they get their places.
struct PlacedPoints {
  /// Where each one lies on the level set of the blurred field, or where it stays.
  private(set) var onLevelSet: [SIMD3<Double>] = []
  /// Zero for a point that stays.
  private(set) var normals: [SIMD3<Float>] = []
  private var shifts: [Float] = []
  /// H of the moved surface at every point; zero for one that stays.
  private(set) var meanCurvatures: [Float] = []
  /// The points where the blur is more than half as wide as the smaller radius of curvature.
  private(set) var unresolved: [Int] = []
  /// The mean of 1 / steepness.
  private(set) var meanFlatness = 0.0
  /// The mean of 2 H / steepness.
  private(set) var meanBend = 0.0
  /// The mean of K / steepness.
  private(set) var meanGaussian = 0.0

  init(_ positions: [SIMD3<Float>], _ isOnLevelSet: [Bool], _ placement: LevelSetPlacement) {
    for (position, isOnLevelSet) in zip(positions, isOnLevelSet) {
      let start = SIMD3<Double>(position)
      guard isOnLevelSet, let placed = placement.place(start) else {
        stay(start)
        meanCurvatures.append(0)
        continue
      }
      let curvatures = placed.shape.principalCurvatures(at: placed.shift)
      if placement.squaredRoughness(placed.shape) > 0.25 { unresolved.append(normals.count) }
      append(placed, shift: placed.shift)
      meanCurvatures.append(Float(curvatures.sum() / 2))
      meanFlatness += 1 / placed.shape.steepness
      meanBend += curvatures.sum() / placed.shape.steepness
      meanGaussian += curvatures.x * curvatures.y / placed.shape.steepness
    }
    let count = Double(max(1, positions.count))
    meanFlatness /= count
    meanBend /= count
    meanGaussian /= count
  }

  /// Smooths the shifts along the surface.
  mutating func smoothShifts(_ smoothing: ShiftSmoothing) {
    shifts = smoothing.smoothed(shifts, normals: normals)
  }

  /// Moves every point farther along its normal.
  mutating func shift(by corrections: [Float]) {
    for point in corrections.indices { shifts[point] += corrections[point] }
  }

  /// How a picture of the surface differs from half of its contrast at the level set.
  struct Mismatch {
    /// How much farther out every point has to lie for the picture to be half-way up at its place, in units.
    var lacks: [Float] = []
    /// The mean of how much brighter the picture is than half-way.
    var brightness = 0.0
  }

  /// - Parameters:
  ///   - reach: The farthest that the picture's slope is believed, in units.
  ///   - weights: How much every point counts in the mean.
  func mismatch(with picture: CubicSpline, reach: Double, weights: [Double]) -> Mismatch {
    var (mismatch, whole) = (Mismatch(), 0.0)
    mismatch.lacks = normals.indices.map { point in
      guard normals[point] != .zero else { return 0 }
      let seen = picture.jet(at: onLevelSet[point])
      mismatch.brightness += weights[point] * (seen.value - 0.5)
      whole += weights[point]
      let slope = (seen.gradient * seen.gradient).sum().squareRoot()
      return slope > 0 ? Float(min(max((0.5 - seen.value) / slope, -reach), reach)) : 0
    }
    if whole > 0 { mismatch.brightness /= whole }
    return mismatch
  }

  /// The points that do not stay, each shared out to the eight voxels around it as these would be interpolated there;
  /// 1 in all.
  /// - Parameter weights: How much every point counts.
  func density(on grid: Grid, weights: [Double]) throws(VolumeError) -> Volume<Float> {
    var density = try Volume<Float>(grid: grid)
    var target = density.mutableVoxels
    let moving = normals.indices.filter { normals[$0] != .zero }
    let whole = moving.reduce(0) { $0 + weights[$1] }
    let last = SIMD3<Double>(grid.size &- 1)
    for point in moving {
      let place = ((onLevelSet[point] - grid.origin) / grid.spacing)
        .clamped(lowerBound: .zero, upperBound: last)
      let low = SIMD3<Int>(place)
      let part = place - SIMD3<Double>(low)
      for corner in 0..<8 {
        let step = SIMD3(corner & 1, corner >> 1 & 1, corner >> 2 & 1)
        let shares = SIMD3<Double>(step) * part + SIMD3<Double>(1 &- step) * (1 - part)
        let share = weights[point] / whole * shares.x * shares.y * shares.z
        let voxel = low &+ step
        if share > 0 { target[grid.offset(voxel.x, voxel.y, voxel.z)] += Float(share) }
      }
    }
    return density
  }

  /// Adds the middles of edges: placed like their ends where both are, and half-way between them elsewhere.
  mutating func addMiddles(
    _ ends: [SIMD2<UInt32>], _ placement: LevelSetPlacement, withShiftsOfEnds: Bool
  ) {
    for edge in ends {
      let (a, b) = (Int(edge.x), Int(edge.y))
      let middle = (onLevelSet[a] + onLevelSet[b]) / 2
      guard normals[a] != .zero, normals[b] != .zero, let placed = placement.place(middle) else {
        stay(SIMD3<Double>((position(a) + position(b)) / 2))
        continue
      }
      let shift = withShiftsOfEnds ? Double(shifts[a] + shifts[b]) / 2 : placed.shift
      append(placed, shift: shift)
    }
  }

  var positions: [SIMD3<Float>] { normals.indices.map(position) }

  private func position(_ point: Int) -> SIMD3<Float> {
    SIMD3<Float>(onLevelSet[point]) + shifts[point] * normals[point]
  }

  private mutating func append(_ placed: LevelSetPlacement.Placed, shift: Double) {
    onLevelSet.append(placed.onLevelSet)
    normals.append(SIMD3<Float>(placed.shape.normal))
    shifts.append(Float(shift))
  }

  private mutating func stay(_ position: SIMD3<Double>) {
    onLevelSet.append(position)
    normals.append(.zero)
    shifts.append(0)
  }
}
