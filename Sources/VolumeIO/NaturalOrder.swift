/// Whether a name comes before another one as people count: `z2` before `z10`.
///
/// Runs of digits compare as numbers, of which equal ones with fewer zeros in front come first.
func comesBefore(_ a: String, _ b: String) -> Bool {
  let (a, b) = (Array(a.utf8), Array(b.utf8))
  var (i, j) = (0, 0)
  while i < a.count, j < b.count {
    let (first, second) = (digits(of: a, from: i), digits(of: b, from: j))
    if !first.isEmpty, !second.isEmpty {
      let (x, y) = (a[first].drop { $0 == 48 }, b[second].drop { $0 == 48 })
      if x.count != y.count { return x.count < y.count }
      if let difference = zip(x, y).first(where: { $0 != $1 }) {
        return difference.0 < difference.1
      }
      if first.count != second.count { return first.count < second.count }
      (i, j) = (first.upperBound, second.upperBound)
    } else {
      if a[i] != b[j] { return a[i] < b[j] }
      (i, j) = (i + 1, j + 1)
    }
  }
  return a.count - i < b.count - j
}

private func digits(of name: [UInt8], from start: Int) -> Range<Int> {
  var end = start
  while end < name.count, (48...57).contains(name[end]) { end += 1 }
  return start..<end
}
