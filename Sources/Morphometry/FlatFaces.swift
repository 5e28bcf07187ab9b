internal import LibC
public import Volumes

/// Faces that end an object along layers of voxels, as the underside of a cell on a cover slip does.
///
///     ·   ·   ·   ·   ·   ·
///     ______________________     A face anywhere between these two layers gives the same mask.
///     ●   ●   ●   ●   ●   ●
///
/// A curved surface crosses many layers, and lies as often above the middle between two as below: ``SamplingUncertainty``
/// says what is left. A flat face is off as a whole, with a standard deviation of d / √12 at a distance d of the layers.
///
/// The areas of the sections tell the two apart. Those of a rounded end rise from nothing, at the pole, and where they are
/// followed from the last layers to the next one outside they have come to nothing. What is left there is flat:
///
///      sections   ●──●──●──●┐         ●──●─●
///                           │               ╲ ●
///                           └──                ╲──
///                    flat: all of it     round: nothing is left one layer outside
///
/// They are followed as a polynomial of the second degree, which they are on ellipsoids. Of the side of a tube that
/// lies along the layers a part is left, as is right. What is no end of the object along an axis of the image is not seen.
public struct FlatFaces: Sendable {
  /// The standard uncertainties that they add.
  public let uncertainty: SurfaceUncertainty.Contribution

  /// - Parameter object: Where it reaches to the border of the image it is cut, at a place that is known.
  public init(of object: LabelObject, in labels: LabelVolume) {
    let grid = labels.grid
    let sections = labels.sections(of: object)
    var sum = SurfaceUncertainty.Contribution()
    for axis in 0..<3 {
      let voxel = (
        face: grid.voxelVolume / grid.spacing[axis], height: grid.spacing[axis]
      )
      let counts = sections[axis].map { Double($0) }
      if object.lower[axis] > 0 {
        sum = sum.combined(with: Self.moved(counts, voxel))
      }
      if object.upper[axis] < grid.size[axis] - 1 {
        sum = sum.combined(with: Self.moved(counts.reversed(), voxel))
      }
    }
    uncertainty = sum
  }

  /// What the face at the first section makes of the three: a disc that is moved along its normal and takes the sides with it.
  ///
  /// Its rim, of the length P, turns by an angle θ that the next section tells: they grow by P cot θ from layer to layer. The
  /// side of a cone adds P tan(θ / 2) to the area and π (1 - θ cot θ) to the integral of H, that of a cylinder P and π.
  private static func moved(
    _ sections: [Double], _ voxel: (face: Double, height: Double)
  ) -> SurfaceUncertainty.Contribution {
    let (part, step) = (flatPart(sections), voxel.height / 12.0.squareRoot())
    let area = part * sections[0] * voxel.face
    guard area > 0 else { return .init() }
    let rim = 2 * (.pi * sections[0] * voxel.face).squareRoot()
    let second = sections.count > 1 ? sections[1] : sections[0]
    let cotangent = (second - sections[0]) * voxel.face / (voxel.height * rim)
    let angle = atan2(1, cotangent)
    return .init(
      area: part * rim * tan(angle / 2) * step, volume: area * step,
      meanCurvature: part * .pi * (1 - angle * cotangent) * step)
  }

  /// The part of the first section that is left one layer outside of it.
  private static func flatPart(_ sections: [Double]) -> Double {
    func section(_ layer: Int) -> Double { layer < sections.count ? sections[layer] : 0 }
    let rise = section(1) - section(0)
    let bend = section(2) - section(1) - rise
    // Beyond the other end of a thin object there is no polynomial.
    let outside = section(0) - rise + min(max(bend, -abs(rise)), abs(rise))
    return min(max(outside / section(0), 0), 1)
  }
}

extension Volume where Element == UInt32 {
  /// How many voxels an object has in each of its layers along x, y and z.
  fileprivate func sections(of object: LabelObject) -> [[Int]] {
    let size = object.upper &- object.lower &+ 1
    var sections = (0..<3).map { [Int](repeating: 0, count: size[$0]) }
    for z in 0..<size.z {
      for y in 0..<size.y {
        let start = grid.offset(object.lower.x, object.lower.y + y, object.lower.z + z)
        let row = voxels.extracting(start..<start + size.x)
        var inRow = 0
        for x in 0..<size.x where row[x] == object.label {
          sections[0][x] += 1
          inRow += 1
        }
        sections[1][y] += inRow
        sections[2][z] += inRow
      }
    }
    return sections
  }
}
