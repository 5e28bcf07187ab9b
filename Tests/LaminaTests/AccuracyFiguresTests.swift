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

  /// 160 intervals of smooth shapes, 120 with slices 3 apart and 20 of each other class: of 95 % ones fewer than 87 % or
  /// 80 % once in a hundred times.
  @Test("intervals hold the truth, in every class")
  func coverage() throws {
    let rows = try Self.rows.get().filter { $0.figure.hasSuffix("coverage") }
    #expect(rows.count == 12)
    for row in rows {
      let isLarge = row.figure.contains("smooth") || row.figure.contains("slices")
      #expect(row.value > (isLarge ? 87 : 80), "\(row)")
    }
  }
}
