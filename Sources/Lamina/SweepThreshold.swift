extension ThresholdMethod {
  /// A threshold as it is written in a sweep: a method, a grey value, or a change of the first level.
  init(_ text: String, relativeTo level: Double?) throws(SweepError) {
    if let level, text.hasSuffix("%"), let percent = Double(text.dropLast()) {
      self = .value(level * (1 + percent / 100))
    } else if let method = ThresholdMethod(text) {
      self = method
    } else {
      throw SweepError.notAThreshold(text)
    }
  }
}

/// Why a sweep cannot be made.
public enum SweepError: Error, Sendable, CustomStringConvertible {
  /// No method, no value, and no change of a level that came before.
  case notAThreshold(String)

  public var description: String {
    switch self {
    case .notAThreshold(let text):
      "\"\(text)\" is no threshold: write a method or a grey value first, then changes such as +10%"
    }
  }
}
