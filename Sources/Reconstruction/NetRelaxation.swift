internal import Volumes

/// The vertices of a surface net drawn towards their neighbours, each within its cell.
///
/// In every round each vertex goes part of the way to the mean of the neighbours it is linked to and then
/// back by a little more, which takes the steps away and leaves the size; and no closer to the border of its
/// cell than a sixteenth of a voxel. Constrained to cells: Gibson 1998, doi:10.1007/BFb0056277; there and
/// back: Taubin 1995, doi:10.1145/218380.218473.
struct NetRelaxation {
  private let slabs: [Holder]

  private static let there: Float = 0.6
  private static let back: Float = -0.61

  /// Memory that is kept from round to round: to get it anew takes longer than all else. While slabs move,
  /// none looks at another one, and while they take up what lies around them, nobody's own vertices move.
  private final class Holder: @unchecked Sendable {
    var slab: Slab

    init(_ slab: Slab) { self.slab = slab }
  }

  /// - Parameter slabs: Of layers of cells, from the first one to the last.
  init(_ labels: LabelVolume, slabs: [Range<Int>]) {
    self.slabs = Parallel.map(slabs) { Holder(Slab(labels, layers: $0)) }
  }

  /// How far every vertex has gone from the middle of its cell, in voxels, slab by slab.
  consuming func offsets(afterRounds rounds: Int) -> [ArraySlice<SIMD3<Float>>] {
    for _ in 0..<rounds {
      move(by: Self.there)
      move(by: Self.back)
    }
    return slabs.map { $0.slab.finish() }
  }

  /// Moves all vertices by a fraction of the way to the means of their neighbours.
  private func move(by fraction: Float) {
    let slabs = slabs
    Parallel.forEach(slabs.count) { slabs[$0].slab.move(by: fraction) }
    for (lower, upper) in zip(slabs, slabs.dropFirst()) {
      upper.slab.takeUp(below: lower.slab)
      lower.slab.takeUp(above: upper.slab)
    }
  }
}

/// The vertices of a slab and those in the layers below and above it, which come before and after them;
/// first and last stands a vertex that is nobody's.
private struct Slab: Sendable {
  /// The slab's own vertices.
  private var own = 1..<1
  private var links: [NetLinks] = [[]]
  /// For every vertex its neighbours below it along y and z, or the one that is nobody's. Those along x
  /// are the vertex before it and the one after it.
  private var lowerY: [Int32] = [0]
  private var lowerZ: [Int32] = [0]
  private var offsets: [SIMD3<Float>] = []
  /// Of the offsets of those that each vertex is drawn to.
  private var sums: [SIMD3<Float>] = []

  /// Half a cell but for the margin.
  private static let limit: Float = 0.5 - 1.0 / 16

  init(_ labels: LabelVolume, layers: Range<Int>) {
    let grid = labels.grid
    let all = max(layers.lowerBound - 1, 0)..<min(layers.upperBound + 1, grid.size.z + 1)
    var sweep = LabelSweep(labels, before: all.lowerBound)
    var vertices = LayerVertices(on: grid)
    var ends = [1]
    for layer in all {
      sweep.enterNextLayer()
      let count = links.count + sweep.cellCount
      links.reserveCapacity(count)
      lowerY.reserveCapacity(count)
      lowerZ.reserveCapacity(count)
      vertices.number(sweep, from: links.count)
      sweep.forEachLinkedCell { x, y, faces in
        links.append(faces.links)
        lowerY.append(faces.all.contains(.lowerY) ? Int32(vertices.vertex(x, y - 1)) : 0)
        let isKnown = faces.all.contains(.lowerZ) && layer > all.lowerBound
        lowerZ.append(isKnown ? Int32(vertices.vertexBefore(x, y)) : 0)
      }
      ends.append(links.count)
    }
    own = ends[layers.lowerBound - all.lowerBound]..<ends[layers.upperBound - all.lowerBound]
    links.append([])
    lowerY.append(0)
    lowerZ.append(0)
    offsets = Array(repeating: .zero, count: links.count)
    sums = offsets
  }

  /// The offsets of the slab's own vertices, which move no more: all other memory is given back.
  mutating func finish() -> ArraySlice<SIMD3<Float>> {
    (links, lowerY, lowerZ, sums) = ([], [], [], [])
    return offsets[own]
  }

  /// Takes up where the vertices of the slab below have gone that are in the layer below this one.
  mutating func takeUp(below: Slab) {
    let count = own.lowerBound - 1
    for i in 0..<count { offsets[1 + i] = below.offsets[below.own.upperBound - count + i] }
  }

  /// As ``takeUp(below:)`` for the layer above.
  mutating func takeUp(above: Slab) {
    for i in own.upperBound..<offsets.count - 1 {
      offsets[i] = above.offsets[above.own.lowerBound + i - own.upperBound]
    }
  }

  /// Moves the slab's own vertices.
  mutating func move(by fraction: Float) {
    sumNeighbours()
    for vertex in own {
      let offset = offsets[vertex]
      let links = links[vertex]
      let mean = (sums[vertex] + links.steps) * links.inverseCount
      let target = offset + fraction * (mean - offset)
      let raised = target.replacing(with: -Self.limit, where: target .< -Self.limit)
      offsets[vertex] = raised.replacing(with: Self.limit, where: raised .> Self.limit)
    }
  }

  private mutating func sumNeighbours() {
    for vertex in sums.indices { sums[vertex] = .zero }
    // Without branches, which nobody could predict: a link that is not there has the weight 0.
    for vertex in 1..<offsets.count - 1 {
      let own = links[vertex]
      let (y, z) = (Int(lowerY[vertex]), Int(lowerZ[vertex]))
      let alongX =
        own.weight(.lowerX) * offsets[vertex - 1] + own.weight(.upperX) * offsets[vertex + 1]
      let alongYZ = own.weight(.lowerY) * offsets[y] + own.weight(.lowerZ) * offsets[z]
      sums[vertex] += alongX + alongYZ
      sums[y] += links[y].weight(.upperY) * offsets[vertex]
      sums[z] += links[z].weight(.upperZ) * offsets[vertex]
    }
  }
}

extension NetLinks {
  /// 1 for a link that is there, 0 for others.
  @inline(__always)
  fileprivate func weight(_ link: NetLinks) -> Float {
    Float(rawValue >> UInt8(truncatingIfNeeded: link.rawValue.trailingZeroBitCount) & 1)
  }

  /// The sum of the steps to the cells that a vertex is drawn to.
  @inline(__always)
  fileprivate var steps: SIMD3<Float> {
    SIMD3(
      weight(.upperX) - weight(.lowerX), weight(.upperY) - weight(.lowerY),
      weight(.upperZ) - weight(.lowerZ))
  }

  @inline(__always)
  fileprivate var inverseCount: Float { 1 / Float(max(count, 1)) }
}
