import Lamina
import Testing

/// Objects with many handles and cavities, of which no hundredth of the triangles can be left.
@Suite(
  "Simplified and smoothed beyond what is sensible",
  .enabled(if: SharedData.isThere, "needs the shared test data"))
struct StrongProcessingTests {
  @Test("no object grows spikes or blows up")
  func bounds() throws {
    var options = AnalysisOptions()
    options.sigma = Length(0.5)
    options.minimumVolume = 20
    var sweep = SweepOptions()
    sweep.fractions = [1, 0.01]
    sweep.smoothings = [.none, SmoothingChoice(method: .laplacian(iterations: 10))]
    let rows = try Sweep(
      contentsOf: SharedData.path("stacks/cells3d_nuclei.tif"), options: options, sweep: sweep
    ).rows
    #expect(rows.count > 90)
    for row in rows {
      #expect((-0.4...0.25).contains(row.change.areaChange), "\(row.label) \(row.setting)")
      #expect(row.change.deviation.hausdorff < 45, "\(row.label) \(row.setting)")
    }
  }
}
