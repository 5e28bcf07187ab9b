public import Volumes

/// How the voxels of an object meet, counted from the 256 configurations of 2 x 2 x 2 voxels.
public struct VoxelConfigurations: Sendable, Hashable {
  /// Faces between the object and the background, by the axis that they stand across.
  public let faces: SIMD3<Int>
  /// Euler number of the solid: parts - tunnels + cavities; for voxels that hang together by their
  /// corners.
  public let eulerNumber26: Int
  /// As ``eulerNumber26`` for voxels that hang together by their faces only.
  public let eulerNumber6: Int
  /// Surface area in faces of a voxel, for cubic voxels; see ``LindbladArea``.
  let lindbladArea: Double
  /// The sums of ``PlaneSections/weights``.
  let planeSections: [Double]

  /// Beyond the border of the image is background.
  ///
  /// Ohser & Mücklich 2000, Statistical Analysis of Microstructures in Materials Science, Wiley.
  public init(_ object: LabelObject, in labels: LabelVolume) {
    let counts = labels.configurationCounts(of: object)
    var faces = SIMD3<Int>.zero
    // Eight times the Euler numbers, so that the eighth of a voxel in a cell is whole.
    var (corners, sides) = (0, 0)
    for (configuration, count) in counts.enumerated() where count > 0 {
      let cell = Cell(configuration)
      faces &+= count &* cell.borderFaces
      corners += count * (8 * cell.any - 4 * cell.edgesOfAny + 2 * cell.facesOfAny - cell.voxels)
      sides += count * (cell.voxels - 2 * cell.facesOfBoth + 4 * cell.edgesOfAll - 8 * cell.all)
    }
    // Every face is part of four cells.
    self.faces = SIMD3(faces.x / 4, faces.y / 4, faces.z / 4)
    eulerNumber26 = corners / 8
    eulerNumber6 = sides / 8
    lindbladArea = zip(counts, LindbladArea.weights).reduce(0) { $0 + Double($1.0) * $1.1 }
    planeSections = (0..<PlaneSections.kinds).map { kind in
      zip(counts, PlaneSections.weights).reduce(0) { $0 + Double($1.0) * $1.1[kind] }
    }
  }
}

/// Eight voxels around a corner; bit x + 2 y + 4 z of the configuration is voxel (x, y, z).
private struct Cell {
  let configuration: Int

  init(_ configuration: Int) { self.configuration = configuration }

  private func has(_ voxel: Int) -> Bool { configuration >> voxel & 1 == 1 }

  var voxels: Int { configuration.nonzeroBitCount }
  var any: Int { configuration == 0 ? 0 : 1 }
  var all: Int { configuration == 255 ? 1 : 0 }

  /// The pairs of voxels that share one of the 12 faces in the cell, by the axis across it.
  private static let pairs = (0..<3).map { axis in
    (0..<8).filter { $0 >> axis & 1 == 0 }.map { ($0, $0 | 1 << axis) }
  }

  /// The voxels around each of the 6 edges that meet in the middle of the cell.
  private static let edges = (0..<3).flatMap { axis in
    [0, 1].map { side in (0..<8).filter { $0 >> axis & 1 == side } }
  }

  var borderFaces: SIMD3<Int> {
    let counts = Self.pairs.map { $0.count { has($0.0) != has($0.1) } }
    return SIMD3(counts[0], counts[1], counts[2])
  }
  var facesOfAny: Int { Self.pairs.reduce(0) { $0 + $1.count { has($0.0) || has($0.1) } } }
  var facesOfBoth: Int { Self.pairs.reduce(0) { $0 + $1.count { has($0.0) && has($0.1) } } }
  var edgesOfAny: Int { Self.edges.count { $0.contains { has($0) } } }
  var edgesOfAll: Int { Self.edges.count { $0.allSatisfy { has($0) } } }
}

extension Volume where Element == UInt32 {
  /// How often each configuration of 2 x 2 x 2 voxels occurs around an object.
  fileprivate func configurationCounts(of object: LabelObject) -> [Int] {
    // A box with one empty voxel around the object.
    let size = object.upper &- object.lower &+ 3
    var isInside = [UInt8](repeating: 0, count: size.x * size.y * size.z)
    forEachVoxel(of: object) { place in
      isInside[((place.z + 1) * size.y + place.y + 1) * size.x + place.x + 1] = 1
    }
    var counts = [Int](repeating: 0, count: 256)
    for z in 0..<size.z - 1 {
      for y in 0..<size.y - 1 {
        let start = (z * size.y + y) * size.x
        // The four voxels at one x; those of the last x become the lower ones of the next cell.
        func column(_ x: Int) -> Int {
          Int(isInside[start + x]) | Int(isInside[start + size.x + x]) << 2
            | Int(isInside[start + size.x * size.y + x]) << 4
            | Int(isInside[start + size.x * size.y + size.x + x]) << 6
        }
        var lower = column(0)
        for x in 1..<size.x {
          let upper = column(x)
          counts[lower | upper << 1] += 1
          lower = upper
        }
      }
    }
    return counts
  }
}
