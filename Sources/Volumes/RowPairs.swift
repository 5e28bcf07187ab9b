/// The weighted sum of a row and of its neighbours in mirrored pairs: the kernel of every separable
/// filter.
///
///      sum = w0 * row(0) + w1 * (row(-1) + row(+1)) + w2 * (row(-2) + row(+2)) + ...
///
/// An antisymmetric kernel takes the differences row(+1) - row(-1), ... in place of the sums.
@safe struct RowPairs {
  private let weights: [Float]
  private let isAntisymmetric: Bool
  /// Where the row at each distance lies, from the start of their memory.
  private var before: [Int]
  private var after: [Int]

  init(kernel: AxisKernel) {
    weights = kernel.weights
    isAntisymmetric = kernel.isAntisymmetric
    before = Array(repeating: 0, count: weights.count)
    after = before
  }

  /// Says where the row at each distance from the centre lies in memory.
  @inline(__always)
  mutating func point(_ row: (Int) -> Int) {
    for step in weights.indices {
      before[step] = row(-step)
      after[step] = row(step)
    }
  }

  /// Writes the weighted sum of the first `count` elements. All rows must be that long and lie in
  /// `memory`; the output must not overlap any of them.
  func sum(
    of memory: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, count: Int
  ) {
    if isAntisymmetric {
      unsafe sum(Differences.self, of: memory, into: output, count: count)
    } else {
      unsafe sum(Sums.self, of: memory, into: output, count: count)
    }
  }

  @inline(__always)
  private func sum<Pair: PairRule>(
    _ pair: Pair.Type, of memory: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    // SAFETY: every row has at least `count` elements, which is what all indices stay below.
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe before.withUnsafeBufferPointer { before in
        unsafe after.withUnsafeBufferPointer { after in
          var x = 0
          while x + 32 <= count {
            var low = unsafe load(memory + before[0], x) * weights[0]
            var high = unsafe load(memory + before[0], x + 16) * weights[0]
            for step in 1..<max(weights.count, 1) {
              let weight = unsafe weights[step]
              let (behind, ahead) = unsafe (memory + before[step], memory + after[step])
              unsafe low += pair.of(load(behind, x), load(ahead, x)) * weight
              unsafe high += pair.of(load(behind, x + 16), load(ahead, x + 16)) * weight
            }
            unsafe store(low, output + x)
            unsafe store(high, output + x + 16)
            x += 32
          }
          for x in x..<count {
            var sum = unsafe memory[before[0] + x] * weights[0]
            for step in 1..<max(weights.count, 1) {
              unsafe sum +=
                pair.of(memory[before[step] + x], memory[after[step] + x]) * weights[step]
            }
            unsafe output[x] = sum
          }
        }
      }
    }
  }

  @inline(__always)
  private func load(_ row: UnsafePointer<Float>, _ x: Int) -> SIMD16<Float> {
    unsafe UnsafeRawPointer(row + x).loadUnaligned(as: SIMD16<Float>.self)
  }

  @inline(__always)
  private func store(_ values: SIMD16<Float>, _ place: UnsafeMutablePointer<Float>) {
    unsafe UnsafeMutableRawPointer(place).storeBytes(of: values, as: SIMD16<Float>.self)
  }
}

/// What becomes of a pair of voxels, one behind and one ahead. A type and not a closure: a call for each
/// pair would take as long again.
private protocol PairRule {
  static func of(_ behind: Float, _ ahead: Float) -> Float
  static func of(_ behind: SIMD16<Float>, _ ahead: SIMD16<Float>) -> SIMD16<Float>
}

private enum Sums: PairRule {
  @inline(__always) static func of(_ behind: Float, _ ahead: Float) -> Float { behind + ahead }
  @inline(__always) static func of(_ behind: SIMD16<Float>, _ ahead: SIMD16<Float>)
    -> SIMD16<Float>
  { behind + ahead }
}

private enum Differences: PairRule {
  @inline(__always) static func of(_ behind: Float, _ ahead: Float) -> Float { ahead - behind }
  @inline(__always) static func of(_ behind: SIMD16<Float>, _ ahead: SIMD16<Float>)
    -> SIMD16<Float>
  { ahead - behind }
}

/// Runs `body` with uninitialised memory for a number of floats.
@unsafe func withScratch(floats count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
  let scratch = UnsafeMutablePointer<Float>.allocate(capacity: max(count, 1))
  defer { unsafe scratch.deallocate() }
  unsafe body(scratch)
}
