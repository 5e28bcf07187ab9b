internal import Pictures

/// The plots of a sweep: one per quantity, a panel for every way of smoothing.
public struct SweepPlots: Sendable {
  /// The name of the file and its content.
  public let files: [(name: String, svg: String)]

  /// At most so many objects are drawn, evenly chosen.
  private static let mostObjects = 250

  public init(_ sweep: Sweep) {
    let rows = sweep.rows.filter { $0.setting.threshold == sweep.rows[0].setting.threshold }
    let quantities: [(file: String, title: String, label: String, isChange: Bool, SweepValue)] = [
      ("area", "Surface area", "change of surface area, %", true, \.surfaceArea),
      ("volume", "Volume", "change of volume, %", true, \.volume),
      (
        "curvature", "Integral of mean curvature", "change of the integral, %", true,
        \.meanCurvatureIntegral
      ),
      (
        "concave-regions", "Concave regions", "regions found - regions before", false,
        \.concaveRegionCount
      ),
      ("longest-extent", "Longest extent", "change of longest extent, %", true, \.longestExtent),
    ]
    files = quantities.map { file, title, label, isChange, value in
      let plot = Self.plot(
        rows, sweep, title: title, label: label,
        isChange ? { 100 * (value($0) / value($1) - 1) } : { value($0) - value($1) })
      return ("sweep-\(file).svg", plot.svg())
    }
  }

  private typealias SweepValue = (SweepRow) -> Double

  /// - Parameter value: Of a row, beside the row of the same object before all processing.
  private static func plot(
    _ rows: [SweepRow], _ sweep: Sweep, title: String, label: String,
    _ value: (SweepRow, SweepRow) -> Double
  ) -> LinePlot {
    let before = Dictionary(
      rows.filter { $0.setting.fraction == 1 && $0.setting.smoothing.method == nil }.map {
        ($0.label, $0)
      }, uniquingKeysWith: { first, _ in first })
    let panels = sweep.options.panels.map { smoothing, order in
      let lines = lines(rows, smoothing, order, before, value)
      let step = max(1, (lines.count + mostObjects - 1) / mostObjects)
      return LinePlot.Panel(
        title: smoothing.method == nil ? "not smoothed" : "\(smoothing), \(order.rawValue)",
        thin: stride(from: 0, to: lines.count, by: step).map { lines[$0] },
        thick: [medians(of: lines)])
    }
    return LinePlot(
      title: "\(title) against the fraction of triangles kept",
      caption: caption(objects: before.count, sweep), horizontalLabel: "fraction of triangles kept",
      verticalLabel: label, horizontalTicks: sweep.options.fractions,
      goodRange: label.hasSuffix("%") ? -1...1 : -0.5...0.5, panels: panels)
  }

  private static func lines(
    _ rows: [SweepRow], _ smoothing: SmoothingChoice, _ order: ProcessingOrder,
    _ before: [UInt32: SweepRow], _ value: (SweepRow, SweepRow) -> Double
  ) -> [LinePlot.Line] {
    let chosen = rows.filter {
      // Where nothing is to be ordered, one row stands for both orders.
      $0.setting.smoothing == smoothing && ($0.setting.order == order || $0.setting.fraction == 1)
    }
    return Dictionary(grouping: chosen, by: \.label).sorted { $0.key < $1.key }.map { label, rows in
      rows.compactMap { row in
        before[label].map { SIMD2(row.setting.fraction, value(row, $0)) }
      }.sorted { $0.x > $1.x }
    }
  }

  private static func medians(of lines: [LinePlot.Line]) -> LinePlot.Line {
    Dictionary(grouping: lines.joined(), by: \.x).map { SIMD2($0.key, median($0.value.map(\.y))) }
      .sorted { $0.x > $1.x }
  }

  private static func caption(objects: Int, _ sweep: Sweep) -> String {
    "Thin: one object each. Thick: the median of \(objects). Shaded: hardly changed. Relative to the mesh"
      + " before smoothing and simplification."
      + (sweep.surface == .mask
        ? " The surface came from a mask: part of the change is its staircase." : "")
  }
}

extension SweepRow {
  fileprivate var concaveRegionCount: Double { Double(concaveRegions) }
}

extension SweepOptions {
  /// The ways of smoothing, each with the orders that make a difference.
  fileprivate var panels: [(SmoothingChoice, ProcessingOrder)] {
    smoothings.flatMap { smoothing in
      orders.prefix(smoothing.method == nil ? 1 : orders.count).map { (smoothing, $0) }
    }
  }
}
