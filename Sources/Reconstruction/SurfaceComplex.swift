public import MeshProcessing
internal import Volumes

/// The surfaces of all objects of a label image in one: every wall between two objects is there once.
///
/// The walls leave no gap and do not overlap, so that the volumes of the objects add up to that of all
/// of them together. Made by ``Volumes/Volume/surfaceNets(relaxations:)``.
public struct SurfaceComplex: Sendable, Hashable {
  /// All of the surface between two labels, in one piece or several.
  public struct Wall: Sendable, Hashable {
    /// The label on the side from which the triangles wind counter-clockwise, the smaller one of the
    /// two: 0 for background and for what is beyond the image.
    public let front: UInt32
    /// The label on the other side.
    public let back: UInt32
    /// Where the triangles of the wall are in ``SurfaceComplex/triangles``.
    public let triangles: Range<Int>
  }

  /// World coordinates, in the unit of the image.
  public let positions: [SIMD3<Float>]
  /// Wall by wall.
  public let triangles: [Triangle]
  /// In ascending order of ``Wall/front``, then of ``Wall/back``.
  public let walls: [Wall]
  /// The image that the complex was made from.
  let grid: Grid
  /// The places in ``walls`` of those of each label.
  private let wallsOfLabel: [UInt32: [Int]]

  init(positions: [SIMD3<Float>], triangles: [Triangle], walls: [Wall], grid: Grid) {
    self.positions = positions
    self.triangles = triangles
    self.walls = walls
    self.grid = grid
    var wallsOfLabel: [UInt32: [Int]] = [:]
    for (index, wall) in walls.enumerated() {
      wallsOfLabel[wall.front, default: []].append(index)
      wallsOfLabel[wall.back, default: []].append(index)
    }
    self.wallsOfLabel = wallsOfLabel
  }

  /// The labels that have a surface, in ascending order, without the background.
  public var labels: [UInt32] { wallsOfLabel.keys.filter { $0 != 0 }.sorted() }

  /// The area of a wall, in square units.
  public func area(of wall: Wall) -> Double {
    var area = 0.0
    for triangle in triangles[wall.triangles] {
      let (a, b, c) = corners(triangle)
      area += length(cross(b - a, c - a)) / 2
    }
    return area
  }

  /// The closed surface of one object, counter-clockwise seen from outside; empty where there is no
  /// such label.
  ///
  /// An oriented 2-manifold: where the object touches itself at an edge or a corner of its voxels, each
  /// sheet of its surface has vertices of its own at the same place.
  public func surface(of label: UInt32) -> TriangleMesh {
    precondition(label != 0, "background has no surface of its own")
    return closedSurface(inside: label)
  }

  /// The closed surface of all objects together, without the walls between them.
  public func outerSurface() -> TriangleMesh {
    closedSurface(inside: nil)
  }

  /// The open surface of one wall, with vertices of its own.
  public func surface(of wall: Wall) -> TriangleMesh { part(of: triangles[wall.triangles]).mesh }

  private func closedSurface(inside label: UInt32?) -> TriangleMesh {
    part(of: closedTriangles(inside: label)).mesh.sheetsSeparated(on: grid)
  }

  /// The triangles of all walls of a label, turned away from it; of `nil` those of all objects together.
  func closedTriangles(inside label: UInt32?) -> [Triangle] {
    let walls = (wallsOfLabel[label ?? 0] ?? []).map { self.walls[$0] }
    var triangles: [Triangle] = []
    triangles.reserveCapacity(walls.reduce(0) { $0 + $1.triangles.count })
    for wall in walls {
      let part = self.triangles[wall.triangles]
      if wall.front == label {
        triangles.append(contentsOf: part.lazy.map(\.flipped))
      } else {
        triangles.append(contentsOf: part)
      }
    }
    return triangles
  }

  /// A mesh of some triangles with the vertices that they use, and which these are in the complex.
  func part(of triangles: some Sequence<Triangle>) -> (mesh: TriangleMesh, origins: [UInt32]) {
    var names: [UInt32: UInt32] = [:]
    var origins: [UInt32] = []
    func name(_ vertex: UInt32) -> UInt32 {
      if let name = names[vertex] { return name }
      let name = UInt32(origins.count)
      names[vertex] = name
      origins.append(vertex)
      return name
    }
    let renamed = triangles.map { Triangle(name($0.a), name($0.b), name($0.c)) }
    let mesh = TriangleMesh(positions: origins.map { positions[Int($0)] }, triangles: renamed)
    return (mesh, origins)
  }

  private func corners(_ triangle: Triangle) -> (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) {
    (
      SIMD3<Double>(positions[Int(triangle.a)]), SIMD3<Double>(positions[Int(triangle.b)]),
      SIMD3<Double>(positions[Int(triangle.c)])
    )
  }
}
