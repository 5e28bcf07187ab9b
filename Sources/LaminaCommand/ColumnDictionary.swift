import ArgumentParser
import Lamina

struct ColumnDictionary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dictionary",
    abstract: "Every column of the table: unit, definition, source.")

  @Option(
    help: "Which table: that of measure --columns. Default: all columns of Lamina's own.",
    transform: { try ColumnChoice(parsing: $0) })
  var columns = ColumnChoice.everything

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  private struct Entry: Encodable {
    let unit: String
    let definition: String
    let source: String
  }

  func run() throws {
    let (columns, notes) = (columns.columns, columns.notes)
    if json {
      try printJSON(
        Dictionary(
          uniqueKeysWithValues: columns.map {
            (
              $0.name,
              Entry(
                unit: $0.unit(for: .micrometre), definition: $0.definition, source: $0.source)
            )
          }))
      return
    }
    for column in columns {
      let unit = column.unit(for: .micrometre)
      print("\(column.name)\(unit.isEmpty ? "" : " [\(unit)]")")
      print("    \(column.definition)")
      if !column.source.isEmpty { print("    \(column.source)") }
    }
    notes.forEach { print($0) }
    print("Units are for an image in micrometres; they follow the image.")
  }
}
