internal import Volumes

/// The numbers of the vertices in the layer of cells that has been entered last, and in the one before.
struct LayerVertices {
  private let cellsPerRow: Int
  private var before: [UInt32]
  private var current: [UInt32]

  init(on grid: Grid) {
    cellsPerRow = grid.size.x + 1
    before = Array(repeating: 0, count: cellsPerRow * (grid.size.y + 1))
    current = before
  }

  /// Numbers the vertices of the next layer, and says which number comes after them.
  @discardableResult
  mutating func number(_ sweep: LabelSweep, from first: Int) -> Int {
    swap(&before, &current)
    var vertex = UInt32(first)
    sweep.forEachCell { x, y in
      current[y * cellsPerRow + x] = vertex
      vertex += 1
    }
    return Int(vertex)
  }

  /// The vertex of a cell of the layer.
  func vertex(_ x: Int, _ y: Int) -> UInt32 { current[y * cellsPerRow + x] }

  /// The vertex of a cell of the layer before.
  func vertexBefore(_ x: Int, _ y: Int) -> UInt32 { before[y * cellsPerRow + x] }

  /// The vertices around a face.
  @inline(__always)
  func patch(around face: NetFace) -> NetPatch {
    let cell = face.y * cellsPerRow + face.x
    let (b, d): (UInt32, UInt32)
    let (a, c): (UInt32, UInt32)
    switch face.axis {
    case 0:
      (a, c) = (before[cell], current[cell + cellsPerRow])
      (b, d) = (before[cell + cellsPerRow], current[cell])
    case 1:
      (a, c) = (before[cell], current[cell + 1])
      (b, d) = (current[cell], before[cell + 1])
    default:
      (a, c) = (current[cell], current[cell + cellsPerRow + 1])
      (b, d) = (current[cell + 1], current[cell + cellsPerRow])
    }
    return face.isUpperInFront ? NetPatch(a: a, b: b, c: c, d: d) : NetPatch(a: a, b: d, c: c, d: b)
  }
}
