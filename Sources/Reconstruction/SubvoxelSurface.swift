public import MeshProcessing
package import Volumes

/// A level set of a blurred field, moved back to where it was before the blur.
///
/// A Gaussian blur moves a surface towards its centre of curvature: a sphere of 8 voxels in radius, seen
/// through a blur of 1.5, is 10 % too small. By how much is known from the blur and from the curvature
/// of the blurred surface, and undone:
///
///      marching cubes ─▶ vertices onto the spline's level set ─▶ curvature there ─▶ outwards by d
///
/// with d of ``LevelSetShape/shift(byBlurOf:)``. What is measured is the surface through these vertices
/// with its facets curved, so that neither the blur nor the flat facets of a mesh bias its area and volume.
public struct SubvoxelSurface: Sendable {
  /// The surface of marching cubes, every vertex at its place: for viewers.
  public let mesh: TriangleMesh
  /// The same surface for measurements. It has four times the facets where ``Sampling/edges`` was asked for.
  public let curved: CurvedMesh
  /// The part of the vertices where the blur is more than half as wide as the smaller radius of
  /// curvature, so that its effect is not known well. From 0 to 1.
  public let unresolvedFraction: Double
  /// How well area and integral of H are known, relative to them, because the blur is undone as if the
  /// curvature did not change along the surface: the mean of H d (sigma k)³, which is of the order of what
  /// is left out.
  public let seriesError: Double
  /// What the volume loses when the level rises by one grey value, in cubic units: the integral of
  /// 1 / steepness.
  public let volumePerLevel: Double
  /// What the area loses when the level rises by one grey value, in square units: the integral of
  /// 2 H / steepness.
  public let areaPerLevel: Double

  /// The surface of everything above a level in a noisy field.
  /// - Parameter blurVariance: Of all that blurred the field, along x, y, z, in square units.
  package init(
    of field: Volume<Float>, level: Double, blurVariance: SIMD3<Double>
  ) throws(VolumeError) {
    self.init(
      of: Territory(field: field, level: Float(level)), grid: field.grid, level: level,
      spline: try CubicSpline(field), blurVariance: blurVariance, sampling: .edges,
      parts: .largest, shiftScale: Self.shiftScale(on: field.grid))
  }

  /// How far shifts are smoothed in a noisy field, in units.
  static func shiftScale(on grid: Grid) -> Double { 1.5 * grid.spacing.min() }

  /// Where the level set is sampled.
  enum Sampling {
    /// At the vertices of marching cubes: enough for a smooth field, and for the mask of an object.
    case vertices
    /// At the middles of the edges as well: vertices alone lie on lines of the lattice and sample noise
    /// unevenly.
    case edges
  }

  /// What to keep of a surface in several parts.
  enum Parts {
    case all
    /// The part that encloses the largest volume.
    case largest
  }

  /// The surface of one object within its territory.
  /// - Parameter shiftScale: How far along the surface the shifts that undo the blur are smoothed, in units.
  ///   Noise in the curvature would roughen the surface. 0 for a field without noise.
  init(
    of territory: Territory, grid: Grid, level: Double, spline: CubicSpline,
    blurVariance: SIMD3<Double>, sampling: Sampling, parts: Parts = .all,
    shiftScale: Double = 0
  ) {
    var crude = MarchingCubes.surface(of: territory)
    if parts == .largest { crude.keepLargestPart() }
    let placement = LevelSetPlacement(
      spline: spline, level: level, blurVariance: blurVariance, reach: grid.spacing.min() / 2)
    let unplaced = crude.mesh
    var points = PlacedPoints(crude.positions, crude.isOnLevelSet, placement)
    if shiftScale > 0 { points.smoothShifts(over: shiftScale, on: unplaced) }
    mesh = unplaced.moved(to: points.positions)
    switch sampling {
    case .vertices: curved = CurvedMesh(mesh: mesh, normals: points.normals)
    case .edges:
      let fine = MidpointSubdivision(unplaced)
      points.addMiddles(fine.ends, placement, withShiftsOfEnds: shiftScale > 0)
      curved = CurvedMesh(mesh: fine.mesh.moved(to: points.positions), normals: points.normals)
    }
    unresolvedFraction = points.unresolvedFraction
    seriesError = points.seriesError
    let area = mesh.surfaceArea
    volumePerLevel = area * points.meanFlatness
    areaPerLevel = area * points.meanBend
  }

