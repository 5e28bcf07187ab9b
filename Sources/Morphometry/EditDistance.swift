extension String {
  /// The least number of characters that have to be put in, left out or replaced to make another string of this one.
  ///
  /// Levenshtein 1966, Binary codes capable of correcting deletions, insertions and reversals, Soviet Physics Doklady 10.
  /// Takes time in proportion to the product of the two lengths.
  func editDistance(to other: String) -> Int {
    let other = Array(other)
    // Of what there is of this string so far to every beginning of the other one.
    var distances = Array(0...other.count)
    for (row, character) in enumerated() {
      var diagonal = distances[0]
      distances[0] = row + 1
      for column in other.indices {
        let replaced = diagonal + (character == other[column] ? 0 : 1)
        diagonal = distances[column + 1]
        distances[column + 1] = Swift.min(replaced, distances[column] + 1, diagonal + 1)
      }
    }
    return distances[other.count]
  }
}
