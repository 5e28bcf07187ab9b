import MeshProcessing
import Reconstruction
import Testing
import Volumes

@Suite("Caps at the border of the image") struct BorderCapTests {
  /// A block of 4 x 5 x 6 voxels in the corner of an image, cut by three sides.
  private func block(spacing: SIMD3<Double>) throws -> Volume<Float> {
    let grid = Grid(size: SIMD3(8, 9, 10), spacing: spacing, origin: SIMD3(-3, 2, 50))
    var field = try Volume<Float>(grid: grid)
    var voxels = field.mutableVoxels
    for z in 0..<6 {
      for y in 0..<5 { for x in 0..<4 { voxels[grid.offset(x, y, z)] = 1 } }
    }
    return field
  }

  @Test func openSurfaceEndsAtTheOutermostCentres() throws {
    let field = try block(spacing: SIMD3(1, 0.5, 2))
    let closed = field.isosurface(at: 0.5)
    let open = closed.opened(at: field.grid)
    #expect(closed.topology().isWatertight)
    #expect(open.topology().boundaryEdgeCount > 0)
    #expect(open.topology().eulerNumber == 1)
    let bounds = try #require(open.bounds)
    #expect(all(bounds.min .== SIMD3(-3, 2, 50)))
    // Nothing is lost away from the border: the three other faces, less half a voxel each.
    let expected = (3.5 * 4.5 * 0.5) + (3.5 * 5.5 * 2) + (4.5 * 5.5 * 0.5 * 2)
    #expect((0.9 * expected...expected).contains(open.surfaceArea))
  }

  @Test func surfaceAwayFromTheBorderStaysAsItIs() throws {
    let grid = Grid(size: SIMD3(repeating: 5))
    var field = try Volume<Float>(grid: grid)
    var voxels = field.mutableVoxels
    voxels[grid.offset(2, 2, 2)] = 1
    let mesh = field.isosurface(at: 0.5)
    #expect(mesh.opened(at: grid) == mesh)
  }
}

@Suite struct SurfaceNormalsTests {
  /// The distance to a point falls off along the radius, on every spacing.
  @Test(arguments: [SIMD3(1.0, 1, 1), SIMD3(0.5, 1, 2)])
  func normalsOfABallPointOutwards(spacing: SIMD3<Double>) throws {
    let grid = Grid(
      size: SIMD3(SIMD3(24, 24, 24) / spacing, rounding: .up), spacing: spacing,
      origin: SIMD3(-12, -12, -12))
    var field = try Volume<Float>(grid: grid)
    var voxels = field.mutableVoxels
    for i in voxels.indices {
      let place = grid.world(SIMD3<Double>(grid.index(of: i)))
      voxels[i] = Float(10 - (place * place).sum().squareRoot())
    }
    let mesh = field.isosurface(at: 0)
    let normals = field.surfaceNormals(at: mesh.positions)
    for (position, normal) in zip(mesh.positions, normals) {
      let radial = position / (position * position).sum().squareRoot()
      #expect((normal * radial).sum() > 0.998)
    }
  }

  @Test func flatFieldHasNoNormals() throws {
    let field = try Volume<Float>(grid: Grid(size: SIMD3(2, 1, 3)))
    #expect(field.surfaceNormals(at: [SIMD3(0.5, 0, 1)]) == [.zero])
  }
}
