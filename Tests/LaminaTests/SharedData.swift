import Foundation

/// Larger test data that is not part of the package: a folder `shared/data` beside it, or where
/// LAMINA_TEST_DATA says. Suites that need it are skipped where it is not.
enum SharedData {
  static let folder: String = {
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return ProcessInfo.processInfo.environment["LAMINA_TEST_DATA"]
      ?? package.deletingLastPathComponent().appendingPathComponent("shared/data").path
  }()

  static let isThere = FileManager.default.fileExists(atPath: folder + "/MANIFEST.tsv")

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The rows of a table with a header, by column name.
  static func table(_ name: String) -> [[String: String]] {
    guard let text = try? String(contentsOfFile: path(name), encoding: .utf8) else { return [] }
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}
