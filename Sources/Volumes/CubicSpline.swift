/// A field between its voxels: the cubic B-spline that passes through every one of them.
///
/// Twice continuously differentiable, so that normals and curvatures of its level sets are those of
/// the field and not of a mesh. Unser 1999, doi:10.1109/79.799930.
@safe public struct CubicSpline: Sendable {
  /// Coefficients of the box and of ``apron`` mirrored ones around it, x fastest.
  private let coefficients: Volume<Float>
  /// The index in the field of the first coefficient.
  private let first: SIMD3<Int>
  private let spacing: SIMD3<Double>
  private let origin: SIMD3<Double>

  /// Coefficients beyond the box on every side, so that no evaluation inside needs a mirror.
  private static let apron = 2
  /// Voxels around a box that are taken in as well. What lies farther away counts less than 2 %, and
  /// beyond the box the field is mirrored, so that only its difference to that counts.
  private static let margin = 3

  /// The spline of a whole field.
  public init(_ field: Volume<Float>) throws(VolumeError) {
    try self.init(field, lower: .zero, upper: field.grid.size &- 1)
  }

  /// The spline of a field in a box, both corners of which belong to it. What reaches beyond the field
  /// is left out.
  public init(
    _ field: Volume<Float>, lower: SIMD3<Int>, upper: SIMD3<Int>
  ) throws(VolumeError) {
    let grid = field.grid
    let low = pointwiseMax(lower &- Self.margin, .zero)
    let size = pointwiseMin(upper &+ Self.margin, grid.size &- 1) &- low &+ 1
    let samples = try Self.filtered(field, from: low, size: size)
    first = low &- Self.apron
    spacing = grid.spacing
    origin = grid.origin
    coefficients = try Self.surrounded(samples)
  }

  private static func filtered(
    _ field: Volume<Float>, from low: SIMD3<Int>, size: SIMD3<Int>
  ) throws(VolumeError) -> Volume<Float> {
    var samples = try Volume<Float>(grid: Grid(size: size))
    var target = samples.mutableVoxels
    let plane = size.x * size.y
    for z in 0..<size.z {
      filterRows(of: field, from: low &+ SIMD3(0, 0, z), size, into: &target, at: z * plane)
      for pole in SplinePole.cubic {
        pole.filter(&target, from: z * plane, count: size.y, stride: size.x, lanes: size.x)
      }
    }
    for pole in SplinePole.cubic {
      pole.filter(&target, from: 0, count: size.z, stride: plane, lanes: plane)
    }
    return samples
  }

  /// Filters a plane of the field along x, all rows side by side: within one row every sample waits for the last.
  private static func filterRows(
    of field: Volume<Float>, from low: SIMD3<Int>, _ size: SIMD3<Int>,
    into target: inout MutableSpan<Float>, at first: Int
  ) {
    var columns = [Float](repeating: 0, count: size.x * size.y)
    var lanes = columns.mutableSpan
    for y in 0..<size.y {
      let start = field.grid.offset(low.x, low.y + y, low.z)
      let row = field.voxels.extracting(start..<start + size.x)
      for x in row.indices { lanes[x * size.y + y] = row[x] }
    }
    for pole in SplinePole.cubic {
      pole.filter(&lanes, from: 0, count: size.x, stride: size.y, lanes: size.y)
    }
    for y in 0..<size.y {
      for x in 0..<size.x { target[first + y * size.x + x] = lanes[x * size.y + y] }
    }
  }

  private static func surrounded(_ samples: Volume<Float>) throws(VolumeError) -> Volume<Float> {
    let inner = samples.grid.size
    let size = inner &+ 2 * apron
    var coefficients = try Volume<Float>(grid: Grid(size: size))
    var target = coefficients.mutableVoxels
    let source = samples.voxels
    for z in 0..<size.z {
      for y in 0..<size.y {
        let from = samples.grid.offset(
          0, mirrored(y - apron, count: inner.y), mirrored(z - apron, count: inner.z))
        let to = (z * size.y + y) * size.x
        for x in 0..<size.x { target[to + x] = source[from + mirrored(x - apron, count: inner.x)] }
      }
    }
    return coefficients
  }

