public import Volumes

/// The longest of the shortest ways between two voxels of an object that stay inside of it.
///
/// From one end of the longest straight distance to the voxel that is farthest by ways inside, and from there to the farthest: exact for convex
/// solids and for slender ones without branches; of others there may be a longer way. Around
/// bends ways are up to 2 % too long. See `GeodesicDistances` for the ways. Lantuéjoul &
/// Beucher 1981, doi:10.1111/j.1365-2818.1981.tb01197.x.
public struct GeodesicDiameter: Sendable, Hashable {
  /// Between centres of voxels, in units; NaN where the object does not hang together by corners.
  public let centerDistance: Double
  /// How much less the largest straight distance between centres of voxels is, in units.
  public let detour: Double

  public init(_ object: LabelObject, in labels: LabelVolume) {
    let box = ObjectBox(object, in: labels, margin: 1)
    let spacing = labels.grid.spacing
    let straight = FarthestPair(
      among: labels.rowEnds(of: object).map { SIMD3<Double>($0) * spacing })
    let end = SIMD3<Int>((straight.first / spacing).rounded(.toNearestOrEven)) &+ 1
    let start = box.number(of: end)
    let surface = box.surface
    let there = GeodesicDistances(from: start, in: box, surface: surface)
    let back = GeodesicDistances(from: there.farthest.voxel, in: box, surface: surface)
    guard there.farthest.distance.isFinite else {
      (centerDistance, detour) = (.nan, .nan)
      return
    }
    let ways = [there, back].map {
      TautWay(along: $0.way(to: $0.farthest.voxel), in: box).length
    }
    // The way between the ends of the straight distance is no shorter than that.
    centerDistance = ways.reduce(straight.distance, max)
    detour = centerDistance - straight.distance
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
