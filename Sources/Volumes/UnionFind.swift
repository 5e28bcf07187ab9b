/// Disjoint sets of elements that are numbered in some order; the first element of a set is its root.
///
/// Trees whose paths are halved while they are climbed. As a parent always comes before its child, one
/// pass in order finds every root. Tarjan & van Leeuwen 1984, doi:10.1145/62.2160.
///
/// Sets that share no element may be joined on several threads at once.
// SAFETY: parents has an entry for every element, and is only ever indexed by elements.
struct UnionFind: Sendable {
  private let parents: DisjointWrites<UInt32>

  /// Sets in memory where every element is, so far, a set of its own: its own parent.
  init(_ parents: DisjointWrites<UInt32>) { self.parents = parents }

  /// Whether two elements are known to be in one set, without looking for their roots.
  @inline(__always)
  func shareParent(_ a: Int, _ b: Int) -> Bool { unsafe parents.base[a] == parents.base[b] }

  @inline(__always)
  func join(_ a: Int, _ b: Int) {
    let (rootA, rootB) = (root(of: a), root(of: b))
    if rootA < rootB {
      unsafe parents.base[rootB] = UInt32(truncatingIfNeeded: rootA)
    } else if rootB < rootA {
      unsafe parents.base[rootA] = UInt32(truncatingIfNeeded: rootB)
    }
  }

  @inline(__always)
  private func root(of element: Int) -> Int {
    let parents = unsafe parents.base
    var element = element
    while unsafe Int(parents[element]) != element {
      unsafe parents[element] = parents[Int(parents[element])]
      element = unsafe Int(parents[element])
    }
    return element
  }

  /// Makes the root of every element its parent.
  func flatten() {
    for element in 0..<parents.count {
      unsafe parents.base[element] = parents.base[Int(parents.base[element])]
    }
  }
}
