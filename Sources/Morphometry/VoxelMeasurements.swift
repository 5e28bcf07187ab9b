public import Volumes

/// What can be said of an object from its voxels.
public struct VoxelMeasurements: Sendable {
  public let voxelCount: Int
  /// Voxel count times the volume of a voxel, in cubic units.
  public let volume: Double
  /// Area by Crofton's formula; see ``CroftonEstimator``. In square units.
  public let croftonArea: Double
  /// Whether the border of the image cuts the object.
  public let touchesBorder: Bool
  /// The area of the outer faces of its voxels at the border of the image, in square units: how much
  /// of the surface is a cut and not the object's own.
  public let borderArea: Double
  /// The longest side of a voxel, in units.
  public let longestSide: Double
  public let isCalibrated: Bool
  /// Whether a voxel has the largest value that its type can hold.
  public let isSaturated: Bool
  /// Grey values of the *original* image, never of a filtered one; `nil` without an image.
  public let intensity: IntensityStatistics?

  /// Measures one object of a label image.
  public init(
    _ object: LabelObject, in labels: LabelVolume, image: Image?, crofton: CroftonEstimator
  ) {
    voxelCount = object.voxelCount
    volume = Double(object.voxelCount) * labels.grid.voxelVolume
    croftonArea = crofton.surfaceArea(of: object, in: labels)
    touchesBorder = object.touchesBorder(of: labels.grid)
    borderArea = touchesBorder ? labels.borderArea(of: object) : 0
    longestSide = labels.grid.spacing.max()
    isCalibrated = labels.grid.isCalibrated
    intensity = image?.statistics(of: object, in: labels)
    isSaturated = intensity.map { $0.maximum == image?.largestValue } ?? false
  }
}

extension Volume where Element == UInt32 {
  fileprivate func borderArea(of object: LabelObject) -> Double {
    let spacing = grid.spacing
    let faceArea = SIMD3(spacing.y * spacing.z, spacing.x * spacing.z, spacing.x * spacing.y)
    var area = 0.0
    for axis in 0..<3 {
      for side in [0, grid.size[axis] - 1]
      where object.lower[axis] <= side && side <= object.upper[axis] {
        var (lower, upper) = (object.lower, object.upper)
        lower[axis] = side
        upper[axis] = side
        area += faceArea[axis] * Double(count(of: object.label, from: lower, to: upper))
      }
    }
    return area
  }

  private func count(of label: UInt32, from lower: SIMD3<Int>, to upper: SIMD3<Int>) -> Int {
    var count = 0
    for z in lower.z...upper.z {
      for y in lower.y...upper.y {
        let start = grid.offset(lower.x, y, z)
        let row = voxels.extracting(start..<start + upper.x - lower.x + 1)
        for x in row.indices where row[x] == label { count += 1 }
      }
    }
    return count
  }
}
