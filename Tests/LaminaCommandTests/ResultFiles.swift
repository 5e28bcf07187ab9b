import Foundation

/// The files below a folder and their bytes, by relative path.
func files(below folder: String) -> [String: Data] {
  var files: [String: Data] = [:]
  let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
  for name in names {
    // Folders have no contents of their own.
    files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
  }
  return files
}

/// A table as rows by column name.
func table(_ path: String) -> [[String: String]] {
  let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  let lines = text.split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
  guard let header = lines.first else { return [] }
  return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
}

extension [String: String] {
  func number(_ column: String) -> Double { self[column].flatMap { Double($0) } ?? .nan }
}
