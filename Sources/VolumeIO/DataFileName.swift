extension String {
  /// The path of a file that a header names, which must lie beside it or in a folder there; `nil` for a
  /// name that leads elsewhere.
  func dataFile(beside header: String) -> String? {
    guard !isEmpty, !hasPrefix("/"), !split(separator: "/").contains("..") else { return nil }
    let folder = header.lastIndex(of: "/").map { String(header[...$0]) } ?? ""
    return folder + self
  }
}
