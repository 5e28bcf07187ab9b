internal import LibC

extension Double {
  /// The number with at most so many significant digits, without zeros at the end.
  package func text(digits: Int) -> String {
    // A NaN may have a sign, which says nothing.
    guard !isNaN else { return "nan" }
    return unsafe withVaList([Int32(digits), self]) { arguments in
      unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
        guard let base = buffer.baseAddress else { return "\(self)" }
        // SAFETY: %g needs fewer than 64 characters for any number of digits asked for here.
        unsafe vsnprintf(base, buffer.count, "%.*g", arguments)
        return unsafe String(cString: base)
      }
    }
  }
}
