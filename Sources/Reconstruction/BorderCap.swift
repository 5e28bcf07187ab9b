public import MeshProcessing
public import Volumes

/// Where the border of an image cuts an object, its surface is closed by a cap, half a voxel outside of the
/// outermost voxel centres.
extension TriangleMesh {
  /// The surface without its caps: it ends at the outermost voxel centres of the image and is open there.
  public func opened(at border: Grid) -> TriangleMesh {
    // Positions are rounded to `Float`.
    let tolerance = 0.01
    let low = border.world(SIMD3(repeating: -tolerance))
    let high = border.world(SIMD3<Double>(border.size &- 1) + tolerance)
    let isBeyond = positions.map { position in
      let position = SIMD3<Double>(position)
      return any(position .< low) || any(position .> high)
    }
    guard isBeyond.contains(true) else { return self }
    var names = [UInt32?](repeating: nil, count: positions.count)
    var kept: [SIMD3<Float>] = []
    func name(_ vertex: UInt32) -> UInt32 {
      if let name = names[Int(vertex)] { return name }
      let name = UInt32(kept.count)
      names[Int(vertex)] = name
      kept.append(positions[Int(vertex)])
      return name
    }
    let inner = triangles.filter {
      !isBeyond[Int($0.a)] && !isBeyond[Int($0.b)] && !isBeyond[Int($0.c)]
    }
    let renamed = inner.map { Triangle(name($0.a), name($0.b), name($0.c)) }
    return TriangleMesh(positions: kept, triangles: renamed)
  }
}
