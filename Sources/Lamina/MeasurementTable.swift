public import Morphometry

/// The table of an analysis: a row per object, a column per quantity.
public struct MeasurementTable: Sendable {
  public let columns: [MeasurementColumn]
  public let rows: [ObjectMeasurements]
  /// Where each row came from; empty for the table of a single input.
  public let sources: [String]

  /// - Parameter sources: One per row, or none: they become a last column, `source`.
  public init(
    _ rows: [ObjectMeasurements], sources: [String] = [],
    columns: [MeasurementColumn] = MeasurementColumn.core
  ) {
    precondition(
      sources.isEmpty || sources.count == rows.count,
      "\(sources.count) sources for \(rows.count) rows")
    self.columns = columns
    self.rows = rows
    self.sources = sources
  }

  /// The table as comma-separated values (RFC 4180), UTF-8, with a header line.
  ///
  /// Numbers have a decimal point and ten significant digits; what is undefined is `nan`.
  public var csv: String {
    var lines = [(columns.map(\.name) + (sources.isEmpty ? [] : ["source"])).joined(separator: ",")]
    for (index, row) in rows.enumerated() {
      var fields = columns.map { $0.value(row).text }
      if !sources.isEmpty { fields.append(sources[index].quotedForCSV) }
      lines.append(fields.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension MeasurementColumn.Value {
  /// The value as it stands in a table.
  public var text: String {
    switch self {
    case .number(let number):
      number.isFinite ? number.text(digits: 10) : number.isNaN ? "nan" : "inf"
    case .count(let count): "\(count)"
    case .flag(let flag): flag ? "true" : "false"
    case .words(let words): words.isEmpty ? "none" : words.joined(separator: " ")
    }
  }
}

extension String {
  fileprivate var quotedForCSV: String {
    guard contains(where: { ",\"\n\r".contains($0) }) else { return self }
    return "\"\(replacing("\"", with: "\"\""))\""
  }
}
