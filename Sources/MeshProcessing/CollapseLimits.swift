/// How far collapses may change a surface: by a distance, and in area.
struct CollapseLimits {
  /// In units of the mesh.
  private let maximumDistance: Double
  /// The surface that distances are kept from; `nil` where there is no bound.
  private let original: TriangleTree?
  /// What the positions are relative to.
  private let origin: SIMD3<Double>
  /// In square units.
  private let maximumAreaChange: Double
  private(set) var points = TrackedPoints([], triangleCount: 0)
  private(set) var areaChange = 0.0

  /// Without finite bounds nothing is measured.
  ///
  /// - Parameter original: The mesh before its first collapse.
  init(maximumDistance: Double, maximumAreaChange: Double, original: TriangleMesh) {
    self.init(
      maximumDistance, maximumAreaChange,
      maximumDistance < .infinity && !original.isEmpty ? TriangleTree(original) : nil,
      SurfaceInProgress.origin(of: original))
  }

  private init(
    _ maximumDistance: Double, _ maximumAreaChange: Double, _ original: TriangleTree?,
    _ origin: SIMD3<Double>
  ) {
    self.maximumDistance = maximumDistance
    self.maximumAreaChange = maximumAreaChange
    self.original = original
    self.origin = origin
  }

  var boundsDistance: Bool { original != nil }
  /// Whether there is any bound.
  var isBound: Bool { original != nil || maximumAreaChange < .infinity }

  /// These limits for a surface that has used up a part of them already.
  func applied(to surface: SurfaceInProgress) -> CollapseLimits {
    var limits = self
    limits.points = TrackedPoints(surface.points, triangleCount: surface.triangles.count)
    limits.areaChange = surface.areaChange
    return limits
  }

  /// The limits of a piece of a surface: a share of what is left of the change of area, and the same
  /// distance.
  func piece(share: Double, of surface: SurfaceInProgress) -> CollapseLimits {
    let left = max(0, maximumAreaChange - abs(surface.areaChange))
    return CollapseLimits(maximumDistance, left * share, original, origin)
  }

  /// Whether both ends of an edge may move to a point; if so, takes note of it.
  mutating func permit(
    _ star: EdgeStar, to target: SIMD3<Double>, in mesh: CollapsibleMesh
  ) -> Bool {
    var newAreaChange = areaChange
    if maximumAreaChange < .infinity {
      newAreaChange += star.areaChange(movingTo: target, in: mesh)
      // The way back is always open.
      guard abs(newAreaChange) <= max(maximumAreaChange, abs(areaChange)) else { return false }
    }
    if let original {
      guard points.stay(within: maximumDistance, of: star, movingTo: target, in: mesh),
        original.isNear(star, movedTo: target, in: mesh, origin: origin, within: maximumDistance)
      else { return false }
      points.follow(star)
    }
    areaChange = newAreaChange
    return true
  }
}

extension TriangleTree {
  /// Whether the new triangles of a star are near: at the new vertex, in the middle of their edges from there,
  /// and at their centres.
  fileprivate func isNear(
    _ star: EdgeStar, movedTo target: SIMD3<Double>, in mesh: CollapsibleMesh,
    origin: SIMD3<Double>, within distance: Double
  ) -> Bool {
    var near = 0
    func isNear(_ point: SIMD3<Double>) -> Bool {
      guard let found = triangle(within: distance, of: point + origin, guess: near) else {
        return false
      }
      near = found
      return true
    }
    return isNear(target)
      && star.fins.allSatisfy { fin in
        let (p, q) = (mesh.positions[Int(fin.first)], mesh.positions[Int(fin.second)])
        return isNear((target + p) / 2) && isNear((target + p + q) / 3)
      }
  }
}

extension EdgeStar {
  /// What moving both ends to a point adds to the area of the surface.
  fileprivate func areaChange(
    movingTo target: SIMD3<Double>, in mesh: CollapsibleMesh
  ) -> Double {
    var doubleArea = -removedDoubleArea
    for fin in fins {
      let p = mesh.positions[Int(fin.first)]
      doubleArea += length(cross(p - target, mesh.positions[Int(fin.second)] - p))
      doubleArea -= length(fin.normal)
    }
    return doubleArea / 2
  }
}