  /// Value, gradient and second derivatives at a point of the world, which must be finite and lie in
  /// the box or near to it: farther away they are those of the polynomial of the nearest cell.
  @inline(__always)
  public func jet(at point: SIMD3<Double>) -> Jet {
    let place = place(of: point)
    let (x, y, z) = (Weights(place.t.x), Weights(place.t.y), Weights(place.t.z))
    // Sums over y and z, by the order of the derivative along each.
    var (a, ay, ayy) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
    var (az, ayz, azz) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
    for k in 0..<4 {
      var (row, rowY, rowYY) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
      for j in 0..<4 {
        let four = fourCoefficients(place.index, j, k)
        row += four * y.value[j]
        rowY += four * y.slope[j]
        rowYY += four * y.bend[j]
      }
      a += row * z.value[k]
      ay += rowY * z.value[k]
      ayy += rowYY * z.value[k]
      az += row * z.slope[k]
      ayz += rowY * z.slope[k]
      azz += row * z.bend[k]
    }
    func along(_ sums: SIMD4<Float>, _ weights: SIMD4<Float>) -> Double {
      Double((sums * weights).sum())
    }
    return Jet(
      value: along(a, x.value),
      gradient: SIMD3(along(a, x.slope), along(ay, x.value), along(az, x.value)) / spacing,
      squares: SIMD3(along(a, x.bend), along(ayy, x.value), along(azz, x.value))
        / (spacing * spacing),
      mixed: SIMD3(along(ayz, x.value), along(az, x.slope), along(ay, x.slope))
        / SIMD3(spacing.y * spacing.z, spacing.x * spacing.z, spacing.x * spacing.y))
  }

  /// The first of the four coefficients along each axis that shape the cell of a point, and how far
  /// along the cell the point is.
  @inline(__always)
  private func place(of point: SIMD3<Double>) -> (index: SIMD3<Int>, t: SIMD3<Float>) {
    let position = (point - origin) / spacing - SIMD3<Double>(first)
    let last = SIMD3<Double>(coefficients.grid.size &- 3)
    let cell = pointwiseMin(pointwiseMax(position.rounded(.down), .one), last)
    // Lane by lane: the conversion of a whole vector goes the long way round.
    let index = SIMD3(Int(cell.x), Int(cell.y), Int(cell.z)) &- 1
    return (index, SIMD3<Float>(position - cell))
  }

  @inline(__always)
  private func fourCoefficients(_ index: SIMD3<Int>, _ j: Int, _ k: Int) -> SIMD4<Float> {
    let offset = coefficients.grid.offset(index.x, index.y + j, index.z + k)
    // SAFETY: the index is at most the size minus 4 along each axis, and j and k are at most 3.
    return unsafe coefficients.loadFour(at: offset)
  }
}

extension CubicSpline {
  /// A value with its first and second derivatives, in units of the world.
  public struct Jet: Sendable {
    public let value: Double
    public let gradient: SIMD3<Double>
    /// The second derivatives xx, yy, zz.
    public let squares: SIMD3<Double>
    /// The second derivatives yz, xz, xy.
    public let mixed: SIMD3<Double>

    /// The matrix of second derivatives times a vector.
    @inline(__always)
    func secondDerivatives(along v: SIMD3<Double>) -> SIMD3<Double> {
      let m = mixed
      return squares * v
        + SIMD3(m.z * v.y + m.y * v.z, m.z * v.x + m.x * v.z, m.y * v.x + m.x * v.y)
    }
  }
}

/// The four weights of a cubic B-spline at a place in its cell, and those of its derivatives.
private struct Weights {
  let value: SIMD4<Float>
  let slope: SIMD4<Float>
  let bend: SIMD4<Float>

  @inline(__always)
  init(_ t: Float) {
    let u = 1 - t
    value =
      SIMD4(u * u * u, (3 * t - 6) * t * t + 4, (3 * u - 6) * u * u + 4, t * t * t) * (1 / 6)
    slope = SIMD4(-u * u, (3 * t - 4) * t, (4 - 3 * u) * u, t * t) * 0.5
    bend = SIMD4(u, 3 * t - 2, 3 * u - 2, t)
  }
}

extension Volume where Element == Float {
  /// Four voxels in a row. The caller vouches that they lie inside of the volume.
  @unsafe @inline(__always)
  fileprivate func loadFour(at offset: Int) -> SIMD4<Float> {
    unsafe UnsafeRawPointer(base + offset).loadUnaligned(as: SIMD4<Float>.self)
  }
}
