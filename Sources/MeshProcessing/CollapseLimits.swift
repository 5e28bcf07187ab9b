/// How far collapses may change a surface: by a distance, and in area.
struct CollapseLimits {
  /// In units of the mesh.
  private let maximumDistance: Double
  /// In square units.
  private let maximumAreaChange: Double
  /// How far the surface around every vertex may have moved so far, at most: moves add up.
  private(set) var moved: [Double] = []
  private(set) var areaChange = 0.0

  /// Without finite bounds nothing is measured.
  init(maximumDistance: Double, maximumAreaChange: Double) {
    self.maximumDistance = maximumDistance
    self.maximumAreaChange = maximumAreaChange
  }

  var boundDistance: Bool { maximumDistance < .infinity }

  /// These limits for a surface that has used up a part of them already.
  func applied(to surface: SurfaceInProgress) -> CollapseLimits {
    var limits = self
    limits.moved = surface.moved
    limits.areaChange = surface.areaChange
    return limits
  }

  /// The limits of a piece of the surface: a share of the change of area, and the same distance.
  func piece(share: Double) -> CollapseLimits {
    CollapseLimits(
      maximumDistance: maximumDistance, maximumAreaChange: maximumAreaChange * share)
  }

  /// Whether (u, v) may move to a point; if so, takes note of it.
  mutating func permit(
    _ u: Int, _ v: Int, to target: SIMD3<Double>, _ star: EdgeStar, _ mesh: CollapsibleMesh
  ) -> Bool {
    var newAreaChange = areaChange
    if maximumAreaChange < .infinity {
      newAreaChange += star.areaChange(movingTo: target, in: mesh)
      // The way back is always open.
      guard abs(newAreaChange) <= max(maximumAreaChange, abs(areaChange)) else { return false }
    }
    if boundDistance {
      let distance = max(moved[u], moved[v]) + distanceMoved(u, v, to: target, star, mesh)
      guard distance <= maximumDistance else { return false }
      note(distance, v, star)
    }
    areaChange = newAreaChange
    return true
  }

  /// How far a collapse moves the surface, at most: the target from the planes of the triangles that
  /// were there, and the old ends from the planes of those that come.
  private func distanceMoved(
    _ u: Int, _ v: Int, to target: SIMD3<Double>, _ star: EdgeStar, _ mesh: CollapsibleMesh
  ) -> Double {
    var distance = 0.0
    for fin in star.fins {
      let height = dot(fin.normal, target - fin.apex)
      distance = max(distance, abs(height) / max(length(fin.normal), .leastNormalMagnitude))
      let p = mesh.positions[Int(fin.first)]
      let after = cross(p - target, mesh.positions[Int(fin.second)] - p)
      let norm = max(length(after), .leastNormalMagnitude)
      distance = max(distance, abs(dot(after, mesh.positions[u] - target)) / norm)
      distance = max(distance, abs(dot(after, mesh.positions[v] - target)) / norm)
    }
    return distance
  }

  /// Whatever part of a triangle moves, all three of its vertices answer for it.
  private mutating func note(_ distance: Double, _ v: Int, _ star: EdgeStar) {
    moved[v] = distance
    for fin in star.fins {
      moved[Int(fin.first)] = max(moved[Int(fin.first)], distance)
      moved[Int(fin.second)] = max(moved[Int(fin.second)], distance)
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