  private init(_ surface: SubvoxelSurface, mesh: TriangleMesh, curved: CurvedMesh) {
    self.mesh = mesh
    self.curved = curved
    unresolvedFraction = surface.unresolvedFraction
    seriesError = surface.seriesError
    volumePerLevel = surface.volumePerLevel
    areaPerLevel = surface.areaPerLevel
  }

  /// The surface with every vertex that has a normal moved along it by the same distance, in units.
  func offset(by distance: Double) -> SubvoxelSurface {
    var (mesh, fine) = (mesh, curved.mesh)
    for vertex in fine.positions.indices {
      fine.positions[vertex] += Float(distance) * curved.normals[vertex]
      if vertex < mesh.positions.count { mesh.positions[vertex] = fine.positions[vertex] }
    }
    return SubvoxelSurface(
      self, mesh: mesh, curved: CurvedMesh(mesh: fine, normals: curved.normals))
  }
}

/// How a point near to a level set comes to lie on it, and from there to where the surface was.
private struct LevelSetPlacement {
  let spline: CubicSpline
  let level: Double
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
private struct PlacedPoints {
  /// Where each one lies on the level set of the blurred field, or where it stays.
  private var onLevelSet: [SIMD3<Double>] = []
  /// Zero for a point that stays.
  private(set) var normals: [SIMD3<Float>] = []
  private var shifts: [Float] = []
  private(set) var unresolvedFraction = 0.0
  private(set) var seriesError = 0.0
  /// The mean of 1 / steepness.
  private(set) var meanFlatness = 0.0
  /// The mean of 2 H / steepness.
  private(set) var meanBend = 0.0

  init(_ positions: [SIMD3<Float>], _ isOnLevelSet: [Bool], _ placement: LevelSetPlacement) {
    for (position, isOnLevelSet) in zip(positions, isOnLevelSet) {
      let start = SIMD3<Double>(position)
      guard isOnLevelSet, let placed = placement.place(start) else {
        stay(start)
        continue
      }
      append(placed, shift: placed.shift)
      let roughness = placement.squaredRoughness(placed.shape)
      if roughness > 0.25 { unresolvedFraction += 1 }
      seriesError +=
        abs(placed.shape.meanCurvature * placed.shift) * min(roughness * roughness.squareRoot(), 1)
      meanFlatness += 1 / placed.shape.steepness
      meanBend += 2 * placed.shape.meanCurvature / placed.shape.steepness
    }
    let count = Double(max(1, positions.count))
    unresolvedFraction /= count
    seriesError /= count
    meanFlatness /= count
    meanBend /= count
  }

  /// Smooths the shifts along the surface.
  ///
  /// Twice, and the second time what the first has taken away is given back (Tukey's twicing), so that waves
  /// longer than a few scales stay what they are.
  mutating func smoothShifts(over scale: Double, on mesh: TriangleMesh) {
    let fans = VertexFans(mesh)
    let squares = mesh.triangles.reduce(0.0) {
      let (a, b, _) = mesh.corners($1)
      return $0 + dot(b - a, b - a)
    }
    let meanSquaredEdge = squares / Double(max(1, mesh.triangles.count))
    let once = smoothed(shifts, over: scale, fans, meanSquaredEdge)
    let twice = smoothed(once, over: scale, fans, meanSquaredEdge)
    shifts = zip(once, twice).map { 2 * $0 - $1 }
  }

  private func smoothed(
    _ values: [Float], over scale: Double, _ fans: VertexFans, _ meanSquaredEdge: Double
  ) -> [Float] {
    // A point that stays has nothing to give.
    var held = zip(values, normals).map { SIMD4($0, $1 == .zero ? 0 : 1, 0, 0) }
    held.spread(over: scale, fans, meanSquaredEdge: meanSquaredEdge)
    return held.map { $0.y > 0 ? $0.x / $0.y : 0 }
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

extension TriangleMesh {
  fileprivate func moved(to positions: [SIMD3<Float>]) -> TriangleMesh {
    TriangleMesh(positions: positions, triangles: triangles)
  }
}
