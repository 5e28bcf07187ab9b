internal import LibC

/// Two loops of the surface that the field joins through the middle of a cube.
///
/// Between its eight values the field is trilinear: linear along every edge, bilinear on every slice.
/// A bilinear slice has no summit of its own, so whatever is inside reaches its four corners, and in
/// the cube that is inside which hangs together along the four edges that the slices cut (and the
/// faces), or where a slice joins two opposite corners across its middle. For corners A, B, C, D
/// that is where A C > B D; the corners are linear in the height of the slice, so that A C - B D
/// is a parabola. Two parts of the cube's surface are thus joined in its inside exactly if the
/// parabola's peak lies within the cube, above zero, where the signs of A and C, B and D are
/// opposite.
///
///             ╭──╮         Where the parabola is zero, along each of the three axes in turn, the slice's
///        ╭────╯  ╰────╮    level set is a pair of crossing lines. These lines close to a hexagon on the
///     P (              ) Q  surface, around the neck of the tunnel: the corners of a box without the two
///        ╰────╮  ╭────╯    towards P and Q. The tunnel is cut into triangles from loop P to the hexagon
///             ╰──╯         and from there to loop Q.
///
/// The same cases as in Chernyaev's marching cubes 33 (CERN report CN 95-17, 1995), decided without his
/// table of them. The hexagon: Grosso 2016, doi:10.1111/cgf.12975.
struct Tunnel {
  /// The vertices of the hexagon.
  static let ringCount = 6
  /// Stands for the first of them in place of a cube edge; the others follow.
  static let firstRingVertex: UInt8 = 13

  /// Loops of the table.
  let first: Int
  let second: Int
  /// In the cube, whose edges are 1 long.
  let ring: [6 of SIMD3<Double>]

  /// The tunnel in a cube with these values at its corners, if there is one.
  init?(
    values: [8 of Float], inside: Int, entry: MarchingCubesTable.Entry, table: MarchingCubesTable
  ) {
    for corner in 0..<8 where !values[corner].isFinite { return nil }
    guard let x = Sweep(along: 0, values), let y = Sweep(along: 1, values),
      let z = Sweep(along: 2, values)
    else { return nil }
    let parts = (entry.parts[z.joinedCorners.0], entry.parts[z.joinedCorners.1])
    guard parts.0 != parts.1,
      let loops = Self.loops(
        between: parts, isInside: inside >> z.joinedCorners.0 & 1 == 1, entry, table)
    else { return nil }
    (first, second) = loops
    // The crossing lines of the lower slice along z meet in a corner of the box, next but one to P or Q.
    let corner = x.upperIsNearer(z.crossing.x) + 2 * y.upperIsNearer(z.crossing.y)
    let start = corner ^ 3
    ring = InlineArray { index in
      let step = [1, 3, 2, 6, 4, 5][index] ^ start
      return SIMD3(x.roots[step & 1], y.roots[step >> 1 & 1], z.roots[step >> 2 & 1])
    }
  }

  /// The loops on the way from one part of the cube's surface to another, with one part between them.
  private static func loops(
    between ends: (UInt8, UInt8), isInside: Bool, _ entry: MarchingCubesTable.Entry,
    _ table: MarchingCubesTable
  ) -> (Int, Int)? {
    func sides(_ loop: Int) -> (own: UInt8, other: UInt8) {
      let loop = table.loops[loop]
      return isInside
        ? (loop.insidePart, loop.outsidePart) : (loop.outsidePart, loop.insidePart)
    }
    let loops = Int(entry.loops.lowerBound)..<Int(entry.loops.upperBound)
    for first in loops where sides(first).own == ends.0 {
      for second in loops
      where sides(second).own == ends.1 && sides(second).other == sides(first).other {
        return (first, second)
      }
    }
    return nil
  }
}

