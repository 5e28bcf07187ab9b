internal import LibC
internal import MeshProcessing
internal import Volumes

/// The wall between two objects as a plane that goes on beyond its rim.
struct ContactWall {
  /// Where the plane is, in units.
  private(set) var center: SIMD3<Double>
  /// Of the plane, towards the object in front.
  private(set) var normal: SIMD3<Double>
  /// Two directions in the plane.
  private var axes: (u: SIMD3<Double>, v: SIMD3<Double>)
  /// The radius of a disc of the area of the faces as the normal shows them, in units.
  let radius: Double
  /// The length of the rim if the wall is an ellipse, in units.
  private(set) var perimeter: Double
  /// How far layers of voxels are apart along the normal at most, in units.
  let step: Double

  private static let rounds = 3
  private static let mostTurns = 10
  /// As much as so many voxels of a layer weighs one that reaches beyond the plane: more than the faces around it.
  private static let intrusion = 9.0
  /// Voxels matter to the plane up to so many radii from the axis of the wall, and a layer more.
  private static let surroundings = 1.2

  /// - Parameters:
  ///   - faces: The faces of the voxels between the objects.
  ///   - pair: The objects.
  /// - Returns: `nil` where the faces are not those of a plane.
  init?(
    _ faces: TriangleMesh, of pair: (front: UInt32, back: UInt32), in labels: Volume<UInt32>
  ) {
    let spacing = labels.grid.spacing
    let vectors = faces.triangles.map { faces.normalVector(of: $0) / 2 }
    let sum = vectors.reduce(.zero, +)
    guard length(sum) > 0 else { return nil }
    let direction = sum / length(sum)
    let shown = vectors.map { max(dot($0, direction), 0) }
    let area = shown.reduce(0, +)
    // On a plane no face looks the other way.
    guard vectors.reduce(0, { $0 + abs(dot($1, direction)) }) < 1.1 * area else { return nil }
    let other: SIMD3<Double> = abs(direction.x) < 0.7 ? SIMD3(1, 0, 0) : SIMD3(0, 1, 0)
    let across = cross(direction, other) / length(cross(direction, other))
    normal = direction
    axes = (across, cross(direction, across))
    let places = faces.triangles.map { faces.center(of: $0) }
    center = zip(places, shown).reduce(.zero) { $0 + $1.1 * $1.0 } / area
    radius = (area / .pi).squareRoot()
    perimeter = 2 * .pi * radius
    step = (SIMD3(abs(direction.x), abs(direction.y), abs(direction.z)) * spacing).max()
    for _ in 0..<Self.rounds { turn(to: places, shown) }
    separate(pair, in: labels, places, shown)
    // A stair leaves a twelfth of the square of its height.
    guard misfit(places, shown) < step * step / 6 else { return nil }
    perimeter *= elongation(places, shown)
  }

  /// The height over the plane, positive in front of it, and the square of the distance from the axis of the wall.
  @inline(__always)
  func height(of place: SIMD3<Double>) -> (height: Double, square: Double) {
    let way = place - center
    let height = dot(way, normal)
    return (height, max(dot(way, way) - height * height, 0))
  }

  /// Turns the plane until the voxels of either object are on its side, as far as they are: the least squares of the heights
  /// of the faces and, with more weight, of what reaches beyond the plane. Where the objects are sharp at the rim, they have
  /// faces in the middle of the wall only, and a single stair of them tells nothing of how the wall leans.
  private mutating func separate(
    _ pair: (front: UInt32, back: UInt32), in labels: Volume<UInt32>,
    _ places: [SIMD3<Double>], _ weights: [Double]
  ) {
    let weight = Self.intrusion * labels.grid.voxelVolume / step
    var (best, least) = (self, Double.infinity)
    for _ in 0..<Self.mostTurns {
      let intruders = intruders(of: pair, in: labels)
      let reached = intruders.reduce(0) { $0 + pow(height(of: $1).height, 2) }
      if reached < least { (best, least) = (self, reached) }
      guard reached > 0 else { break }
      turn(to: places + intruders, weights + intruders.map { _ in weight })
    }
    self = best
  }

  /// Least squares of the heights of the faces over the plane.
  private mutating func turn(to places: [SIMD3<Double>], _ weights: [Double]) {
    var equations = NormalEquations(unknowns: 3)
    for (place, weight) in zip(places, weights) {
      let way = (place - center) / radius
      let root = weight.squareRoot()
      equations.add(
        root * SIMD8(1, dot(way, axes.u), dot(way, axes.v), 0, 0, 0, 0, 0),
        value: root * dot(way, normal))
    }
    guard let found = equations.solved()?.values else { return }
    center += found[0] * radius * normal
    let turned = normal - found[1] * axes.u - found[2] * axes.v
    normal = turned / length(turned)
    let u = axes.u - dot(axes.u, normal) * normal
    axes = (u / length(u), cross(normal, u / length(u)))
  }

  /// The voxels of either object beyond the plane, by less than two layers and not far from the axis of the wall.
  private func intruders(
    of pair: (front: UInt32, back: UInt32), in labels: Volume<UInt32>
  ) -> [SIMD3<Double>] {
    let grid = labels.grid
    let reach = Self.surroundings * radius + step
    let middle = (center - grid.origin) / grid.spacing
    let lower = pointwiseMax(SIMD3<Int>((middle - reach / grid.spacing).rounded(.down)), .zero)
    let upper = pointwiseMin(
      SIMD3<Int>((middle + reach / grid.spacing).rounded(.up)), grid.size &- 1)
    var found: [SIMD3<Double>] = []
    guard all(lower .<= upper) else { return [] }
    for z in lower.z...upper.z {
      for y in lower.y...upper.y {
        for x in lower.x...upper.x {
          let label = labels.voxels[grid.offset(x, y, z)]
          guard label == pair.front || label == pair.back else { continue }
          let place = grid.world(SIMD3(Double(x), Double(y), Double(z)))
          let (height, square) = self.height(of: place)
          guard (height < 0) == (label == pair.front), abs(height) < 2 * step,
            square < reach * reach
          else { continue }
          found.append(place)
        }
      }
    }
    return found
  }

  /// The mean square of the heights of the faces.
  private func misfit(_ places: [SIMD3<Double>], _ weights: [Double]) -> Double {
    var sums = SIMD2<Double>.zero
    for (place, weight) in zip(places, weights) {
      let off = height(of: place).height
      sums += weight * SIMD2(off * off, 1)
    }
    return sums.x / sums.y
  }

  /// The perimeter of the ellipse with the second moments of the wall over that of the disc of its area.
  private func elongation(_ places: [SIMD3<Double>], _ weights: [Double]) -> Double {
    var moments = SIMD3<Double>.zero
    for (place, weight) in zip(places, weights) {
      let (u, v) = (dot(place - center, axes.u), dot(place - center, axes.v))
      moments += weight * SIMD3(u * u, u * v, v * v)
    }
    let mean = (moments.x + moments.z) / 2
    let difference = (moments.x - moments.z) / 2
    let spread = (difference * difference + moments.y * moments.y).squareRoot()
    let ratio = ((mean + spread) / max(mean - spread, mean / 100)).squareRoot()
    return ((ratio + 1 / ratio) / 2).squareRoot()
  }
}

extension TriangleMesh {
  fileprivate func center(of triangle: Triangle) -> SIMD3<Double> {
    let corners = [triangle.a, triangle.b, triangle.c]
    return corners.reduce(.zero) { $0 + SIMD3<Double>(positions[Int($1)]) } / 3
  }
}
