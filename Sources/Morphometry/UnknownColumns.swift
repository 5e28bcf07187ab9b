/// Words that are neither a table nor a column of Lamina's own.
public struct UnknownColumns: Error, Sendable, Hashable, CustomStringConvertible {
  public let words: [String]

  public var description: String {
    words.map { word in
      let near = Self.names(like: word)
      let hint =
        near.isEmpty
        ? "lamina dictionary has them all" : "did you mean \(near.joined(separator: " or "))?"
      return "\"\(word)\" is neither a table nor a column: \(hint)"
    }.joined(separator: "; ")
  }

  /// Up to three names that may have been meant: those of the fewest changes, a third of the letters at most; or else
  /// those that hold the word.
  static func names(like word: String) -> [String] {
    guard !word.isEmpty else { return [] }
    let word = word.lowercased()
    let names = ColumnSet.allCases.map(\.rawValue) + MeasurementColumn.byName.keys.sorted()
    let distances = names.map { word.editDistance(to: $0) }
    let least = distances.min() ?? .max
    let near = zip(names, distances).filter { $1 == least }.map(\.0)
    let chosen = least <= max(1, word.count / 3) ? near : names.filter { $0.contains(word) }
    return Array(chosen.prefix(3))
  }
}
