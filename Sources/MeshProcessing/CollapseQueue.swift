/// The edges that wait to be collapsed, cheapest first.
///
/// A heap of four children a node, which is half as deep as a binary one. Entries are not removed when an edge changes: a newer entry is added, and the old
/// one is recognised by its age when it comes out. Equal costs come out in the order of their
/// vertices, so that the order depends on nothing but the mesh.
struct CollapseQueue {
  struct Entry {
    /// The cost and behind it u: floats that are not negative have the order of their bits.
    private let key: UInt64
    let v: UInt32
    /// How often the two vertices had changed, together, when the entry was made.
    let age: UInt32

    init(cost: Float, u: UInt32, v: UInt32, age: UInt32) {
      key = UInt64(cost.bitPattern) << 32 | UInt64(u)
      self.v = v
      self.age = age
    }

    var u: UInt32 { UInt32(truncatingIfNeeded: key) }
    var cost: Float { Float(bitPattern: UInt32(key >> 32)) }

    /// The same edge at another cost.
    func costing(_ cost: Float) -> Entry {
      Entry(cost: cost, u: u, v: v, age: age)
    }

    @inline(__always)
    static func < (one: Entry, other: Entry) -> Bool {
      one.key != other.key ? one.key < other.key : one.v < other.v
    }
  }

  private var heap: [Entry]

  init(_ entries: [Entry]) {
    heap = entries
    arrange()
  }

  var count: Int { heap.count }

  /// Keeps the entries that are still true.
  mutating func keep(_ isTrue: (Entry) -> Bool) {
    heap.removeAll { !isTrue($0) }
    arrange()
  }

  private mutating func arrange() {
    for index in stride(from: (heap.count - 2) / 4, through: 0, by: -1) where !heap.isEmpty {
      sink(heap[index], from: index)
    }
  }

  /// The cheapest edge that waits.
  var first: Entry? { heap.first }

  mutating func push(_ entry: Entry) {
    heap.append(entry)
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) / 4
      guard entry < heap[parent] else { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = entry
  }

  mutating func pop() -> Entry? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty { sink(last, from: 0) }
    return first
  }

  /// Puts an entry where a place has become free, or as far below it as it belongs.
  private mutating func sink(_ entry: Entry, from start: Int) {
    var heap = heap.mutableSpan
    var index = start
    while true {
      let children = 4 * index + 1
      guard children < heap.count else { break }
      var least = children
      var child = children + 1
      while child < min(children + 4, heap.count) {
        if heap[child] < heap[least] { least = child }
        child += 1
      }
      guard heap[least] < entry else { break }
      heap[index] = heap[least]
      index = least
    }
    heap[index] = entry
  }
}
