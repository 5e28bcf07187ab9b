import Fixtures
import Foundation
import Morphometry
import Testing
import Volumes

@Suite("Grey values inside and around") struct IntensityDistributionTests {
  /// A block of 4 x 3 x 5 voxels of another spacing along each axis.
  private static let grid = Grid(
    size: SIMD3(40, 30, 28), spacing: SIMD3(0.5, 1, 2), origin: SIMD3(10, -4, 3),
    unit: .micrometre, calibration: .phantom)
  private static let lower = SIMD3(18, 14, 10)

  private func volume<V: Voxel>(_ value: (SIMD3<Int>) -> V) throws -> Volume<V> {
    try Volume(
      grid: Self.grid,
      voxels: (0..<Self.grid.voxelCount).map { value(Self.grid.index(of: $0)) })
  }

  private func labels() throws -> LabelVolume {
    try volume { place -> UInt32 in
      let inside = place &- Self.lower
      return inside.min() >= 0 && inside.x < 4 && inside.y < 3 && inside.z < 5 ? 1 : 0
    }
  }

  @Test("percentiles, skewness and centroid of the values 0, 1, ... 59 in raster order")
  func counted() throws {
    let labels = try labels()
    let image = Image(
      try volume { place -> UInt16 in
        let inside = place &- Self.lower
        return UInt16(clamping: inside.x + 4 * inside.y + 12 * inside.z)
      })
    let object = try #require(labels.objects().first)
    let found = IntensityDistribution(object, in: labels, of: image)
    for (fraction, value) in zip(IntensityDistribution.percentileFractions, found.percentiles) {
      #expect(abs(value - 59 * fraction) < 1e-9)
    }
    #expect(abs(found.skewness) < 1e-12)
    // The mean of i² / sum of i along z, and of the smaller parts along y and x, over all voxels.
    let middle =
      Self.grid.origin + (SIMD3<Double>(Self.lower) + SIMD3(1.5, 1, 2)) * Self.grid.spacing
    let shift = SIMD3(1.25, 4 * 2 / 3.0, 12 * 2) / 29.5 * Self.grid.spacing
    let expected = middle + shift
    #expect((found.centroid - expected).max() < 1e-9 && (found.centroid - expected).min() > -1e-9)
    #expect(abs(found.offset - (shift * shift).sum().squareRoot()) < 1e-9)
  }

  @Test("a few bright voxels make the skewness positive: (1 - 2p) / sqrt(p (1 - p))")
  func skewness() throws {
    let labels = try labels()
    let image = Image(
      try volume { place -> Float in place == Self.lower || place == Self.lower &+ 1 ? 7 : 2 })
    let object = try #require(labels.objects().first)
    let found = IntensityDistribution(object, in: labels, of: image)
    let part = 2 / 60.0
    #expect(abs(found.skewness / ((1 - 2 * part) / (part * (1 - part)).squareRoot()) - 1) < 1e-9)
    #expect(found.percentiles[2] == 2)
  }

  @Test("of equal values there is no skewness, of zeros no centroid, of none nothing")
  func degenerate() throws {
    let labels = try labels()
    let object = try #require(labels.objects().first)
    let zeros = IntensityDistribution(
      object, in: labels, of: Image(try volume { _ -> UInt8 in 0 }))
    #expect(zeros.skewness.isNaN && zeros.centroid.x.isNaN && zeros.offset.isNaN)
    #expect(zeros.percentiles == [0, 0, 0, 0, 0])
    let nothing = IntensityDistribution(
      object, in: labels, of: Image(try volume { _ -> Float in .nan }))
    #expect(nothing.percentiles.allSatisfy { $0.isNaN })
  }

  @Test("the background is the median three longest sides of a voxel away, whatever is nearer")
  func background() throws {
    let labels = try labels()
    let object = try #require(labels.objects().first)
    // 0 to 10 far away, and a halo within 6 µm, three slices.
    let image = Image(
      try volume { place -> Float in
        let beyond = pointwiseMax(
          pointwiseMax(Self.lower &- place, place &- Self.lower &- SIMD3(3, 2, 4)), .zero)
        let way = SIMD3<Double>(beyond) * Self.grid.spacing
        return (way * way).sum() < 36 ? 1000 : Float((place.x + place.y + place.z) % 11)
      })
    let found = Background(of: labels).intensity(around: object, in: image)
    #expect(found.median == 5)
  }

  @Test("no background where objects fill the image")
  func crowded() throws {
    let labels = try volume { _ -> UInt32 in 1 }
    let object = try #require(labels.objects().first)
    let image = Image(try volume { _ -> UInt8 in 3 })
    #expect(Background(of: labels).intensity(around: object, in: image).median.isNaN)
  }
}
