import Fixtures
import Foundation
import MeshProcessing
import Morphometry
import Testing

@Suite("Curvature over a surface") struct CurvatureStatisticsTests {
  private func statistics(
    _ mesh: TriangleMesh, scale: Double
  ) -> CurvatureStatistics {
    CurvatureStatistics(mesh, MeshMeasurements(mesh, curvatureScale: scale))
  }

  @Test("a sphere is convex, a cap everywhere, and has the Willmore energy 4 pi")
  func sphere() {
    let found = statistics(.icosphere(radius: 5, subdivisions: 5), scale: 0.5)
    #expect(found.convexFraction == 1 && found.saddleFraction == 0 && found.concaveFraction == 0)
    #expect(abs(found.willmoreEnergy / (4 * .pi) - 1) < 0.005)
    #expect(abs(found.totalAbsoluteCurvature / (4 * .pi) - 1) < 0.005)
    #expect(abs(found.curvedness.mean * 5 - 1) < 0.005)
    #expect((0.9...1).contains(found.shapeIndex.percentiles[0]))
    #expect(found.mean.percentiles.allSatisfy { abs($0 * 5 - 1) < 0.01 })
    #expect(found.concaveRegions.count == 0 && found.concaveRegions.area == 0)
  }

  @Test("inside out, a sphere is concave, and one concave region")
  func cavity() {
    let mesh = TriangleMesh.icosphere(radius: 5, subdivisions: 4).flipped()
    let found = statistics(mesh, scale: 0.5)
    #expect(found.concaveFraction == 1 && found.shapeIndex.mean < -0.9)
  }

  @Test("Clifford's torus: 2 pi², and 1/2 + 1 / (pi sqrt(2)) of it convex, the rest a saddle")
  func torus() {
    let root = 2.0.squareRoot()
    let mesh = TriangleMesh.torus(
      majorRadius: 3 * root, minorRadius: 3, around: 240, along: 160)
    let found = statistics(mesh, scale: 0.15)
    #expect(abs(found.willmoreEnergy / (2 * .pi * .pi) - 1) < 0.005)
    // Twice the 4 pi of the outer half, where K is positive.
    #expect(abs(found.totalAbsoluteCurvature / (8 * .pi) - 1) < 0.005)
    let convex = 0.5 + 1 / (.pi * root)
    #expect(abs(found.convexFraction - convex) < 0.01)
    #expect(abs(found.saddleFraction - (1 - convex)) < 0.01)
    #expect(found.concaveFraction == 0)
    // H runs from (1 / 3 - 1 / (R - 3)) / 2 inside to (1 / 3 + 1 / (R + 3)) / 2 outside.
    #expect(found.mean.percentiles[0] > (1 / 3 - 1 / (3 * root - 3)) / 2)
    #expect(found.mean.percentiles[4] < (1 / 3 + 1 / (3 * root + 3)) / 2)
    #expect(found.mean.percentiles == found.mean.percentiles.sorted())
  }

  @Test(
    "percentiles are those of the area: a quarter of a torus lies within an angle of its inner circle"
  )
  func percentiles() {
    let (major, minor) = (6.0, 2.0)
    let mesh = TriangleMesh.torus(majorRadius: 6, minorRadius: 2, around: 60, along: 480)
    // (R a - r sin a) / (pi R) = 1/4
    var angle = 1.0
    for _ in 0..<50 { angle = .pi / 4 + minor / major * sin(angle) }
    let exact = -cos(angle) / (minor * (major - minor * cos(angle)))
    let found = statistics(mesh, scale: 0.1).gaussian.percentiles[1]
    #expect(abs(found / exact - 1) < 0.02)
  }

  @Test(
    "the extremes of a torus: 1 / r all around the tube, and -1 / (R - r) where it is innermost")
  func extremes() {
    let mesh = TriangleMesh.torus(majorRadius: 6, minorRadius: 2, around: 120, along: 240)
    let found = statistics(mesh, scale: 0.1)
    #expect(abs(found.largest.percentile * 2 - 1) < 0.01)
    #expect((0.995...1.03).contains(found.largest.farthest * 2))
    // 1 % of the area is within an angle v of the innermost circle: (R v - r sin v) / (pi R) = 1/100.
    let angle = 0.01 * .pi * 1.5
    let percentile = -cos(angle) / (6 - 2 * cos(angle))
    #expect(abs(found.smallest.percentile / percentile - 1) < 0.01)
    #expect(abs(found.smallest.farthest * 4 + 1) < 0.02)
    #expect(found.smallest.farthest <= found.smallest.percentile)
  }

  @Test("a sphere with dents has as many concave regions as dents", arguments: [0, 1, 3, 6])
  func dents(count: Int) {
    let axes: [SIMD3<Double>] = [
      SIMD3(1, 0, 0), SIMD3(-1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, -1, 0), SIMD3(0, 0, 1),
      SIMD3(0, 0, -1),
    ]
    let mesh = TriangleMesh.icosphere(radius: 1, subdivisions: 6).mapPositions { p in
      10 * (1 - Self.depth(p, axes.prefix(count))) * p
    }
    let found = statistics(mesh, scale: 0.4)
    #expect(found.concaveRegions.count == count)
    #expect((found.concaveRegions.area > 0) == (count > 0))
    #expect(found.concaveRegions.area < mesh.surfaceArea / 2)
  }

  /// Spots of 0.3 in depth and some 30 degrees in radius.
  private static func depth(_ p: SIMD3<Double>, _ axes: ArraySlice<SIMD3<Double>>) -> Double {
    var depth = 0.0
    for axis in axes {
      let falloff = max(0, 2 * (p * axis).sum() - 1)
      depth += 0.3 * falloff * falloff * falloff
    }
    return depth
  }
}
