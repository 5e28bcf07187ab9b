internal import MeshProcessing
internal import Volumes

/// A level set of a blurred field whose points are being moved to where the surface was before the blur.
struct PlacedSurface {
  private let unplaced: TriangleMesh
  private let isOnLevelSet: [Bool]
  /// What the points stand for, in square units.
  private let areas: [Double]
  private let smoothing: ShiftSmoothing?
  private var placement: LevelSetPlacement
  private var points: PlacedPoints
  /// What the shifts lack, in units, before it is smoothed as they are.
  private var corrections: [Float]

  /// - Parameter shiftScale: How far along the surface the shifts that undo the blur are smoothed, in units.
  ///   Noise in the curvature would roughen the surface. `nil` for a field without noise.
  init(
    _ marched: MarchedSurface, _ placement: LevelSetPlacement, shiftScale: Double? = nil
  ) {
    unplaced = marched.mesh
    isOnLevelSet = marched.isOnLevelSet
    areas = marched.mesh.vertexAreas()
    self.placement = placement
    smoothing = shiftScale.map { [unplaced] in ShiftSmoothing(on: unplaced, scale: $0) }
    corrections = Array(repeating: 0, count: marched.positions.count)
    points = PlacedPoints(marched.positions, isOnLevelSet, placement)
    if let smoothing { points.smoothShifts(smoothing) }
  }

  /// How a picture of the surface, half of the contrast being 0.5, differs from the field at the points on the level set.
  func mismatch(with picture: CubicSpline) -> PlacedPoints.Mismatch {
    points.mismatch(with: picture, reach: placement.reach / 2, weights: areas)
  }

  /// Moves all points to the level set at a level near by, and from there to where the surface looks like the field.
  mutating func match(_ mismatch: PlacedPoints.Mismatch, at level: Double) {
    for point in corrections.indices { corrections[point] += mismatch.lacks[point] }
    placement.level = level
    points = PlacedPoints(points.onLevelSet.map { SIMD3<Float>($0) }, isOnLevelSet, placement)
    points.shift(by: corrections)
    if let smoothing { points.smoothShifts(smoothing) }
  }

  /// How much of the level set is near to every voxel.
  func levelSetDensity(on grid: Grid) throws(VolumeError) -> Volume<Float> {
    try points.density(on: grid, weights: areas)
  }

  /// The surface as it is.
  func surface(_ sampling: SubvoxelSurface.Sampling) -> SubvoxelSurface {
    let mesh = unplaced.moved(to: points.positions)
    guard sampling == .edges else {
      return SubvoxelSurface(mesh: mesh, curved: curved(mesh, points), points: points)
    }
    let fine = MidpointSubdivision(unplaced)
    var points = points
    points.addMiddles(fine.ends, placement, withShiftsOfEnds: smoothing != nil)
    return SubvoxelSurface(
      mesh: mesh, curved: curved(fine.mesh.moved(to: points.positions), points), points: points)
  }

  /// A mesh of the moved points with the normals of the moved surface: where shifts differ from point to point, the
  /// surface turns as it is moved, by what the normals of the mesh turn. (The staircase of a mask is known by the normals
  /// of the level set, and these stay.)
  private func curved(_ moved: TriangleMesh, _ points: PlacedPoints) -> CurvedMesh {
    guard smoothing != nil else { return CurvedMesh(mesh: moved, normals: points.normals) }
    let after = moved.vertexNormals()
    let before = moved.moved(to: points.onLevelSet.map { SIMD3<Float>($0) }).vertexNormals()
    let turned = points.normals.indices.map { point -> SIMD3<Float> in
      let normal = points.normals[point]
      guard normal != .zero else { return normal }
      let sum = SIMD3<Double>(normal) + after[point] - before[point]
      return SIMD3<Float>(sum / (sum * sum).sum().squareRoot())
    }
    return CurvedMesh(mesh: moved, normals: turned)
  }
}

extension TriangleMesh {
  fileprivate func moved(to positions: [SIMD3<Float>]) -> TriangleMesh {
    TriangleMesh(positions: positions, triangles: triangles)
  }
}
