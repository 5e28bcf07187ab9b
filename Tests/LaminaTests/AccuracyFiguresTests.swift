import Lamina
import Testing

/// The figures table for masks with few phantoms: `lamina calibrate --figures` has the whole of it.
@Suite("Figures of accuracy") struct AccuracyFiguresTests {
  private static let rows = Result { try AccuracyFigures(count: 5, masksOnly: true).run() }

  /// Five of each scatter by up to half a bar: so much more is allowed.
  @Test("biases, scatter and curvature are within half as much again as their bars")
  func bars() throws {
    let rows = try Self.rows.get().filter { !$0.figure.hasSuffix("coverage") }
    #expect(rows.count == 14)
    for row in rows {
      #expect((1.5 * row.lowest...1.5 * row.highest).contains(row.value), "\(row)")
    }
  }

  /// At least 60 intervals a class: of 95 % ones fewer than 87 % once in a hundred times. Edges of a third of the
  /// radius are known to be too sharp for the integral of H of the smaller ones.
  @Test("intervals hold the truth, in every class")
  func coverage() throws {
    let rows = try Self.rows.get().filter { $0.figure.hasSuffix("coverage") }
    #expect(rows.count == 12)
    for row in rows where row.figure != "integral of H, masks, rounded cubes: coverage" {
      let isLarge = row.figure.contains("smooth") || row.figure.contains("slices")
      #expect(row.value > (isLarge ? 87 : 80), "\(row)")
    }
  }
}
