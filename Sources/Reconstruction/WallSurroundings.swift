internal import MeshProcessing
internal import Volumes

/// The voxels on either side of the wall between two objects, by their distance from it.
struct WallSurroundings {
  private let wall: ContactWall
  private let pair: (front: UInt32, back: UInt32)
  private let grid: Grid

  /// How far from the axis of the wall the sections of objects are followed, in radii of the wall.
  private static let reach = 4.0
  /// How far lattice points count that tell what a section of a known area shows, in radii and in sides of a voxel.
  private static let window = (radii: 2.4, sides: 4.5)

  init(_ wall: ContactWall, of pair: (front: UInt32, back: UInt32), in grid: Grid) {
    self.wall = wall
    self.pair = pair
    self.grid = grid
  }

  /// How deep layers may be in the objects in front and behind: not beyond the end of an object, and not
  /// where it is wider than is looked at.
  func reaches(in labels: Volume<UInt32>, upTo limit: Double) -> SIMD2<Double> {
    let outer = reach + max(wall.radius / 2, 1.5 * grid.spacing.max())
    var ends = SIMD2<Double>.zero
    var limits = SIMD2(repeating: limit)
    forEachVoxel(of: labels, within: outer, height: limit) { side, distance, square in
      if square <= reach * reach {
        ends[side] = max(ends[side], distance)
      } else if distance > 0 {
        limits[side] = min(limits[side], distance)
      }
    }
    return pointwiseMin(ends, limits)
  }

  /// The sums that the profiles of both objects, in front and behind, are found from.
  func moments(in labels: Volume<UInt32>, depths: SIMD2<Double>) -> [SectionProfile.Moments] {
    var moments = [SectionProfile.Moments(), SectionProfile.Moments()]
    let volume = grid.voxelVolume
    forEachVoxel(of: labels, within: reach, height: depths.max()) { side, distance, _ in
      let part = distance / depths[side]
      if part < 1 { moments[side].addVoxel(volume, at: part) }
    }
    // The points are those along a plane. The window is (1 - ρ² / window²)³, whose integral is a quarter of the disc's area.
    let window = max(Self.window.radii * wall.radius, Self.window.sides * grid.spacing.max())
    let share = volume / (.pi * window * window / 4)
    let box = box(within: window, height: depths.max())
    for z in box.lower.z...box.upper.z {
      for y in box.lower.y...box.upper.y {
        for x in box.lower.x...box.upper.x {
          let (height, square) = wall.height(
            of: grid.world(SIMD3(Double(x), Double(y), Double(z))))
          let side = height > 0 ? 0 : 1
          let part = abs(height) / depths[side]
          let inside = 1 - square / (window * window)
          guard inside > 0, part < 1 else { continue }
          moments[side].addPoint(share * inside * inside * inside, at: part)
        }
      }
    }
    return moments
  }

  /// How far from its axis sections are followed, in units.
  private var reach: Double { Self.reach * wall.radius + grid.spacing.max() }

  /// All voxels of the two objects so near to the wall and to its axis: 0 in front or 1 behind, the distance from the wall,
  /// below 0 on the other side of it, and the square of that from the axis.
  private func forEachVoxel(
    of labels: Volume<UInt32>, within radius: Double, height limit: Double,
    _ body: (_ side: Int, _ distance: Double, _ square: Double) -> Void
  ) {
    let box = box(within: radius, height: limit)
    let lower = pointwiseMax(box.lower, .zero)
    let upper = pointwiseMin(box.upper, grid.size &- 1)
    guard all(lower .<= upper) else { return }
    let voxels = labels.voxels
    for z in lower.z...upper.z {
      for y in lower.y...upper.y {
        let row = grid.offset(0, y, z)
        for x in lower.x...upper.x {
          let label = voxels[row + x]
          guard label == pair.front || label == pair.back else { continue }
          let place = grid.world(SIMD3(Double(x), Double(y), Double(z)))
          let (height, square) = wall.height(of: place)
          guard square < radius * radius, abs(height) < limit + wall.step else { continue }
          let isInFront = label == pair.front
          body(isInFront ? 0 : 1, isInFront ? height : -height, square)
        }
      }
    }
  }

  /// The lattice points around a cylinder about the axis of the wall, in the image and beyond.
  private func box(
    within radius: Double, height limit: Double
  ) -> (lower: SIMD3<Int>, upper: SIMD3<Int>) {
    let axis = SIMD3(abs(wall.normal.x), abs(wall.normal.y), abs(wall.normal.z))
    let across = pointwiseMax(1 - axis * axis, .zero).squareRoot()
    let half = ((limit + wall.step) * axis + radius * across) / grid.spacing + 1
    let middle = (wall.center - grid.origin) / grid.spacing
    return (
      SIMD3<Int>((middle - half).rounded(.down)), SIMD3<Int>((middle + half).rounded(.up))
    )
  }
}
