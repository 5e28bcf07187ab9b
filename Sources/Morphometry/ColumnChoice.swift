/// Which columns a table has: whole tables of ``ColumnSet`` and single columns of Lamina's own, by their names with commas
/// between them: `all`, `core,solidity,feret_max`, `all,slow`.
public struct ColumnChoice: Sendable, Hashable, LosslessStringConvertible {
  public static let core = ColumnChoice([.table(.core)])
  public static let all = ColumnChoice([.table(.all)])
  /// All of Lamina's own, those that take long among them.
  public static let everything = ColumnChoice([.table(.all), .table(.slow), .table(.parents)])

  private enum Word: Sendable, Hashable {
    case table(ColumnSet)
    case column(String)
  }

  private let words: [Word]

  private init(_ words: [Word]) { self.words = words }

  /// `nil` where a word is neither a table nor a column.
  public init?(_ description: String) {
    guard let choice = try? ColumnChoice(parsing: description) else { return nil }
    self = choice
  }

  /// As ``init(_:)``, with an error that names the words that are neither, and those that may have been meant.
  public init(parsing text: String) throws(UnknownColumns) {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let known = words.map { word in
      ColumnSet(rawValue: word).map(Word.table)
        ?? (MeasurementColumn.byName[word] == nil ? nil : .column(word))
    }
    let unknown = zip(words, known).filter { $1 == nil }.map(\.0)
    guard unknown.isEmpty else { throw UnknownColumns(words: unknown) }
    self.init(known.compactMap { $0 })
  }

  public var description: String {
    words.map { word in
      switch word {
      case .table(let table): table.rawValue
      case .column(let name): name
      }
    }.joined(separator: ",")
  }

  /// The same and a table more.
  public func adding(_ table: ColumnSet) -> ColumnChoice {
    words.contains(.table(table)) ? self : ColumnChoice(words + [.table(table)])
  }

  /// In the order of the words, each once, after the label.
  public var columns: [MeasurementColumn] {
    let chosen = words.flatMap { word in
      switch word {
      case .table(let table): table.columns
      case .column(let name): [MeasurementColumn.byName[name]].compactMap { $0 }
      }
    }
    let hasLabel = chosen.first?.name.lowercased() == "label"
    var names: Set<String> = []
    return ((hasLabel ? [] : MeasurementColumn.identity) + chosen).filter {
      names.insert($0.name).inserted
    }
  }

  /// What has to be measured for them.
  public var parts: MeasuredParts { MeasuredParts(columns.map(\.parts)) }

  /// How the columns differ from what their names may suggest.
  public var notes: [String] {
    let tables = words.map { word in
      if case .table(let table) = word { table } else { ColumnSet.all }
    }
    var known: Set<String> = []
    return tables.map(\.note).filter { known.insert($0).inserted }
  }
}
