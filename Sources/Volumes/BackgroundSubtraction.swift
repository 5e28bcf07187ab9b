extension GreyImage {
  /// The image without its background, after the sliding paraboloid: a paraboloid that fits a ball of
  /// the radius slides below the grey values, and what it cannot reach is what remains.
  ///
  /// The background is the grey opening with the paraboloid, which can be done along one axis after
  /// the other. One grey level counts as one voxel of the smallest spacing, as usual for the rolling
  /// ball; a dim background with strong shading needs a small radius. Never negative; beyond the border
  /// there is nothing.
  /// - Parameter radius: The radius of the ball in units of the grid; at least that of the largest
  ///   object.
  ///
  /// Sternberg 1983, doi:10.1109/MC.1983.1654163 (the rolling ball); van den Boomgaard 1992 (paraboloids).
  public func backgroundSubtracted(radius: Double) throws(VolumeError) -> Volume<Float> {
    precondition(radius > 0 && radius < .infinity, "a radius must be positive, got \(radius)")
    let rows = floatRows
    var background = try asFloats()
    // Height 1 is the smallest spacing: heights of x² / (2 r) in units become grey levels.
    let curvature = 1 / (2 * radius * grid.spacing.min())
    background.erodeByParaboloid(curvature: curvature, sign: 1)
    background.erodeByParaboloid(curvature: curvature, sign: -1)
    background.withDisjointWrites { target in
      Parallel.forEach(rows.grid.size.z) { z in
        let width = rows.grid.size.x
        unsafe withScratch(floats: width) { row in
          for y in 0..<rows.grid.size.y {
            unsafe rows.read(y, z, row)
            let result = unsafe target.base + rows.grid.offset(0, y, z)
            // SAFETY: every plane belongs to one piece of work.
            for x in 0..<width { unsafe result[x] = max(0, row[x] - result[x]) }
          }
        }
      }
    }
    return background
  }
}

extension Volume where Element == Float {
  /// The lower envelope of paraboloids that stand on all voxels; with sign -1 the upper envelope of
  /// those that hang from them, which is the dilation.
  fileprivate mutating func erodeByParaboloid(curvature: Double, sign: Double) {
    let (size, spacing) = (grid.size, grid.spacing)
    let stride = SIMD3(1, size.x, size.x * size.y)
    withDisjointWrites { target in
      for axis in 0..<3 {
        let (u, v) = ((axis + 1) % 3, (axis + 2) % 3)
        let scaled = curvature * spacing[axis] * spacing[axis]
        Parallel.forEach(size[v]) { outer in
          var envelope = ParabolaEnvelope(curvature: scaled, capacity: size[axis])
          for inner in 0..<size[u] {
            let start = unsafe target.base + (outer * stride[v] + inner * stride[u])
            envelope.removeAll()
            // SAFETY: every line along the axis belongs to one piece of work.
            for i in 0..<size[axis] {
              envelope.add(at: Double(i), height: sign * Double(unsafe start[i * stride[axis]]))
            }
            envelope.forEach(0..<size[axis]) { i, height in
              unsafe start[i * stride[axis]] = Float(sign * height)
            }
          }
        }
      }
    }
  }
}
