internal import MeshProcessing
public import Volumes

/// Surface area from a label image alone, by counting how often lines enter and leave the object.
///
/// Cauchy-Crofton: the area is four times the mean, over all directions, of the number of crossings
/// per area of a bundle of parallel lines, halved. Here 13 directions are used, those from a voxel to
/// its 26 neighbours. Each stands for the part of the sphere that is closest to it *for the actual
/// spacing* (its spherical Voronoi cell). Legland, Kiêu & Devaux 2007, doi:10.5566/ias.v26.p83-92.
///
/// Independent of any mesh, and so a check of the mesh's area. Digitised spheres of 5, 8 and 20 cubic voxels in radius,
/// wherever their centres are: -0.6 ± 0.5, -0.2 ± 0.8 and -0.04 ± 0.09 %. Thirteen directions see a flat face unevenly:
/// of a cube along the axes the area is too small by 10 % at 20 voxels a side and by 8 % at 60. Noise at the border of
/// an object counts in full.
public struct CroftonEstimator: Sendable {
  /// Area per crossing for each direction, in square units.
  private let areaPerCrossing: [Double]

  /// The 13 directions to half of the 26 neighbours.
  static let steps: [SIMD3<Int>] = [
    SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1),
    SIMD3(1, 1, 0), SIMD3(-1, 1, 0), SIMD3(1, 0, 1), SIMD3(-1, 0, 1), SIMD3(0, 1, 1),
    SIMD3(0, -1, 1),
    SIMD3(1, 1, 1), SIMD3(-1, 1, 1), SIMD3(1, -1, 1), SIMD3(-1, -1, 1),
  ]

  /// An estimator for voxels of a given size.
  public init(spacing: SIMD3<Double>) {
    let directions = Self.steps.map { SIMD3<Double>($0) * spacing }
    let fractions = SphericalVoronoi.fractions(of: directions)
    let voxelVolume = spacing.x * spacing.y * spacing.z
    areaPerCrossing = zip(directions, fractions).map { direction, fraction in
      4 * fraction * voxelVolume / length(direction) / 2
    }
  }

  /// The surface area of one object, in square units. Beyond the border of the image is background.
  public func surfaceArea(of object: LabelObject, in labels: LabelVolume) -> Double {
    let bits = ObjectBits(object, in: labels)
    return zip(Self.steps, areaPerCrossing).reduce(0) { $0 + Double(bits.crossings($1.0)) * $1.1 }
  }
}

/// The voxels of one object as bits, in a box with one empty voxel around it.
private struct ObjectBits {
  private let size: SIMD3<Int>
  private let wordsPerRow: Int
  private var words: [UInt64]

  init(_ object: LabelObject, in labels: LabelVolume) {
    size = object.upper &- object.lower &+ 3
    wordsPerRow = (size.x + 63) / 64
    words = Array(repeating: 0, count: wordsPerRow * size.y * size.z)
    let width = object.upper.x - object.lower.x + 1
    for z in object.lower.z...object.upper.z {
      for y in object.lower.y...object.upper.y {
        let start = labels.grid.offset(object.lower.x, y, z)
        let row = labels.voxels.extracting(start..<start + width)
        let base = ((z - object.lower.z + 1) * size.y + y - object.lower.y + 1) * wordsPerRow
        for x in row.indices where row[x] == object.label {
          words[base + (x + 1) >> 6] |= 1 << UInt64((x + 1) & 63)
        }
      }
    }
  }

  /// How often a step leads from the object to the background or back.
  func crossings(_ step: SIMD3<Int>) -> Int {
    var count = 0
    for z in 0..<size.z - step.z {
      for y in max(0, -step.y)..<min(size.y, size.y - step.y) {
        let here = (z * size.y + y) * wordsPerRow
        let there = ((z + step.z) * size.y + y + step.y) * wordsPerRow
        for word in 0..<wordsPerRow {
          count += (words[here + word] ^ shifted(there, word, by: step.x)).nonzeroBitCount
        }
      }
    }
    return count
  }

  /// A word of a row, with the neighbour of each voxel at `step` along x in the voxel's own place.
  @inline(__always)
  private func shifted(_ row: Int, _ word: Int, by step: Int) -> UInt64 {
    let bits = words[row + word]
    switch step {
    case 1: return bits >> 1 | (word + 1 < wordsPerRow ? words[row + word + 1] << 63 : 0)
    case -1: return bits << 1 | (word > 0 ? words[row + word - 1] >> 63 : 0)
    default: return bits
    }
  }
}
