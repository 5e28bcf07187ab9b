import Foundation
import Lamina
import TextTable

/// The short table that a run ends with: what most people look at first.
struct SummaryTable {
  let rows: [ObjectMeasurements]
  let unit: LengthUnit

  /// More rows than this are left to the file.
  private static let longest = 40

  func print() {
    guard !rows.isEmpty else { return }
    let names = [
      "label", "surface_area", "volume", "sphericity", "mean_curvature", "touches_border",
    ]
    let columns = MeasurementColumn.core.filter { names.contains($0.name) }
    let table = TextTable<ObjectMeasurements> { row in
      columns.map { column in
        let unit = column.unit(for: unit)
        let title = unit.isEmpty ? column.name : "\(column.name) [\(unit)]"
        return Column(title: title, value: Self.text(of: column, in: row), align: .right)
      }
    }
    table.print(rows.prefix(Self.longest), style: Style.plain)
    if rows.count > Self.longest { Swift.print("... and \(rows.count - Self.longest) more rows") }
  }

  /// The value, with its standard uncertainty where it is known.
  private static func text(of column: MeasurementColumn, in row: ObjectMeasurements) -> String {
    let uncertainty = MeasurementColumn.core.first { $0.name == "\(column.name)_u" }
    guard case .number(let number) = column.value(row),
      case .number(let spread) = uncertainty?.value(row), spread > 0, spread < abs(number)
    else { return text(column.value(row)) }
    let magnitude = Int(log10(abs(number)).rounded(.down))
    guard !(-4...6).contains(magnitude) else { return Self.text(number, spread: spread) }
    let unit = pow(10, Double(magnitude))
    return "(\(Self.text(number / unit, spread: spread / unit)))e\(magnitude)"
  }

  /// Both to the second digit of the uncertainty: `441.1 ± 9.1`, `54130 ± 580`.
  private static func text(_ number: Double, spread: Double) -> String {
    let decimals = 1 - Int(log10(spread).rounded(.down))
    let unit = pow(10, Double(-decimals))
    return [number, spread].map {
      String(format: "%.\(max(0, decimals))f", ($0 / unit).rounded() * unit)
    }.joined(separator: " ± ")
  }

  private static func text(_ value: MeasurementColumn.Value) -> String {
    switch value {
    case .number(let number): number.text(digits: 5)
    case .count(let count): "\(count)"
    case .flag(let flag): flag ? "yes" : "no"
    case .words: value.text
    }
  }
}
