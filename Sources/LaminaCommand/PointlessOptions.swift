import ArgumentParser

/// Refuses the first, by name, of the options that were given and have nothing to do.
///
/// - Parameters:
///   - options: By name, whether they were given.
///   - reason: Why they have nothing to do, as the begin of a sentence.
///   - advice: What to do instead, as its end.
func refuse(_ options: [String: Bool], because reason: String, advice: String = "") throws {
  guard let name = options.filter(\.value).keys.sorted().first else { return }
  throw ValidationError("\(reason), so \(name) has nothing to do\(advice)")
}

extension [String: Bool] {
  /// These options and others.
  static func + (some: Self, others: Self) -> Self { some.merging(others) { $0 || $1 } }
}
