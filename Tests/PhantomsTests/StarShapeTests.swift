import Phantoms
import Testing
import Volumes

@Suite("Star-shaped solids") struct StarShapeTests {
  struct Reference: Sendable {
    let solid: Solid
    let area: Double
    let meanCurvatureIntegral: Double
    let curvatures: ClosedRange<Double>
    let centroid: SIMD3<Double>
  }

  /// By Tests/Reference/star_shapes.py, an implementation of its own.
  private static let references = [
    Reference(
      solid: .bumpy(radius: 1), area: 12.853450952, meanCurvatureIntegral: 12.85730922,
      curvatures: -0.188...1.742, centroid: SIMD3(-8.161e-05, 0, 0)),
    Reference(
      solid: .lobed(radius: 1), area: 12.939914598, meanCurvatureIntegral: 12.86550977,
      curvatures: -4.258...1.772, centroid: SIMD3(-0.03557306, -0.01552233, -0.04717032)),
  ]

  @Test("bumpy and lobed, against an independent implementation", arguments: references.indices)
  func named(index: Int) {
    let reference = Self.references[index]
    let solid = reference.solid
    #expect(abs(solid.volume / (4 * .pi / 3) - 1) < 1e-14)
    #expect(abs(solid.surfaceArea - reference.area) < 1e-8)
    #expect(abs(solid.meanCurvatureIntegral - reference.meanCurvatureIntegral) < 1e-7)
    #expect(abs(solid.meanCurvatures.lowerBound - reference.curvatures.lowerBound) < 0.02)
    #expect(abs(solid.meanCurvatures.upperBound - reference.curvatures.upperBound) < 0.02)
    let offset = solid.centroid - reference.centroid
    #expect((offset * offset).sum() < 1e-15)
  }

  @Test("a nucleus has the volume that was asked for, dents, and curvature that can be resolved")
  func nuclei() {
    var dented = 0
    var sphericities: Set<Int> = []
    for seed in 1...20 as ClosedRange<UInt64> {
      let nucleus = Solid.nucleus(radius: 8, seed: seed)
      #expect(nucleus == Solid.nucleus(radius: 8, seed: seed))
      #expect(abs(nucleus.volume / (4 * .pi / 3 * 512) - 1) < 1e-13)
      let sharpest = max(
        -nucleus.meanCurvatures.lowerBound, nucleus.meanCurvatures.upperBound)
      #expect((1.2...4.1).contains(8 * sharpest))
      // Round enough for a nucleus, never rounder than a sphere, and none like another.
      let roundness = 4 * .pi * 64 / nucleus.surfaceArea
      #expect((0.8...0.999).contains(roundness))
      #expect(sphericities.insert(Int(roundness * 1e9)).inserted)
      if nucleus.meanCurvatures.lowerBound * 8 < -1 { dented += 1 }
    }
    #expect((8...19).contains(dented))
  }

  @Test("scaling by 3: area times 9, integral of H times 3, curvature and centroid follow")
  func scaling() {
    let (one, three) = (Solid.nucleus(radius: 2, seed: 5), Solid.nucleus(radius: 6, seed: 5))
    #expect(abs(three.surfaceArea / one.surfaceArea - 9) < 1e-12)
    #expect(abs(three.meanCurvatureIntegral / one.meanCurvatureIntegral - 3) < 1e-12)
    #expect(abs(three.meanCurvatures.upperBound / one.meanCurvatures.upperBound - 1 / 3) < 1e-12)
    #expect(abs(three.centroid.x / one.centroid.x - 3) < 1e-12)
    #expect(one.scaled(toEquivalentRadius: 6) == three)
  }

  /// A nucleus reaches farther on one side of its origin than on the other.
  @Test("every nucleus lies inside of its grid, with the margin free around it")
  func isWhole() throws {
    for seed in 30...45 as ClosedRange<UInt64> {
      var phantom = Phantom(solid: .nucleus(radius: 12, seed: seed)).inRandomPose(seed: seed).mask
      phantom.margin = 3
      let image = try phantom.image(as: .uint8).asLabels()
      let object = try #require(image.objects().first)
      #expect(object.lower.min() >= 3, "\(seed)")
      #expect((image.grid.size &- object.upper).min() > 3, "\(seed)")
    }
  }
}
