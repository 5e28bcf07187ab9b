internal import LibC
internal import Volumes

/// What happens to the volume of a closed part that is smoothed.
public enum VolumeRule: Sendable, Hashable {
  /// It becomes what the method makes of it.
  case free
  /// It is restored by moving every vertex by one and the same distance along its normal.
  case keptAlongNormals
  /// It is restored by scaling the part about its centroid.
  case keptByScaling
}

extension TriangleMesh {
  /// Gives a closed part that was smoothed the centroid of what it was again and, by the rule, its volume.
  ///
  /// Where smoothing leaves hardly anything of a coarse part, what a volume as before makes of that is larger than the part
  /// was. Then the part goes a half of the way only, or a quarter, and so on, until its area is no more than a hundredth larger.
  mutating func restoreSolid(of original: TriangleMesh, _ rule: VolumeRule) {
    let (volume, center) = original.solid
    if rule != .free {
      let largest = 1.01 * original.surfaceArea
      let smoothed = positions
      let isKept = (0..<10).contains { halvings in
        let share = Float(sign: .plus, exponent: -halvings, significand: 1)
        if halvings > 0 {
          positions = zip(original.positions, smoothed).map { $0 + ($1 - $0) * share }
        }
        return restoreVolume(volume, rule) && surfaceArea <= largest
      }
      if !isKept { positions = original.positions }
    }
    let shift = SIMD3<Float>(center - centroid)
    for vertex in positions.indices { positions[vertex] += shift }
  }

  /// Where there is too little for a common distance along the normals, the part is scaled; `false` where that is too little, too.
  private mutating func restoreVolume(_ volume: Double, _ rule: VolumeRule) -> Bool {
    let inflated = rule == .keptAlongNormals ? inflated(toVolume: volume) : nil
    guard let restored = inflated ?? scaled(toVolume: volume) else { return false }
    positions = restored
    return true
  }

  private func scaled(toVolume target: Double) -> [SIMD3<Float>]? {
    let (volume, center) = solid
    let factor = target / volume
    // Beyond this the shape is one of rounding errors.
    guard factor > 0, factor < 1e9 else { return nil }
    let scale = cbrt(factor)
    return positions.map { SIMD3<Float>(center + (SIMD3<Double>($0) - center) * scale) }
  }

  /// All vertices moved along their normals by one distance, so that the volume becomes as given; `nil`
  /// where that distance is no longer small against the size of the part.
  private func inflated(toVolume target: Double) -> [SIMD3<Float>]? {
    let normals = vertexNormals()
    let coefficients = volumePolynomial(moving: normals)
    var distance = 0.0
    var missing = target - coefficients.x
    for _ in 0..<8 {
      let slopes = SIMD4(0, 1, 2 * distance, 3 * distance * distance)
      let slope = (coefficients * slopes).sum()
      guard slope > 0 else { return nil }
      distance += missing / slope
      let powers = SIMD4(1, distance, distance * distance, distance * distance * distance)
      missing = target - (coefficients * powers).sum()
    }
    let size = cbrt(abs(target))
    guard abs(distance) < size / 4, abs(missing) < 1e-9 * abs(target) else { return nil }
    return zip(positions, normals).map { $0 + SIMD3<Float>(distance * $1) }
  }

  /// The volume when all vertices move along their normals by one distance, which is a cubic polynomial of
  /// it: the coefficients from the constant up.
  private func volumePolynomial(moving normals: [SIMD3<Double>]) -> SIMD4<Double> {
    let apex = corners(triangles[0]).0
    let sums = Parallel.map(pieces) { piece in
      sum(piece) { triangle in
        let (a, b, c) = corners(triangle)
        let (p, q, r) = (a - apex, b - apex, c - apex)
        let (u, v, w) = (
          normals[Int(triangle.a)], normals[Int(triangle.b)], normals[Int(triangle.c)]
        )
        let (flat, tilted) = (cross(q, r), cross(q, w) + cross(v, r))
        let bent = cross(v, w)
        return SIMD4(
          dot(p, flat), dot(u, flat) + dot(p, tilted), dot(u, tilted) + dot(p, bent), dot(u, bent))
      }
    }
    return sums.reduce(.zero, +) / 6
  }
}
