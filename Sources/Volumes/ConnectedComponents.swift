/// A labelled volume: 0 is background, every other value names one object.
public typealias LabelVolume = Volume<UInt32>

extension Mask {
  /// The connected components of the mask, numbered from 1 in raster order of their first voxel.
  ///
  /// - Parameters:
  ///   - connectivity: Which voxels count as neighbours.
  ///   - minimumVoxelCount: Components with fewer voxels stay background.
  /// - Complexity: O(voxels / 64 + runs).
  public func connectedComponents(
    _ connectivity: VoxelConnectivity = .corners, minimumVoxelCount: Int = 1
  ) throws(VolumeError) -> LabelVolume {
    let components = MaskComponents(self, connectivity)
    let (blocks, layerStarts) = (components.blocks, components.layerStarts)
    let labels = components.labels(minimumVoxelCount: minimumVoxelCount)
    var volume = try LabelVolume(grid: grid)
    volume.withDisjointWrites { target in
      Parallel.forEach(blocks.countZ) { z in
        let labels = labels.span.extracting(layerStarts[z]..<layerStarts[z + 1])
        paint(layer: z, of: blocks, with: labels, into: target)
      }
    }
    return volume
  }

  /// Writes the labels of the runs of a layer of blocks to its voxels.
  private func paint(
    layer z: Int, of blocks: RowBlocks, with labels: Span<UInt32>,
    into target: DisjointWrites<UInt32>
  ) {
    var layer = BlockLayer()
    layer.read(z, of: self, in: blocks)
    var columns = [UInt32](repeating: 0, count: wordsPerRow * 64)
    for y in 0..<blocks.countY where !layer.runs(ofBlock: y).isEmpty {
      for run in layer.runs(ofBlock: y) {
        for x in layer.runs[run].columns { columns[x] = labels[run] }
      }
      blocks.forEachRow(ofBlock: y, z) { y, z in
        // SAFETY: every layer belongs to one piece of work.
        unsafe paint(row: y, z, with: columns.span, into: target.base + grid.offset(0, y, z))
      }
    }
  }

  /// Writes values by column to the voxels of a row that are set; the others are 0 or stay what they are.
  private func paint(
    row y: Int, _ z: Int, with columns: Span<UInt32>, into row: UnsafeMutablePointer<UInt32>
  ) {
    let first = (z * grid.size.y + y) * wordsPerRow
    for index in 0..<wordsPerRow where words[first + index] != 0 {
      let start = index * 64
      let end = min(start + 64, grid.size.x)
      var bits = words[first + index]
      var x = start
      while x + 16 <= end {
        // SAFETY: a vector ends inside the row, and columns are as many as bits. Signed, as vectors of
        // unsigned numbers are compared one by one.
        let values = unsafe columns.bytes.unsafeLoadUnaligned(
          fromByteOffset: x * 4, as: SIMD16<Int32>.self)
        let isSet =
          SIMD16(repeating: Int32(truncatingIfNeeded: bits)) & .placeValues .== .placeValues
        unsafe UnsafeMutableRawPointer(row + x).storeBytes(
          of: SIMD16.zero.replacing(with: values, where: isSet), as: SIMD16<Int32>.self)
        bits >>= 16
        x += 16
      }
      while x < end {
        if bits & 1 == 1 { unsafe row[x] = columns[x] }
        bits >>= 1
        x += 1
      }
    }
  }
}

extension SIMD16<Int32> {
  /// 1, 2, 4, 8, ...
  fileprivate static var placeValues: Self {
    Self(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768)
  }
}

extension MaskComponents {
  /// The label of every run: components are numbered in order, small ones get 0.
  fileprivate consuming func labels(minimumVoxelCount: Int) -> [UInt32] {
    var ordered = rootsInRasterOrder()
    if minimumVoxelCount > 1 {
      let sizes = voxelCounts(in: mask)
      ordered.removeAll { sizes[$0] < minimumVoxelCount }
    }
    var numbers: [Int: UInt32] = [:]
    for (index, root) in ordered.enumerated() { numbers[root] = UInt32(index) + 1 }
    return namingRuns { numbers[$0] ?? 0 }
  }
}

extension Volume where Element == UInt32 {
  /// The connected components of all labels, numbered from 1 in raster order of their first voxel:
  /// touching objects of different labels stay apart, and one in several pieces becomes several.
  public func connectedComponents(
    _ connectivity: VoxelConnectivity = .corners
  ) throws(VolumeError) -> LabelVolume {
    try LabelRuns(self, connectivity: connectivity).components()
  }
}
