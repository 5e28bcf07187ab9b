import Foundation
import Lamina
import Testing

@Suite("Sweep over simplification and smoothing") struct SweepTests {
  private static func sweep() throws -> Sweep {
    var phantom = Phantom(solid: .ellipsoid(semiAxes: SIMD3(14, 10, 7)))
    phantom.spacing = SIMD3(1, 1, 1)
    phantom.shift = SIMD3(0.3, 0.1, 0.4)
    var options = AnalysisOptions()
    options.sigma = Length("0")
    options.threshold = .value(phantom.truth.halfLevel)
    var sweep = SweepOptions()
    sweep.fractions = [1, 0.5, 0.1, 0.05]
    sweep.thresholds = ["\(phantom.truth.halfLevel)", "-20%"]
    return try Sweep(
      over: phantom.image(as: .uint16), options: options, sweep: sweep, truth: phantom.truth)
  }

  @Test("a row for every object and setting, of which one leaves all as it is")
  func rows() throws {
    let sweep = try Self.sweep()
    // Not smoothed 4; two ways of smoothing with 1 + 2 * 3; at two thresholds.
    #expect(sweep.rows.count == 2 * (4 + 2 * 7))
    #expect(sweep.csv.split(separator: "\n").count == sweep.rows.count + 1)
    let untouched = try #require(sweep.rows.first)
    #expect(untouched.setting.fraction == 1 && untouched.setting.smoothing == .none)
    #expect(untouched.change.areaChange == 0 && untouched.change.deviation.hausdorff < 1e-9)
    #expect(abs(untouched.longestExtent - 28) < 0.3)
    #expect(untouched.concaveRegions == 0)
  }

  @Test("errors against the truth are those of the measurement, and shrink with the changes")
  func truth() throws {
    for row in try Self.sweep().rows where row.setting.threshold != "-20%" {
      let truth = Phantom(solid: .ellipsoid(semiAxes: SIMD3(14, 10, 7))).truth
      let error = try #require(row.areaError)
      #expect(abs(error - (row.surfaceArea / truth.surfaceArea - 1)) < 1e-12)
      if row.setting.fraction >= 0.1 && row.setting.order == .smoothFirst {
        #expect(abs(error) < 0.02)
      }
    }
  }

  @Test("every setting keeps the volume, and to smooth first moves the surface less")
  func order() throws {
    let sweep = try Self.sweep()
    for row in sweep.rows { #expect(abs(row.change.volumeChange) < 1e-5) }
    let summary = SweepSummary(sweep, input: "phantom")
    let pairs = summary.settings.filter { $0.order == .simplifyFirst }.map { second in
      (
        summary.settings.first {
          $0.order == .smoothFirst && $0.smooth == second.smooth && $0.simplify == second.simplify
            && $0.threshold == second.threshold
        }, second
      )
    }
    #expect(pairs.count == 12)
    for (first, second) in pairs {
      let first = try #require(first)
      #expect(first.deviationRms < second.deviationRms)
    }
  }

  @Test("the strongest harmless setting is within the criteria, and the next is not")
  func strongest() throws {
    let summary = SweepSummary(try Self.sweep(), input: "phantom")
    let strongest = try #require(summary.strongest)
    #expect(abs(strongest.areaChange) < 0.01 && strongest.deviationHausdorff < 0.5)
    for setting in summary.settings where setting.simplify < strongest.simplify {
      #expect(setting.withinCriteria < 0.95)
    }
    #expect(summary.answer[0].contains("half a voxel"))
    #expect(summary.answer.contains { $0.contains("truth of the phantom") })
    #expect(summary.answer.contains { $0.contains("-20%") })
  }

  @Test(
    "surfaces midway between voxels are said to be a staircase; those of masks are none",
    arguments: [SurfaceSource.staircase, .mask, .grey])
  func staircase(surface: SurfaceSource) throws {
    var options = AnalysisOptions()
    options.surface = surface
    options.sigma = Length("0")
    var sweep = SweepOptions()
    sweep.fractions = [1]
    let image = try Phantom(solid: .sphere(radius: 8)).image(as: .uint16)
    let summary = SweepSummary(
      try Sweep(over: image, options: options, sweep: sweep), input: "sphere")
    #expect(summary.surface == surface.rawValue)
    #expect(
      summary.answer.contains { $0.contains("staircase") } == (surface == .staircase))
    let smoothed = try #require(summary.settings.first { $0.smooth == "taubin:10" })
    // Eight per cent of the area of a staircase are none of the object's.
    #expect((surface == .staircase ? -0.09 ... -0.05 : -0.01...0.01).contains(smoothed.areaChange))
  }

  @Test("the plots have a panel for each way, and all of the quantities")
  func plots() throws {
    let plots = SweepPlots(try Self.sweep()).files
    #expect(plots.map(\.name) == SweepPlots.names)
    #expect(plots.count == 5)
    for plot in plots {
      #expect(plot.svg.contains("taubin:10, simplify-first"))
      #expect(plot.svg.split(separator: "<clipPath").count == 6)
    }
  }

  @Test("where no setting is harmless, the answer says what would be")
  func nothingHarmless() throws {
    var sweep = SweepOptions()
    sweep.fractions = [1, 0.01]
    sweep.smoothings = [.none]
    let image = try Phantom(solid: .torus(majorRadius: 9, minorRadius: 3)).image(as: .uint16)
    let summary = SweepSummary(
      try Sweep(over: image, options: AnalysisOptions(), sweep: sweep), input: "torus")
    #expect(summary.strongest == nil)
    #expect(summary.answer[0].hasPrefix("No simplification that was tried is harmless; it would"))
  }

  @Test("a change of a threshold needs one to change")
  func badThreshold() throws {
    let image = try Phantom(solid: .sphere(radius: 5)).image(as: .uint16)
    var sweep = SweepOptions()
    sweep.thresholds = ["+10%"]
    #expect(throws: SweepError.self) {
      try Sweep(over: image, options: AnalysisOptions(), sweep: sweep)
    }
  }
}
