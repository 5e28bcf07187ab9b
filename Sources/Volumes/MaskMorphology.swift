/// Binary morphology, 64 voxels at a time.
///
///     for every half-width of a row of the neighbourhood: rows dilated along x by it
///     for every row of the neighbourhood: the rows dy, dz away, joined
///
/// What lies beyond the border neither dilates nor erodes: the volume is all that there is. So closing
/// never takes anything away, opening never adds anything, and twice is once, at the border too.
/// Serra 1982, Image Analysis and Mathematical Morphology.
extension Mask {
  /// The mask and every voxel that has a voxel of the mask in its neighbourhood.
  public func dilated(by neighbourhood: Neighbourhood) -> Mask {
    let rows = neighbourhood.rows(on: grid)
    let widened = Dictionary(
      uniqueKeysWithValues: Set(rows.map(\.halfWidth)).map { ($0, dilatedAlongX(by: $0)) })
    let sources = rows.compactMap { row in
      widened[row.halfWidth].map { (y: row.y, z: row.z, words: $0) }
    }
    var result = Mask(grid: grid)
    let (size, wordsPerRow) = (grid.size, wordsPerRow)
    unsafe result.words.withUnsafeMutableBufferPointer { buffer in
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(Parallel.pieces(of: size.z, size: 8)) { planes in
        for z in planes {
          for source in sources where (0..<size.z).contains(z + source.z) {
            let rows = max(0, -source.y)..<max(0, -source.y, min(size.y, size.y - source.y))
            let from = ((z + source.z) * size.y + rows.lowerBound + source.y) * wordsPerRow
            let to = (z * size.y + rows.lowerBound) * wordsPerRow
            let words = source.words.span
            // SAFETY: plane z belongs to one piece of work.
            for i in 0..<rows.count * wordsPerRow { unsafe target.base[to + i] |= words[from + i] }
          }
        }
      }
    }
    return result
  }

  /// The voxels of the mask whose whole neighbourhood, as far as it lies in the volume, is in the mask.
  public func eroded(by neighbourhood: Neighbourhood) -> Mask {
    inverted().dilated(by: neighbourhood).inverted()
  }

  /// Erosion, then dilation: without whatever the neighbourhood does not fit into.
  public func opened(by neighbourhood: Neighbourhood) -> Mask {
    eroded(by: neighbourhood).dilated(by: neighbourhood)
  }

  /// Dilation, then erosion: with whatever the neighbourhood does not fit into outside of the mask.
  public func closed(by neighbourhood: Neighbourhood) -> Mask {
    dilated(by: neighbourhood).eroded(by: neighbourhood)
  }

  /// The voxels of the mask that have a neighbour outside of it. The border of the volume alone makes
  /// no voxel one of them.
  public func boundary(_ connectivity: VoxelConnectivity = .faces) -> Mask {
    subtracting(eroded(by: .connected(connectivity)))
  }

  /// The words of the mask with every row dilated along x.
  private func dilatedAlongX(by radius: Int) -> [UInt64] {
    guard radius > 0 else { return words }
    var result = words
    let tail = grid.size.x & 63
    let lastWord: UInt64 = tail == 0 ? .max : (1 << UInt64(tail)) - 1
    let (rowCount, wordsPerRow) = (grid.size.y * grid.size.z, wordsPerRow)
    unsafe result.withUnsafeMutableBufferPointer { buffer in
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(Parallel.pieces(of: rowCount, size: 1 << 12)) { rows in
        var row = BitRow(wordCount: wordsPerRow)
        for index in rows {
          // SAFETY: every row belongs to one piece of work.
          for i in 0..<wordsPerRow { row.words[i] = unsafe target.base[index * wordsPerRow + i] }
          row.dilate(by: radius)
          row.words[wordsPerRow - 1] &= lastWord
          for i in 0..<wordsPerRow { unsafe target.base[index * wordsPerRow + i] = row.words[i] }
        }
      }
    }
    return result
  }
}

extension Neighbourhood {
  /// The neighbourhood as rows along x: where each lies, and how far it reaches to both sides.
  fileprivate func rows(on grid: Grid) -> [(y: Int, z: Int, halfWidth: Int)] {
    steps(on: grid, limit: grid.size).filter { $0.x >= 0 }.reduce(into: []) { rows, step in
      if let last = rows.last, last.y == step.y && last.z == step.z { rows.removeLast() }
      rows.append((y: step.y, z: step.z, halfWidth: step.x))
    }
  }
}

/// One row of a mask and a copy to shift.
private struct BitRow {
  var words: [UInt64]
  private var before: [UInt64]

  init(wordCount: Int) {
    words = Array(repeating: 0, count: wordCount)
    before = words
  }

  /// Spreads every bit by a radius, in steps that leave no gap, not at the ends of the row either,
  /// where a bit has been spread to one side only.
  mutating func dilate(by radius: Int) {
    var reached = 0
    while reached < radius {
      let step = min(reached + 1, radius - reached)
      let (whole, bits) = (step >> 6, UInt64(step & 63))
      before = words
      for i in words.indices {
        words[i] |= word(i - whole) << bits | word(i + whole) >> bits
        if bits > 0 {
          words[i] |= word(i - whole - 1) >> (64 - bits) | word(i + whole + 1) << (64 - bits)
        }
      }
      reached += step
    }
  }

  private func word(_ index: Int) -> UInt64 {
    index >= 0 && index < before.count ? before[index] : 0
  }
}
