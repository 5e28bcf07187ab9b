/// The weighted sum of a row and of its neighbours in mirrored pairs: the kernel of every separable
/// filter.
///
///      sum = w0 * row(0) + w1 * (row(-1) + row(+1)) + w2 * (row(-2) + row(+2)) + ...
///
/// An antisymmetric kernel takes the differences row(+1) - row(-1), ... in place of the sums.
@safe struct RowPairs {
  private let weights: [Float]
  private let isAntisymmetric: Bool
  private var before: [UnsafePointer<Float>]
  private var after: [UnsafePointer<Float>]

  init(kernel: AxisKernel) {
    weights = kernel.weights
    isAntisymmetric = kernel.isAntisymmetric
    unsafe before = []
    unsafe after = []
    unsafe before.reserveCapacity(weights.count)
    unsafe after.reserveCapacity(weights.count)
  }

  /// Says where the row at each distance from the centre lies.
  @inline(__always)
  mutating func point(_ row: (Int) -> UnsafeMutablePointer<Float>) {
    unsafe before.removeAll(keepingCapacity: true)
    unsafe after.removeAll(keepingCapacity: true)
    for step in weights.indices {
      unsafe before.append(UnsafePointer(row(-step)))
      unsafe after.append(UnsafePointer(row(step)))
    }
  }

  /// Writes the weighted sum of the first `count` elements. All rows must be that long; the output
  /// must not overlap any of them.
  func sum(into output: UnsafeMutablePointer<Float>, count: Int) {
    if isAntisymmetric {
      unsafe sum(into: output, count: count, pair: { $1 - $0 }, pairs: { $1 - $0 })
    } else {
      unsafe sum(into: output, count: count, pair: { $0 + $1 }, pairs: { $0 + $1 })
    }
  }

  @inline(__always)
  private func sum(
    into output: UnsafeMutablePointer<Float>, count: Int, pair: (Float, Float) -> Float,
    pairs: (SIMD16<Float>, SIMD16<Float>) -> SIMD16<Float>
  ) {
    // SAFETY: every row has at least `count` elements, which is what all indices stay below.
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe before.withUnsafeBufferPointer { before in
        unsafe after.withUnsafeBufferPointer { after in
          let radius = weights.count - 1
          var x = 0
          while x + 32 <= count {
            var low = unsafe load(before[0], x) * weights[0]
            var high = unsafe load(before[0], x + 16) * weights[0]
            var step = 1
            while step <= radius {
              let weight = unsafe weights[step]
              unsafe low += pairs(load(before[step], x), load(after[step], x)) * weight
              unsafe high += pairs(load(before[step], x + 16), load(after[step], x + 16)) * weight
              step += 1
            }
            unsafe UnsafeMutableRawPointer(output + x).storeBytes(
              of: low, as: SIMD16<Float>.self)
            unsafe UnsafeMutableRawPointer(output + x + 16).storeBytes(
              of: high, as: SIMD16<Float>.self)
            x += 32
          }
          while x < count {
            var sum = unsafe before[0][x] * weights[0]
            var step = 1
            while step <= radius {
              unsafe sum += pair(before[step][x], after[step][x]) * weights[step]
              step += 1
            }
            unsafe output[x] = sum
            x += 1
          }
        }
      }
    }
  }

  @inline(__always)
  private func load(_ row: UnsafePointer<Float>, _ x: Int) -> SIMD16<Float> {
    unsafe UnsafeRawPointer(row + x).loadUnaligned(as: SIMD16<Float>.self)
  }
}

/// Runs `body` with uninitialised memory for a number of floats.
@unsafe func withScratch(floats count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
  let scratch = UnsafeMutablePointer<Float>.allocate(capacity: max(count, 1))
  defer { unsafe scratch.deallocate() }
  unsafe body(scratch)
}
