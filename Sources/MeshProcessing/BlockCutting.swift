internal import Volumes

/// Cuts a surface into blocks by the cells of a cubic grid, whose planes are elsewhere in every round.
struct BlockCutting {
  /// In square units.
  private let area: Double
  private let trianglesPerBlock: Int

  init(_ surface: SurfaceInProgress, trianglesPerBlock: Int) {
    self.trianglesPerBlock = trianglesPerBlock
    area = Parallel.map(Parallel.pieces(of: surface.triangles.count, size: 1 << 16)) { piece in
      surface.triangles[piece].reduce(0) { sum, triangle in
        let corner = surface.positions[Int(triangle.a)]
        let (b, c) = (surface.positions[Int(triangle.b)], surface.positions[Int(triangle.c)])
        return sum + length(cross(b - corner, c - corner)) / 2
      }
    }.reduce(0, +)
  }

  /// The triangles by the cell that their first vertex lies in.
  func parts(of surface: SurfaceInProgress, round: Int) -> MeshParts {
    let perBlock = area * Double(trianglesPerBlock) / Double(surface.triangles.count)
    let side = perBlock.squareRoot()
    // Steps of the golden section come back to no place where they have been.
    let shift = side * (Double(round) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
    let cells = Parallel.map(Parallel.pieces(of: surface.triangles.count, size: 1 << 16)) {
      surface.triangles[$0].map { triangle in
        key(of: gridCell(of: surface.positions[Int(triangle.a)] + shift, size: side))
      }
    }
    let (numbers, count) = numbered(cells)
    return MeshParts(
      surface.triangles, vertexCount: surface.positions.count, count: count, partOf: numbers)
  }

  /// A cell in one number: 21 bits an axis. Cells that are farther apart than that may share one.
  private func key(of cell: SIMD3<Int64>) -> Int64 {
    let bits = cell & 0x1F_FFFF
    return bits.x | bits.y << 21 | bits.z << 42
  }

  /// Cells numbered in the order in which they come, and how many there are.
  private func numbered(_ cells: [[Int64]]) -> (numbers: [UInt32], count: Int) {
    var numberOf: [Int64: UInt32] = [:]
    var numbers: [UInt32] = []
    numbers.reserveCapacity(cells.reduce(0) { $0 + $1.count })
    var last = (cell: Int64(-1), number: UInt32(0))
    for cell in cells.joined() {
      if cell != last.cell {
        last = (cell, numberOf[cell] ?? UInt32(numberOf.count))
        numberOf[cell] = last.number
      }
      numbers.append(last.number)
    }
    return (numbers, numberOf.count)
  }
}
