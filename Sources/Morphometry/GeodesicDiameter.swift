public import Volumes

/// The longest of the shortest ways between two voxels of an object that stay inside of it.
///
/// From one end of the longest straight distance to the voxel that is farthest by ways inside, and from there to the farthest: exact for convex
/// solids and for slender ones without branches; of others there may be a longer way. Around
/// bends ways are up to 2 % too long. See `GeodesicDistances` for the ways. Lantuéjoul &
/// Beucher 1981, doi:10.1111/j.1365-2818.1981.tb01197.x.
public struct GeodesicDiameter: Sendable, Hashable {
  /// Between centres of voxels, in units; NaN where the object does not hang together by corners, and where its box has more than
  /// two thousand million voxels.
  public let centerDistance: Double
  /// How much less the largest straight distance between centres of voxels is, in units.
  public let detour: Double

  public init(_ object: LabelObject, in labels: LabelVolume) {
    let spacing = labels.grid.spacing
    let straight = FarthestPair(
      among: labels.rowEnds(of: object).map { SIMD3<Double>($0) * spacing })
    let box = ObjectBox(object, in: labels, margin: 1)
    let surface = box.surface
    let end = SIMD3<Int>((straight.first / spacing).rounded(.toNearestOrEven)) &+ 1
    guard box.isInside.count < Int(Int32.max),
      let there = Self.longest(from: box.number(of: end), in: box, surface),
      let back = Self.longest(from: there.end, in: box, surface)
    else {
      (centerDistance, detour) = (.nan, .nan)
      return
    }
    // The way between the ends of the straight distance is no shorter than that.
    centerDistance = max(there.length, back.length, straight.distance)
    detour = centerDistance - straight.distance
  }

  /// The way to the voxel that is farthest from one; `nil` where there is none to a voxel of the object.
  private static func longest(
    from start: Int, in box: ObjectBox, _ surface: [Int]
  ) -> (end: Int, length: Double)? {
    let distances = GeodesicDistances(from: start, in: box, surface: surface)
    let (end, distance) = distances.farthest
    guard distance.isFinite else { return nil }
    return (end, TautWay(along: distances.way(to: end), in: box).length)
  }
}

extension ObjectBox {
  /// The voxels with a face to the outside.
  fileprivate var surface: [Int] {
    let offsets = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)].map { number(of: $0) }
    return voxels.filter { voxel in
      offsets.contains { !isInside[voxel + $0] || !isInside[voxel - $0] }
    }
  }
}
