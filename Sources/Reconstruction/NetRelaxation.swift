internal import Volumes

/// The vertices of a surface net drawn towards their neighbours, each within its cell.
///
/// In every round each vertex goes part of the way to the mean of the neighbours it is linked to and then
/// back by a little more, which takes the steps away and leaves the size; and no closer to the border of its
/// cell than a sixteenth of a voxel. Constrained to cells: Gibson 1998, doi:10.1007/BFb0056277; there and
/// back: Taubin 1995, doi:10.1145/218380.218473.
///
/// Places are in voxels, with cells between whole numbers.
struct NetRelaxation: Sendable {
  private let slabs: [Slab]

  private static let there: Float = 0.6
  private static let back: Float = -0.61

  /// - Parameter slabs: Of layers of cells, from the first one to the last.
  init(_ labels: LabelVolume, slabs: [Range<Int>]) {
    self.slabs = Parallel.map(slabs) { Slab(labels, layers: $0) }
  }

  /// The vertices after one round, slab by slab.
  func relaxed(_ places: [[SIMD3<Float>]]) -> [[SIMD3<Float>]] {
    moved(moved(places, by: Self.there), by: Self.back)
  }

  /// All vertices moved by a fraction of the way to the means of their neighbours.
  private func moved(_ places: [[SIMD3<Float>]], by fraction: Float) -> [[SIMD3<Float>]] {
    Parallel.map(slabs.count) { index in
      let slab = slabs[index]
      let below = index > 0 ? places[index - 1].suffix(slab.belowCount) : []
      let above = index + 1 < slabs.count ? places[index + 1].prefix(slab.aboveCount) : []
      return slab.moved(below + places[index] + above, by: fraction)
    }
  }
}

/// The links of a slab's vertices, and of those in the layers below and above it, which come before
/// and after them.
private struct Slab: Sendable {
  private(set) var belowCount = 0
  private(set) var aboveCount = 0
  private var links: [NetLinks] = []
  /// For every vertex its neighbours below it along y and z. Those along x are the vertex before it and
  /// the one after it.
  private var lowerY: [Int32] = []
  private var lowerZ: [Int32] = []

  private static let none: Int32 = -1
  private static let margin: Float = 1.0 / 16

  init(_ labels: LabelVolume, layers: Range<Int>) {
    let grid = labels.grid
    let all = max(layers.lowerBound - 1, 0)..<min(layers.upperBound + 1, grid.size.z + 1)
    var sweep = LabelSweep(labels, before: all.lowerBound)
    var vertices = LayerVertices(on: grid)
    for layer in all {
      sweep.enterNextLayer()
      let first = links.count
      vertices.number(sweep, from: first)
      sweep.forEachLinkedCell { x, y, faces in
        links.append(faces.links)
        lowerY.append(
          faces.all.contains(.lowerY) ? Int32(vertices.vertex(x, y - 1)) : Self.none)
        lowerZ.append(
          faces.all.contains(.lowerZ) && layer > all.lowerBound
            ? Int32(vertices.vertexBefore(x, y)) : Self.none)
      }
      if layer < layers.lowerBound { belowCount = links.count }
      if layer >= layers.upperBound { aboveCount = links.count - first }
    }
  }

  /// Where the slab's own vertices go from the places of all.
  func moved(_ places: [SIMD3<Float>], by fraction: Float) -> [SIMD3<Float>] {
    let sums = neighbourSums(places)
    let own = belowCount..<places.count - aboveCount
    return own.map { vertex in
      let place = places[vertex]
      let mean = sums[vertex] / Float(max(links[vertex].count, 1))
      let target = place + fraction * (mean - place)
      let lower = place.rounded(.down)
      return target.clamped(
        lowerBound: lower + Self.margin, upperBound: lower + (1 - Self.margin))
    }
  }

  /// The sum of the places that each vertex is drawn to.
  private func neighbourSums(_ places: [SIMD3<Float>]) -> [SIMD3<Float>] {
    var sums = [SIMD3<Float>](repeating: .zero, count: places.count)
    for vertex in places.indices {
      let own = links[vertex]
      if own.contains(.lowerX) { sums[vertex] += places[vertex - 1] }
      if own.contains(.upperX) { sums[vertex] += places[vertex + 1] }
      let y = Int(lowerY[vertex])
      if y >= 0 {
        if own.contains(.lowerY) { sums[vertex] += places[y] }
        if links[y].contains(.upperY) { sums[y] += places[vertex] }
      }
      let z = Int(lowerZ[vertex])
      if z >= 0 {
        if own.contains(.lowerZ) { sums[vertex] += places[z] }
        if links[z].contains(.upperZ) { sums[z] += places[vertex] }
      }
    }
    return sums
  }
}
