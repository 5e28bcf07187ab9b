import Foundation
import Lamina

/// The stack that is timed on: a file, or a synthetic one that is written to a file for the peers.
struct BenchmarkImage {
  let image: Image
  let path: String
  private let isTemporary: Bool

  init(path: String?, size: Int) throws {
    if let path {
      image = try Stack(contentsOf: path).image
      self.path = path
      isTemporary = false
    } else {
      image = .uint16(try Self.nuclei(size: size))
      self.path = NSTemporaryDirectory() + "lamina-benchmark-\(UUID().uuidString).tif"
      try image.write(to: self.path)
      isTemporary = true
    }
  }

  func remove() {
    if isTemporary { try? FileManager.default.removeItem(atPath: path) }
  }

  /// Bright balls on a lattice, each shifted and sized by its place, blurred and with noise: about as
  /// full as a stack of nuclei.
  private static func nuclei(size: Int) throws -> Volume<UInt16> {
    let grid = Grid(size: SIMD3(repeating: size))
    let cell = 38
    var state: UInt64 = 7
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    var sharp = try Volume<Float>(grid: grid)
    var voxels = sharp.mutableVoxels
    let cells = (size + cell - 1) / cell
    for index in 0..<cells * cells * cells {
      let corner = SIMD3(index % cells, index / cells % cells, index / cells / cells) &* cell
      let radius = 8 + 6 * random()
      let centre = SIMD3<Double>(corner) + 15 + 8 * SIMD3(random(), random(), random())
      let low = pointwiseMax(SIMD3<Int>(centre - radius), .zero)
      let high = pointwiseMin(SIMD3<Int>(centre + radius) &+ 1, grid.size &- 1)
      guard low.x <= high.x, low.y <= high.y, low.z <= high.z else { continue }
      for z in low.z...high.z {
        for y in low.y...high.y {
          for x in low.x...high.x {
            let step = SIMD3(Double(x), Double(y), Double(z)) - centre
            if (step * step).sum() < radius * radius { voxels[grid.offset(x, y, z)] = 1000 }
          }
        }
      }
    }
    let blurred = try sharp.gaussianBlurred(sigma: 1.5)
    var noisy = try Volume<UInt16>(grid: grid)
    var target = noisy.mutableVoxels
    for i in target.indices {
      target[i] = UInt16(100 + Double(blurred.voxels[i]) + 60 * random())
    }
    return noisy
  }
}
