internal import LibC

/// How values at evenly spaced nodes are spread along an axis, each as a Gaussian.
struct NodeSpread {
  let nodeCount: Int
  var cellCount: Int { first.count }
  /// Which node a cell has something of first, and how much it has of that one and the next three.
  private let first: [Int]
  private let weights: [SIMD4<Float>]

  /// Nodes are a length apart, and the nearest four reach a cell: what two cells have in common then is the Gaussian of
  /// their distance to 3 % of the variance.
  /// - Parameter step: From one cell to the next, in lengths.
  init(cellCount: Int, step: Double) {
    let places = (0..<cellCount).map { Double($0) * step }
    first = places.map { Int($0) }
    weights = places.map { place in
      let before = place - place.rounded(.down) + 1
      var weights = SIMD4<Double>.zero
      for node in 0..<4 { weights[node] = exp(-pow(before - Double(node), 2)) }
      // Every cell varies as much.
      return SIMD4<Float>(weights / (weights * weights).sum().squareRoot())
    }
    nodeCount = (first.last ?? 0) + 4
  }

  private init(nodeCount: Int, first: [Int], weights: [SIMD4<Float>]) {
    (self.nodeCount, self.first, self.weights) = (nodeCount, first, weights)
  }

  /// With the squares of its weights.
  var squared: NodeSpread {
    NodeSpread(nodeCount: nodeCount, first: first, weights: weights.map { $0 * $0 })
  }

  /// From the nodes to the cells of the middle one of three axes.
  /// - Parameter run: How many values lie beside each other at each node.
  func spread(_ nodes: [Float], run: Int) -> [Float] {
    let rows = nodes.count / (nodeCount * run)
    return unsafe [Float](unsafeUninitializedCapacity: rows * cellCount * run) { cells, count in
      // SAFETY: a cell reaches from its first node to the third after that, all of them below `nodeCount`.
      unsafe nodes.withUnsafeBufferPointer { nodes in
        for row in 0..<rows {
          for (cell, first) in first.enumerated() {
            let weight = weights[cell]
            let (from, to) = ((row * nodeCount + first) * run, (row * cellCount + cell) * run)
            for i in 0..<run {
              unsafe cells[to + i] =
                weight[0] * nodes[from + i] + weight[1] * nodes[from + i + run]
                + weight[2] * nodes[from + i + 2 * run] + weight[3] * nodes[from + i + 3 * run]
            }
          }
        }
      }
      count = rows * cellCount * run
    }
  }

  /// The transpose of ``spread(_:run:)``.
  func gathered(_ cells: [Float], run: Int) -> [Float] {
    let rows = cells.count / (cellCount * run)
    var nodes = [Float](repeating: 0, count: rows * nodeCount * run)
    // SAFETY: as in `spread`.
    unsafe nodes.withUnsafeMutableBufferPointer { nodes in
      unsafe cells.withUnsafeBufferPointer { cells in
        for row in 0..<rows {
          for (cell, first) in first.enumerated() {
            let weight = weights[cell]
            let (from, to) = ((row * cellCount + cell) * run, (row * nodeCount + first) * run)
            for i in 0..<run {
              let value = unsafe cells[from + i]
              for node in 0..<4 { unsafe nodes[to + i + node * run] += weight[node] * value }
            }
          }
        }
      }
    }
    return nodes
  }
}
