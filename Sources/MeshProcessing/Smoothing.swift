internal import Volumes

/// A way to smooth a mesh by moving its vertices.
public enum Smoothing: Sendable, Hashable {
  /// Every vertex moves half of the way to the mean of its neighbours, again and again.
  ///
  /// Shrinks the surface; see ``VolumeRule``. Field 1988, doi:10.1002/cnm.1630040603.
  case laplacian(iterations: Int)
  /// The same with neighbours weighted by the cotangents of the angles that face the edge, so that
  /// vertices move along the normal and the density of the mesh stays as it is. Weights are those of
  /// the mesh as it came; negative ones, at very obtuse angles, count as 0. Pinkall & Polthier 1993,
  /// doi:10.1080/10586458.1993.10504266.
  case cotangentLaplacian(iterations: Int)
  /// Every iteration is a step inwards with factor 0.5 and a step outwards with factor -0.53, which
  /// together leave everything longer than about ten edges almost as it is.
  ///
  /// Taubin 1995, doi:10.1145/218380.218473.
  case taubin(iterations: Int)
  /// Laplacian steps of which each takes back half of what it did to the vertex and its neighbours
  /// alike ("HC"). Vollmer, Mencl & Müller 1999, doi:10.1111/1467-8659.00334.
  case humphrey(iterations: Int)
  /// A low-pass filter as steep as so many steps can make it: a polynomial in the mean of the
  /// neighbours. Of the eigenvalues of the umbrella operator, which go from 0 to 2, those up to 0.1
  /// stay. Taubin, Zhang & Golub 1996, doi:10.1007/BFb0015544.
  case windowedSinc(iterations: Int)
  /// Steps against the Laplacian of the Laplacian, which spare what is long more than the Laplacian
  /// does. Kobbelt, Campagna, Vorsatz & Seidel 1998, doi:10.1145/280814.280831.
  case bilaplacian(iterations: Int)
  /// The surface flows along its mean curvature, in one implicit step of any size; the same for any
  /// density of the mesh. `scale` is the standard deviation of the blur along the surface, in units.
  /// Desbrun, Meyer, Schröder & Barr 1999, doi:10.1145/311535.311576.
  case meanCurvatureFlow(scale: Double)
}

extension Smoothing {
  /// Whether a vertex becomes what its surroundings make of it. The solve of the flow sums over all
  /// vertices, so its last digits depend on their order.
  fileprivate var isLocal: Bool {
    if case .meanCurvatureFlow = self { false } else { true }
  }
}

extension TriangleMesh {
  /// Smooths the mesh in place. Triangles stay as they are; vertices on an open border do not move.
  ///
  /// Every connected part is smoothed on its own. A closed one keeps its centroid and, unless told
  /// otherwise, its volume; one that is too coarse for so much smoothing goes a part of the way. What smoothing
  /// costs the measurement: it takes area and curvature away with the roughness, and from thin or pointed
  /// places more than from flat ones.
  ///
  /// - Parameter pinned: Further vertices that do not move, by index. A part that has some is not
  ///   moved as a whole, and so keeps neither centroid nor volume.
  public mutating func smooth(
    by method: Smoothing, volume: VolumeRule = .keptAlongNormals, pinning pinned: [Int] = []
  ) {
    guard !isEmpty else { return }
    var isPinned = [Bool](repeating: false, count: positions.count)
    for vertex in pinned { isPinned[vertex] = true }
    let (mesh, pins) = (self, isPinned)
    let found = ConnectedParts(mesh)
    guard !(found.isOne && method.isLocal) else {
      positions = smoothedPart(by: method, volume: volume, isPinned: isPinned)
      return
    }
    let parts = MeshParts(mesh, found)
    let moved = Parallel.map(parts.count) { part in
      parts.part(part, of: mesh).smoothedPart(
        by: method, volume: volume, isPinned: parts.vertices(of: part).map { pins[Int($0)] })
    }
    for (part, newPositions) in moved.enumerated() {
      for (vertex, position) in zip(parts.vertices(of: part), newPositions) {
        positions[Int(vertex)] = position
      }
    }
  }

  /// The mesh smoothed.
  public func smoothed(
    by method: Smoothing, volume: VolumeRule = .keptAlongNormals, pinning pinned: [Int] = []
  ) -> TriangleMesh {
    var mesh = self
    mesh.smooth(by: method, volume: volume, pinning: pinned)
    return mesh
  }

  /// The new positions of a mesh that hangs together.
  private func smoothedPart(
    by method: Smoothing, volume: VolumeRule, isPinned: [Bool]
  ) -> [SIMD3<Float>] {
    // Near the origin, floats are finer. The first triangle has the same corners in a part as in the whole.
    let origin = positions[Int(triangles[0].a)]
    var local = self
    local.positions = positions.map { $0 - origin }
    let fans = VertexFans(local)
    let isFree = Parallel.map(Parallel.pieces(of: positions.count, size: 1 << 14)) { piece in
      piece.map { !isPinned[$0] && fans.fan($0).isClosed }
    }.flatMap { $0 }
    var moved = local
    moved.positions = local.filtered(by: method, fans, isFree)
    for vertex in isFree.indices where !isFree[vertex] {
      moved.positions[vertex] = local.positions[vertex]
    }
    if isFree.allSatisfy({ $0 }) && moved.positions != local.positions {
      moved.restoreSolid(of: local, volume)
    }
    return zip(moved.positions, positions).map { $0 == $1 - origin ? $1 : $0 + origin }
  }

  private func filtered(
    by method: Smoothing, _ fans: VertexFans, _ isFree: [Bool]
  ) -> [SIMD3<Float>] {
    if case .meanCurvatureFlow(let scale) = method { return flowed(scale: scale, fans, isFree) }
    let weights =
      if case .cotangentLaplacian = method { cotangentWeights(fans) } else { [Double]() }
    let means = NeighbourMeans(fans, isFree, weights: weights)
    let points = positions.map { SIMD4($0, 0) }
    let moved =
      switch method {
      case .laplacian(let count), .cotangentLaplacian(let count):
        means.stepping(points, Array(repeating: 0.5, count: count))
      case .taubin(let count):
        means.stepping(points, Array(repeating: [0.5, -0.53], count: count).flatMap { $0 })
      case .humphrey(let count): means.humphrey(points, count)
      case .windowedSinc(let count): means.windowedSinc(points, count)
      case .bilaplacian(let count): means.bilaplacian(points, count)
      case .meanCurvatureFlow: points
      }
    return moved.map { SIMD3($0.x, $0.y, $0.z) }
  }
}