extension Tunnel {
  /// The triangles between the two loops, in cube edges and vertices of the ring.
  func triangles(
    _ values: [8 of Float], _ table: MarchingCubesTable
  ) -> [MarchingCubesTable.Triangle] {
    let ring = (0..<Self.ringCount).map { (Self.firstRingVertex + UInt8($0), self.ring[$0]) }
    let loops = [first, second].map { loop in
      table.edges(ofLoop: loop).map { ($0, EdgeCrossing.ofCube(edge: Int($0), values).position) }
    }
    // Seen from the two loops, the ring between them runs opposite ways round.
    let ways = [(ring, ring.reversed()), (ring.reversed(), ring)].map {
      (Band(from: loops[0], to: $0), Band(from: loops[1], to: $1))
    }
    let (one, other) =
      ways[0].0.length + ways[0].1.length <= ways[1].0.length + ways[1].1.length
      ? ways[0] : ways[1]
    return one.triangles + other.triangles
  }

  /// One half of a tunnel.
  private struct Band {
    let length: Double
    let triangles: [MarchingCubesTable.Triangle]

    init(from loop: [(UInt8, SIMD3<Double>)], to ring: [(UInt8, SIMD3<Double>)]) {
      let cutting = AnnulusCutting(loop.map(\.1), ring.map(\.1))
      func name(_ corner: AnnulusCutting.Corner) -> UInt8 {
        corner.path == 0 ? loop[corner.place].0 : ring[corner.place].0
      }
      length = cutting.length
      triangles = cutting.triangles.map {
        MarchingCubesTable.Triangle(a: name($0.0), b: name($0.1), c: name($0.2))
      }
    }
  }
}

/// The slices of a cube along one axis, and where they join opposite corners across their middle.
private struct Sweep {
  /// Corners of the cube in the two parts that are joined.
  let joinedCorners: (Int, Int)
  /// The first and the last slice that joins them, from 0 to 1.
  let roots: [2 of Double]
  /// Where the lines of the first one cross. The coordinate along the axis itself has no meaning.
  let crossing: SIMD3<Double>

  /// `nil` where no slice does.
  init?(along axis: Int, _ values: [8 of Float]) {
    let (u, v) = (1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3))
    let edges = [0, u, u | v, v]
    let low = SIMD4<Double>((0..<4).map { Double(values[edges[$0]]) })
    let rise = SIMD4<Double>((0..<4).map { Double(values[edges[$0] | 1 << axis]) }) - low
    let square = rise.x * rise.z - rise.y * rise.w
    let linear =
      low.x * rise.z + low.z * rise.x - low.y * rise.w - low.w * rise.y
    let constant = low.x * low.z - low.y * low.w
    let discriminant = linear * linear - 4 * square * constant
    let peak = -linear / (2 * square)
    guard discriminant >= 0, peak > 0, peak < 1 else { return nil }
    let atPeak = low + peak * rise
    // The pair of opposite corners that the slice joins has one sign, the other pair the other. What is
    // equal to the level is outside.
    let joined = square < 0 ? 0 : 1
    let isInside = atPeak[joined] > 0
    guard (atPeak[joined + 2] > 0) == isInside, (atPeak[1 - joined] > 0) != isInside,
      (atPeak[3 - joined] > 0) != isInside, discriminant > 0 || !isInside
    else { return nil }
    func end(_ edge: Int) -> Int {
      (values[edges[edge]] > 0) == isInside ? edges[edge] : edges[edge] | 1 << axis
    }
    joinedCorners = (end(joined), end(joined + 2))
    // No face of the cube joins what the peak joins, so the roots do not lie beyond the faces. With values
    // equal to the level they may lie on them, or together.
    let margin = EdgeCrossing.tieMargin
    let halfWidth = max(discriminant.squareRoot() / (2 * abs(square)), margin)
    let lower = min(max(peak - halfWidth, margin), 1 - 2 * margin)
    roots = [lower, max(min(peak + halfWidth, 1 - margin), lower + margin)]
    let first = low + roots[0] * rise
    let scale = first.x - first.y + first.z - first.w
    var crossing = SIMD3<Double>.zero
    crossing[(axis + 1) % 3] = (first.x - first.w) / scale
    crossing[(axis + 2) % 3] = (first.x - first.y) / scale
    self.crossing = crossing
  }

  /// 1 where a place along the axis lies nearer to the last slice, 0 where to the first.
  func upperIsNearer(_ place: Double) -> Int { 2 * place > roots[0] + roots[1] ? 1 : 0 }
}
