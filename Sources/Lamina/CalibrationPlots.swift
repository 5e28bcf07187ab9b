internal import Pictures

/// The plots of a calibration: bias, scatter and coverage against size, a panel for every quantity.
public struct CalibrationPlots: Sendable {
  /// The name of the file and its content.
  public let files: [(name: String, svg: String)]

  /// The names of the files, whatever the calibration.
  public static let names = CalibrationFigure.all.map { "calibrate-\($0.name).svg" }

  /// - Parameter rows: At least one.
  public init(_ rows: [Calibration.Row]) {
    let radii = Set(rows.map(\.radius)).sorted()
    precondition(!radii.isEmpty, "a plot needs a row at least")
    files = zip(Self.names, CalibrationFigure.all).map { name, figure in
      let plot = LinePlot(
        title: figure.title, caption: figure.caption, horizontalLabel: "radius, in units",
        verticalLabel: figure.label, horizontalTicks: radii, goodRange: figure.goodRange,
        panels: Self.quantities.compactMap { quantity in
          let rows = rows.filter { $0.quantity == quantity.column }
          return rows.isEmpty ? nil : LinePlot.Panel(title: quantity.title, rows: rows, of: figure)
        })
      return (name, plot.svg())
    }
  }

  private static let quantities = [
    (column: "surface_area", title: "surface area"), (column: "volume", title: "volume"),
    (column: "mean_curvature_integral", title: "integral of H"),
    (column: "contact_area", title: "area of contact"),
  ]
}

/// What a plot of a calibration shows.
private struct CalibrationFigure: Sendable {
  let name: String
  let title: String
  let label: String
  /// Without one, what is good depends on the radius.
  let goodRange: ClosedRange<Double>?
  let value: @Sendable (Calibration.Row) -> Double

  static let all = [
    CalibrationFigure(
      name: "bias", title: "Mean error against size", label: "bias, %", goodRange: -1...1,
      value: \.bias),
    CalibrationFigure(
      name: "sd", title: "Scatter against size", label: "standard deviation, %", goodRange: nil,
      value: \.deviation),
    CalibrationFigure(
      name: "coverage", title: "95 % intervals that hold the truth, against size",
      label: "coverage, %", goodRange: 91...99, value: \.coverage),
  ]

  var caption: String {
    "Thin: one shape each. Thick: the mean of the shapes."
      + (goodRange.map { " Shaded: \(Int($0.lowerBound)) to \(Int($0.upperBound)) %." } ?? "")
  }
}

extension LinePlot.Panel {
  fileprivate init(title: String, rows: [Calibration.Row], of figure: CalibrationFigure) {
    func points(_ rows: [Calibration.Row]) -> LinePlot.Line {
      Dictionary(grouping: rows, by: \.radius).map { radius, rows in
        SIMD2(radius, rows.reduce(0) { $0 + figure.value($1) } / Double(rows.count))
      }.sorted { $0.x > $1.x }
    }
    let shapes = Dictionary(grouping: rows, by: \.shape).sorted { $0.key < $1.key }
    self.init(title: title, thin: shapes.map { points($0.value) }, thick: [points(rows)])
  }
}
