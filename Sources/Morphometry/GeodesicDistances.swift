internal import MeshProcessing
internal import Volumes

/// The lengths of the shortest ways through an object from one of its voxels to all others, between centres of voxels.
///
/// What the voxel sees is as far as the straight line. Behind corners ways go on from the voxel at which they last turned as far as
/// that one sees, and turn again: Theta*, Nash, Daniel, Koenig & Felner 2007, AAAI-07, 1177. Such ways are some per cent too long, which
/// ``TautWay`` mends. Voxels hang together by corners.
struct GeodesicDistances {
  private let box: ObjectBox
  private let sight: LineOfSight
  /// Where all ways start.
  private let start: Int
  /// By voxel of the box, in units; infinite where no way leads to.
  private var distances: [Float]
  /// The voxel at which the way to a voxel last turns.
  private var turns: [Int32]
  private let smallestSpacing: Float
  /// Voxels from which ways go on, by their distance in layers of the smallest spacing.
  private var layers: [[Int]] = []

  /// The farthest voxel of the object, the first of several, and how far it is, in units; infinite where the object does not hang
  /// together.
  private(set) var farthest: (voxel: Int, distance: Double)

  /// - Parameters:
  ///   - box: With a margin of one voxel at least.
  ///   - surface: The voxels of the object among which the farthest is.
  init(from start: Int, in box: ObjectBox, surface: [Int]) {
    self.box = box
    self.start = start
    smallestSpacing = Float(box.spacing.min())
    sight = LineOfSight(in: box)
    farthest = (start, 0)
    (distances, turns) = ([], [])
    let place = box.place(of: start)
    let seesAll = surface.allSatisfy { sight.isClear(from: place, to: box.place(of: $0)) }
    if !seesAll {
      look(from: place)
      walkAroundCorners()
    }
    for voxel in surface {
      let distance = seesAll ? straight(start, voxel) : Double(distances[voxel])
      if distance > farthest.distance { farthest = (voxel, distance) }
    }
  }

  private func straight(_ a: Int, _ b: Int) -> Double {
    length(SIMD3<Double>(box.place(of: a) &- box.place(of: b)) * box.spacing)
  }

  /// Everything that the start sees.
  private mutating func look(from place: SIMD3<Int>) {
    distances = [Float](repeating: .infinity, count: box.isInside.count)
    turns = [Int32](repeating: Int32(start), count: box.isInside.count)
    for voxel in box.voxels where sight.isClear(from: place, to: box.place(of: voxel)) {
      distances[voxel] = Float(straight(start, voxel))
    }
  }

  /// The rest, from the voxels that are seen beside it, layer by layer. A way found later may be shorter, and goes on again.
  private mutating func walkAroundCorners() {
    let offsets = ObjectBox.neighbours.map { box.number(of: $0) }
    for voxel in box.voxels where distances[voxel] < .infinity {
      let isAtEdge = offsets.contains {
        box.isInside[voxel + $0] && distances[voxel + $0] == .infinity
      }
      if isAtEdge { enqueue(voxel, notBefore: 0) }
    }
    var layer = 0
    while layer < layers.count {
      while let voxel = layers[layer].popLast() {
        for offset in offsets where box.isInside[voxel + offset] {
          if goOn(from: voxel, to: voxel + offset) { enqueue(voxel + offset, notBefore: layer) }
        }
      }
      layer += 1
    }
  }

  /// Leads a way on to a neighbour, straight from the last turn if that sees it, or with a turn here. Whether it is shorter than that
  /// which led there.
  private mutating func goOn(from voxel: Int, to next: Int) -> Bool {
    let turn = Int(turns[voxel])
    let ahead = distances[turn] + Float(straight(turn, next))
    guard ahead < distances[next] else { return false }
    if sight.isClear(from: box.place(of: turn), to: box.place(of: next)) {
      (distances[next], turns[next]) = (ahead, Int32(turn))
    } else {
      let turning = distances[voxel] + Float(straight(voxel, next))
      guard turning < distances[next] else { return false }
      (distances[next], turns[next]) = (turning, Int32(voxel))
    }
    return true
  }

  private mutating func enqueue(_ voxel: Int, notBefore current: Int) {
    let layer = max(current, Int(distances[voxel] / smallestSpacing))
    while layers.count <= layer { layers.append([]) }
    layers[layer].append(voxel)
  }

  /// From the start to a voxel that a way leads to: both, and where it turns between them.
  func way(to end: Int) -> [Int] {
    var way = [end]
    while let last = way.last, last != start {
      way.append(turns.isEmpty ? start : Int(turns[last]))
    }
    return way.reversed()
  }
}
