extension TriangleMesh {
  /// How many pairs of triangles cross: a side of one goes through the inside of the other and beyond.
  ///
  /// Triangles that only touch, overlap in one plane, or share a side do not count; of two that share a corner the sides
  /// opposite to it are looked at. Signs are certain: what rounding may have decided is touching. About n log n.
  public func selfIntersectionCount() -> Int {
    guard !isEmpty else { return 0 }
    var count = 0
    TriangleTree(self).forEachTouchingPair { first, second in
      if doCross(triangles[first], triangles[second]) { count += 1 }
    }
    return count
  }

  private func doCross(_ first: Triangle, _ second: Triangle) -> Bool {
    doesPierce(first, second) || doesPierce(second, first)
  }

  /// Whether a side that has no corner in common with another triangle goes through it.
  private func doesPierce(_ triangle: Triangle, _ other: Triangle) -> Bool {
    let target = corners(other)
    func isFree(_ vertex: UInt32) -> Bool {
      vertex != other.a && vertex != other.b && vertex != other.c
    }
    func pierces(_ a: UInt32, _ b: UInt32) -> Bool {
      isFree(a) && isFree(b)
        && doesCross(
          SIMD3<Double>(positions[Int(a)]), SIMD3<Double>(positions[Int(b)]), target)
    }
    return pierces(triangle.a, triangle.b) || pierces(triangle.b, triangle.c)
      || pierces(triangle.c, triangle.a)
  }
}
