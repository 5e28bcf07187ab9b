internal import LibC
internal import MeshProcessing

/// A triangle cut into equal pieces, each like itself, with no side longer than a size.
func pieces(of triangle: Corners, size: Double) -> [Corners] {
  let longest = max(
    length(triangle.1 - triangle.0), length(triangle.2 - triangle.1),
    length(triangle.0 - triangle.2))
  let cuts = max(1, Int((longest / size).rounded(.up)))
  let (u, v) = (
    (triangle.1 - triangle.0) / Double(cuts), (triangle.2 - triangle.0) / Double(cuts)
  )
  func point(_ i: Int, _ j: Int) -> SIMD3<Double> { triangle.0 + Double(i) * u + Double(j) * v }
  var pieces: [Corners] = []
  pieces.reserveCapacity(cuts * cuts)
  for i in 0..<cuts {
    for j in 0..<cuts - i {
      pieces.append((point(i, j), point(i + 1, j), point(i, j + 1)))
      if i + j + 1 < cuts { pieces.append((point(i + 1, j), point(i + 1, j + 1), point(i, j + 1))) }
    }
  }
  return pieces
}

/// The volume that a triangle sweeps on the straight way of its corners to those of another one, positive where it goes along
/// its normal: of triangles that share sides the volumes add up.
func prismVolume(from floor: Corners, to roof: Corners) -> Double {
  let (a, b) = (floor.1 - floor.0, floor.2 - floor.0)
  let (c, d) = (roof.1 - roof.0, roof.2 - roof.0)
  // The mean of the area vector on the way, which changes with the square of the way gone.
  let twiceArea = (cross(a, b) + cross(c, d)) / 3 + (cross(a, d) + cross(c, b)) / 6
  let way = (roof.0 + roof.1 + roof.2 - floor.0 - floor.1 - floor.2) / 3
  return dot(twiceArea, way) / 2
}
