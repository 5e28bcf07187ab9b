/// The edges that wait to be collapsed, cheapest first.
///
/// A bucket for all costs that agree in the first eight binary digits, which differ by less than a hundredth; of
/// one bucket, the edge that came last comes first. What comes out next depends on nothing but what was put
/// in, and in and out take the same short time however many wait.
struct CollapseQueue {
  struct Edge {
    var u: UInt32
    var v: UInt32
    /// How many edges had been collapsed when the cost was found.
    var stamp: UInt32
    fileprivate var next: Int32 = -1

    init(u: UInt32, v: UInt32, stamp: UInt32) {
      (self.u, self.v, self.stamp) = (u, v, stamp)
    }
  }

  private var edges: [Edge] = []
  /// The first edge of every bucket, -1 for none.
  private var firstEdge: [Int32]
  /// A bit for every bucket with an edge in it.
  private var isOccupied: [UInt64]
  /// No bucket before this one is occupied.
  private var lowest = 0

  /// - Parameter capacity: How many edges to expect.
  init(capacity: Int) {
    firstEdge = Array(repeating: -1, count: 1 << 15)
    isOccupied = Array(repeating: 0, count: firstEdge.count / 64)
    edges.reserveCapacity(capacity)
  }

  /// The bits of a cost without its sign, of which the last 16 are left away.
  @inline(__always)
  static func bucket(_ cost: Float) -> Int { Int(cost.magnitude.bitPattern >> 16) }

  mutating func push(_ edge: Edge, cost: Float) {
    edges.append(edge)
    link(Int32(edges.count - 1), into: Self.bucket(cost))
  }

  @inline(__always)
  private mutating func link(_ edge: Int32, into bucket: Int) {
    edges[Int(edge)].next = firstEdge[bucket]
    firstEdge[bucket] = edge
    isOccupied[bucket / 64] |= 1 << UInt64(bucket % 64)
    lowest = min(lowest, bucket)
  }

  /// The cheapest edge that waits.
  mutating func first() -> Edge? {
    var word = lowest / 64
    while word < isOccupied.count {
      let bits = isOccupied[word]
      if bits != 0 {
        lowest = 64 * word + bits.trailingZeroBitCount
        return edges[Int(firstEdge[lowest])]
      }
      word += 1
    }
    return nil
  }

  /// Takes away the edge that ``first()`` has just returned.
  mutating func removeFirst() {
    let edge = firstEdge[lowest]
    firstEdge[lowest] = edges[Int(edge)].next
    if firstEdge[lowest] < 0 { isOccupied[lowest / 64] &= ~(1 << UInt64(lowest % 64)) }
  }

  /// Puts another edge, or the same at another cost, in its place.
  mutating func replaceFirst(by edge: Edge, cost: Float) {
    let place = firstEdge[lowest]
    removeFirst()
    edges[Int(place)] = edge
    link(place, into: Self.bucket(cost))
  }

  /// Whether it would come first with this cost, too.
  func firstStays(at cost: Float) -> Bool { Self.bucket(cost) <= lowest }
}
