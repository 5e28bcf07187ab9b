/// The edges that wait to be collapsed, cheapest first.
///
/// A binary heap. Entries are not removed when an edge changes: a newer entry is added, and the old
/// one is recognised by its age when it comes out. Equal costs come out in the order of their
/// vertices, so that the order depends on nothing but the mesh.
struct CollapseQueue {
  struct Entry {
    let cost: Float
    let u: UInt32
    let v: UInt32
    /// How often the two vertices had changed, together, when the entry was made.
    let age: UInt32

    @inline(__always)
    static func < (one: Entry, other: Entry) -> Bool {
      if one.cost != other.cost { return one.cost < other.cost }
      return one.u != other.u ? one.u < other.u : one.v < other.v
    }
  }

  private var heap: [Entry]

  init(_ entries: [Entry]) {
    heap = entries
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  mutating func push(_ entry: Entry) {
    heap.append(entry)
    var index = heap.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      guard entry < heap[parent] else { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = entry
  }

  mutating func pop() -> Entry? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink(0)
    }
    return first
  }

  private mutating func sink(_ start: Int) {
    let entry = heap[start]
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count && heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < entry else { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = entry
  }
}
