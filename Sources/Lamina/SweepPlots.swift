internal import Pictures

/// The plots of a sweep: one per quantity, a panel for every way of smoothing.
public struct SweepPlots: Sendable {
  /// The name of the file and its content.
  public let files: [(name: String, svg: String)]

  /// The names of the files, whatever the sweep.
  public static let names = SweepQuantity.all.map { "sweep-\($0.name).svg" }

  public init(_ sweep: Sweep) {
    let first = sweep.rows.first?.setting.threshold
    let rows = sweep.rows.filter { $0.setting.threshold == first }
    let before = Dictionary(
      rows.filter { $0.setting.fraction == 1 && $0.setting.smoothing.method == nil }.map {
        ($0.label, $0)
      }, uniquingKeysWith: { first, _ in first })
    files = zip(Self.names, SweepQuantity.all).map { name, quantity in
      let panels = sweep.options.panels.map { panel in
        LinePlot.Panel(
          title: panel.title,
          lines: quantity.lines(rows.filter(panel.contains), before: before), of: quantity)
      }
      let plot = LinePlot(
        title: "\(quantity.title) against the fraction of triangles kept",
        caption: quantity.caption(objects: before.count, isStaircase: sweep.surface == .staircase),
        horizontalLabel: "fraction of triangles kept", verticalLabel: quantity.label,
        horizontalTicks: sweep.options.fractions, goodRange: quantity.goodRange, panels: panels)
      return (name, plot.svg())
    }
  }
}

/// What a plot of a sweep shows.
private struct SweepQuantity: Sendable {
  let name: String
  let title: String
  let label: String
  let goodRange: ClosedRange<Double>
  /// Whether the objects are shown one by one, and the thick line is their median; it is their mean
  /// otherwise.
  let showsObjects: Bool
  /// Of a row, beside the row of the same object before all processing.
  let value: @Sendable (SweepRow, SweepRow) -> Double

  static let all = [
    change("area", "Surface area", "change of surface area, %", \.surfaceArea),
    change("volume", "Volume", "change of volume, %", \.volume),
    change(
      "curvature", "Integral of mean curvature", "change of the integral, %",
      \.meanCurvatureIntegral),
    change("longest-extent", "Longest extent", "change of longest extent, %", \.longestExtent),
    SweepQuantity(
      name: "concave-regions", title: "Concave regions",
      label: "objects with as many as before, %", goodRange: 95...100, showsObjects: false,
      value: { $0.concaveRegions == $1.concaveRegions ? 100 : 0 }),
  ]

  private static func change(
    _ name: String, _ title: String, _ label: String,
    _ value: @escaping @Sendable (SweepRow) -> Double
  ) -> SweepQuantity {
    SweepQuantity(
      name: name, title: title, label: label, goodRange: -1...1, showsObjects: true,
      value: { 100 * (value($0) / value($1) - 1) })
  }

  /// A line per object, from the largest fraction to the smallest.
  func lines(_ rows: [SweepRow], before: [UInt32: SweepRow]) -> [LinePlot.Line] {
    Dictionary(grouping: rows, by: \.label).sorted { $0.key < $1.key }.map { label, rows in
      rows.compactMap { row in
        before[label].map { SIMD2(row.setting.fraction, value(row, $0)) }
      }.sorted { $0.x > $1.x }
    }
  }

  func caption(objects: Int, isStaircase: Bool) -> String {
    let lines =
      objects == 1
      ? "One object."
      : showsObjects
        ? "Thin: one object each, some beyond the frame. Thick: the median of \(objects)."
        : "Of \(objects) objects."
    let shaded = showsObjects ? "changed by 1 % at most" : "95 % and more"
    let staircase =
      isStaircase
      ? " The surface runs midway between voxels: part of the change is its staircase." : ""
    return
      "\(lines) Shaded: \(shaded). Relative to the mesh before smoothing and simplification.\(staircase)"
  }
}

extension LinePlot.Panel {
  /// At most so many objects are drawn, evenly chosen.
  private static let mostObjects = 250

  fileprivate init(title: String, lines: [LinePlot.Line], of quantity: SweepQuantity) {
    let step = max(1, (lines.count + Self.mostObjects - 1) / Self.mostObjects)
    let chosen = stride(from: 0, to: quantity.showsObjects ? lines.count : 0, by: step)
    let summary = Dictionary(grouping: lines.joined(), by: \.x).map { fraction, points in
      let values = points.map(\.y)
      return SIMD2(
        fraction,
        quantity.showsObjects ? median(values) : values.reduce(0, +) / Double(values.count))
    }
    self.init(title: title, thin: chosen.map { lines[$0] }, thick: [summary.sorted { $0.x > $1.x }])
  }
}

/// One way of smoothing, in one order.
private struct SweepPanel {
  let smoothing: SmoothingChoice
  let order: ProcessingOrder

  var title: String {
    smoothing.method == nil ? "not smoothed" : "\(smoothing), \(order.rawValue)"
  }

  /// Where nothing is to be ordered, one row stands for both orders.
  func contains(_ row: SweepRow) -> Bool {
    row.setting.smoothing == smoothing && (row.setting.order == order || row.setting.fraction == 1)
  }
}

extension SweepOptions {
  /// The ways of smoothing, each with the orders that make a difference.
  fileprivate var panels: [SweepPanel] {
    smoothings.flatMap { smoothing in
      orders.prefix(smoothing.method == nil ? 1 : orders.count).map {
        SweepPanel(smoothing: smoothing, order: $0)
      }
    }
  }
}
