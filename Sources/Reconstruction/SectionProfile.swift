internal import Volumes

/// How the area of a section through an object changes with the distance from a wall that ends it: as a polynomial of the
/// second degree, which it is for every ellipsoid, cone, prism and pyramid.
///
/// Found from the volumes of the voxels within the distance `depth`. Distances count as parts x of it, and a voxel as
/// 1 - x: what lies at the far end must not matter.
struct SectionProfile {
  /// At the wall, in square units.
  let area: Double
  /// By which the area grows with the distance, in units.
  let slope: Double
  /// The variances of the two for a variance of 1 of sections 1 unit thick.
  let areaVariance: Double
  let slopeVariance: Double
  let depth: Double

  /// The sums over the voxels of an object, and what they are for a section of area 1.
  struct Moments {
    var object = SIMD3<Double>.zero
    var unit = [SIMD3<Double>](repeating: .zero, count: 3)

    /// Adds a voxel of the object at a part of the depth, which is below 0 where a stair reaches over the wall.
    @inline(__always)
    mutating func addVoxel(_ volume: Double, at part: Double) {
      let weight = volume * (1 - part)
      object += weight * SIMD3(1, part, part * part)
    }

    /// Adds a point of the lattice, whether the object has it or not.
    @inline(__always)
    mutating func addPoint(_ volumePerArea: Double, at part: Double) {
      let weight = volumePerArea * (1 - part)
      let powers = SIMD3(1, part, part * part)
      unit[0] += weight * powers
      unit[1] += weight * part * powers
      unit[2] += weight * part * part * powers
    }
  }

  /// - Parameters:
  ///   - perimeter: Of the wall, in units.
  ///   - variance: Of the area of a section 1 unit thick, for each unit of its perimeter, where its rim is upright.
  ///
  /// What the voxels leave open is taken to be like a ball: its section falls by π with the square of the distance,
  /// wherever it is cut. Both that and the slope, which is the perimeter times the cotangent of the angle at the rim, are
  /// known to themselves.
  init?(_ moments: Moments, depth: Double, perimeter: Double, variance: Double) {
    let bend = -Double.pi * depth * depth
    let lean = perimeter * depth
    var variance = variance * perimeter
    var found: NormalEquations.Solution?
    // A slanting rim is longer in a section than an upright one.
    for _ in 0..<2 {
      var rows = moments.unit.map { SIMD8($0.x, $0.y, $0.z, 0, 0, 0, 0, 0) / variance }
      rows[1][1] += 1 / (lean * lean)
      rows[2][2] += 1 / (bend * bend)
      let sums = moments.object / variance
      let right = SIMD8(sums.x, sums.y, sums.z + 1 / bend, 0, 0, 0, 0, 0)
      guard let solution = NormalEquations(matrix: rows, right: right).solved() else { return nil }
      if found == nil {
        let cotangent = solution.values[1] / lean
        variance *= (1 + cotangent * cotangent).squareRoot()
      }
      found = solution
    }
    guard let found else { return nil }
    area = found.values[0]
    slope = found.values[1] / depth
    areaVariance = found.inverse[0][0]
    slopeVariance = found.inverse[1][1] / (depth * depth)
    self.depth = depth
  }
}
