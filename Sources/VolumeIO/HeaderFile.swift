extension String {
  /// The numbers of a field, separated by blanks; `nil` where one of its words is none.
  var numbers: [Double]? {
    let words = split(whereSeparator: \.isWhitespace)
    let numbers = words.compactMap { Double($0) }
    return numbers.count == words.count ? numbers : nil
  }

  /// The whole numbers of a field; `nil` where one of its words is none.
  var wholeNumbers: [Int]? {
    let words = split(whereSeparator: \.isWhitespace)
    let numbers = words.compactMap { Int($0) }
    return numbers.count == words.count ? numbers : nil
  }

  /// The path of a file that a header names, which must lie beside it or in a folder there; `nil` for a
  /// name that leads elsewhere.
  func dataFile(beside header: String) -> String? {
    guard !isEmpty, !hasPrefix("/"), !split(separator: "/").contains("..") else { return nil }
    let folder = header.lastIndex(of: "/").map { String(header[...$0]) } ?? ""
    return folder + self
  }
}

extension SIMD3<Int> {
  /// The size of an image of two or three dimensions, or more of which the others are 1.
  init?(sizes: [Int]) {
    guard (2...16).contains(sizes.count), sizes.dropFirst(3).allSatisfy({ $0 == 1 }),
      sizes.allSatisfy({ $0 > 0 })
    else { return nil }
    self.init(sizes[0], sizes[1], sizes.count > 2 ? sizes[2] : 1)
  }
}
