extension Int {
  /// "1 object", "7 objects".
  func counted(_ one: String, _ many: String) -> String { "\(self) \(self == 1 ? one : many)" }
}
