public import MeshProcessing

/// Where a surface goes in below its convex hull: dents, folds, bays, the waist of a dumbbell.
///
///     hull     ___________________
///     surface  ___     mouth   ___     rim: 1 % of the diameter below the hull
///                 \           /
///                  \__     __/         depth: from the lowest point to the nearest one of the mouth
///                     \___/
///
/// An invagination is a part of the surface that hangs together, lies more than 1 % of the diameter of the sphere of equal
/// volume below the hull, and somewhere 5 % of it or more. Its mouth is what lies above it of the hull, in pieces of 3 % of the
/// diameter; its volume is that between itself and its mouth.
///
/// Mouths narrower than a sixth of the diameter come out too small, by up to a third: what is left of pieces and rim. Of slopes that meet the hull gently, what lies between rim and hull is left out. Cavities have no mouth and do not
/// count. A hole right through counts as one invagination with both mouths; its middle belongs to no volume.
public struct Invaginations: Sendable, Hashable {
  public let count: Int
  /// Of the deepest one, in units; 0 without any.
  public let depth: Double
  /// Of all together, in square units.
  public let mouthArea: Double
  /// Of all together, in cubic units.
  public let volume: Double

  /// In diameters of the sphere of equal volume.
  private static let rim = 0.01
  private static let smallestDepth = 0.05
  private static let mouthPiece = 0.03

  /// - Parameters:
  ///   - mesh: The mesh that was measured.
  ///   - surface: What was measured of it.
  ///   - hull: Its convex hull.
  public init(_ mesh: TriangleMesh, _ surface: MeshMeasurements, hull: TriangleMesh) {
    let diameter = surface.equivalentDiameter
    let pockets = mesh.pockets(
      below: hull, rim: Self.rim * diameter, smallestDepth: Self.smallestDepth * diameter)
    let mouths = hull.mouths(
      of: pockets, in: mesh, rim: Self.rim * diameter, pieceSize: Self.mouthPiece * diameter)
    let open = zip(pockets, mouths).filter { $0.isDeep && !$1.isEmpty }
    let measured = open.map { mesh.extent(of: $0, below: $1) }
    count = open.count
    depth = measured.map(\.depth).max() ?? 0
    mouthArea = open.reduce(0) { $0 + $1.1.surfaceArea }
    volume = measured.reduce(0) { $0 + $1.volume }
  }
}

/// A part of a surface that lies below the rim.
private struct Pocket {
  /// By their numbers in the mesh.
  var triangles: [Int] = []
  /// Whether it goes down far enough to count.
  var isDeep = false
}

extension TriangleMesh {
  /// The connected parts of triangles whose corners all lie below a rim.
  fileprivate func pockets(
    below hull: TriangleMesh, rim: Double, smallestDepth: Double
  ) -> [Pocket] {
    let depths = depths(below: hull, from: rim)
    func isLow(_ vertex: UInt32) -> Bool { depths[Int(vertex)] > 0 }
    let low = triangles.indices.filter {
      isLow(triangles[$0].a) && isLow(triangles[$0].b) && isLow(triangles[$0].c)
    }
    let parts = ConnectedParts(
      TriangleMesh(positions: positions, triangles: low.map { triangles[$0] }))
    var pockets = [Pocket](repeating: Pocket(), count: parts.count)
    for index in low {
      pockets[Int(parts.ofVertex[Int(triangles[index].a)])].triangles.append(index)
    }
    for (vertex, part) in parts.ofVertex.enumerated()
    where part != .max && depths[vertex] >= smallestDepth { pockets[Int(part)].isDeep = true }
    return pockets
  }

  /// How far every vertex lies from the nearest point of a hull; 0 where that is no more than a limit.
  private func depths(below hull: TriangleMesh, from limit: Double) -> [Double] {
    guard limit >= 0 else { return positions.map { _ in 0 } }
    let tree = TriangleTree(hull)
    var guess = 0
    return positions.map { position in
      let place = SIMD3<Double>(position)
      // Most of a surface is near to its hull, and to know that takes no nearest point.
      if let near = tree.triangle(within: limit, of: place, guess: guess) {
        guess = near
        return 0
      }
      return tree.nearest(to: place, guess: guess).squaredDistance.squareRoot()
    }
  }

  /// For each pocket of a mesh its part of this hull, in pieces; none where no pocket is deep.
  ///
  /// A piece that is farther from the surface than the rim is above the nearest pocket. One that is nearer than that
  /// may be above the wall between a pocket and its rim, or lie on the surface beside it.
  fileprivate func mouths(
    of pockets: [Pocket], in mesh: TriangleMesh, rim: Double, pieceSize: Double
  ) -> [TriangleMesh] {
    guard pockets.contains(where: \.isDeep) else { return pockets.map { _ in TriangleMesh() } }
    let pocketOfTriangle = pockets.enumerated().flatMap { number, pocket in
      pocket.triangles.map { _ in number }
    }
    let low = pockets.flatMap(\.triangles).map { mesh.triangles[$0] }
    let surface = TriangleTree(mesh)
    let floor = TriangleTree(TriangleMesh(positions: mesh.positions, triangles: low))
    var corners = pockets.map { _ in [SIMD3<Float>]() }
    var (near, below) = (0, 0)
    for piece in triangles.lazy.flatMap({ pieces(of: self.corners($0), size: pieceSize) }) {
      let center = (piece.0 + piece.1 + piece.2) / 3
      let nearest = surface.nearest(to: center, guess: near)
      let found = floor.nearest(to: center, guess: below)
      (near, below) = (nearest.triangle, found.triangle)
      let height = nearest.squaredDistance.squareRoot()
      guard height > rim || found.squaredDistance.squareRoot() <= rim + 2 * height else { continue }
      corners[pocketOfTriangle[floor.number(of: below)]] += [
        SIMD3<Float>(piece.0), SIMD3<Float>(piece.1), SIMD3<Float>(piece.2),
      ]
    }
    return corners.map { TriangleMesh(cornersOfTriangles: $0) }
  }

  /// Triangles that share no vertices, from three corners each.
  private init(cornersOfTriangles positions: [SIMD3<Float>]) {
    self.init(
      positions: positions,
      triangles: stride(from: 0, to: UInt32(positions.count), by: 3).map {
        Triangle($0, $0 + 1, $0 + 2)
      })
  }

  /// The largest distance of a pocket from its mouth, and the volume between the two.
  fileprivate func extent(
    of pocket: Pocket, below mouth: TriangleMesh
  ) -> (depth: Double, volume: Double) {
    let tree = TriangleTree(mouth)
    var lids: [UInt32: SIMD3<Double>] = [:]
    func lid(_ vertex: UInt32) -> SIMD3<Double> {
      if let known = lids[vertex] { return known }
      let point = tree.nearestPoint(to: SIMD3<Double>(positions[Int(vertex)]))
      lids[vertex] = point
      return point
    }
    var (depth, volume) = (0.0, 0.0)
    for index in pocket.triangles {
      let triangle = triangles[index]
      let floor = corners(triangle)
      let roof = (lid(triangle.a), lid(triangle.b), lid(triangle.c))
      volume += prismVolume(from: floor, to: roof)
      depth = max(
        depth, length(roof.0 - floor.0), length(roof.1 - floor.1), length(roof.2 - floor.2))
    }
    return (depth, volume)
  }
}
