/// The 32-bit float nearest to a decimal number in ASCII; `nil` where the text is not a number.
///
/// Correctly rounded and independent of the locale. Too large a number is infinite. Up to 19 digits
/// and moderate exponents take the fast path of Clinger 1990 (10.1145/93542.93557): an integer
/// below 2^53 times or over an exact power of ten is one correctly rounded double. Rounding that
/// double to a float is right unless it lies half-way between two floats, because half-way points
/// are doubles themselves. Everything else goes to the standard library.
func decimalFloat(_ text: Span<UInt8>) -> Float? {
  guard let number = Decimal(text) else { return slowFloat(text) }
  if number.digits == 0 { return number.isNegative ? -0.0 : 0.0 }
  guard number.digits < 1 << 53, abs(number.exponent) < powersOfTen.count else {
    return slowFloat(text)
  }
  let power = powersOfTen[abs(number.exponent)]
  let magnitude = Double(number.digits)
  let value = number.exponent < 0 ? magnitude / power : magnitude * power
  let isHalfWay = value.bitPattern & 0x1FFF_FFFF == 0x1000_0000
  guard !isHalfWay, value >= Double(Float.leastNormalMagnitude) else { return slowFloat(text) }
  return number.isNegative ? -Float(value) : Float(value)
}

/// The whole number in ASCII; `nil` where the text is none or does not fit.
func decimalInteger(_ text: Span<UInt8>) -> Int? {
  guard !text.isEmpty else { return nil }
  let isNegative = text[0] == UInt8(ascii: "-")
  var i = isNegative || text[0] == UInt8(ascii: "+") ? 1 : 0
  guard i < text.count, text.count - i <= 18 else { return nil }
  var value = 0
  while i < text.count {
    guard let digit = digit(text[i]) else { return nil }
    value = value * 10 + Int(digit)
    i += 1
  }
  return isNegative ? -value : value
}

/// Digits times a power of ten, as plain decimal notation writes it.
private struct Decimal {
  var isNegative = false
  var digits: UInt64 = 0
  var exponent = 0

  /// `nil` for anything unusual: more than 19 digits, no digits, other characters.
  init?(_ text: Span<UInt8>) {
    var i = 0
    if i < text.count, text[i] == UInt8(ascii: "-") || text[i] == UInt8(ascii: "+") {
      isNegative = text[i] == UInt8(ascii: "-")
      i += 1
    }
    var digitCount = 0
    var pointAt: Int?
    while i < text.count {
      if let digit = digit(text[i]) {
        guard digits < 1_000_000_000_000_000_000 else { return nil }
        digits = digits * 10 + UInt64(digit)
        digitCount += 1
      } else if text[i] == UInt8(ascii: "."), pointAt == nil {
        pointAt = digitCount
      } else {
        break
      }
      i += 1
    }
    guard digitCount > 0 else { return nil }
    exponent = (pointAt ?? digitCount) - digitCount
    guard i < text.count else { return }
    guard text[i] | 0x20 == UInt8(ascii: "e"), text.count - i <= 6,
      let scale = decimalInteger(text.extracting((i + 1)...))
    else { return nil }
    exponent += scale
  }
}

@inline(__always)
private func digit(_ byte: UInt8) -> UInt8? {
  let value = byte &- UInt8(ascii: "0")
  return value < 10 ? value : nil
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

private func slowFloat(_ text: Span<UInt8>) -> Float? {
  let text = String(ascii: text)
  // Hexadecimal floats are known to the library but not to any mesh format.
  return text.contains("x") || text.contains("X") ? nil : Float(text)
}

extension String {
  /// The text of some bytes of a file; what is not UTF-8 is replaced.
  init(ascii bytes: Span<UInt8>) {
    // SAFETY: the buffer is only read, and only inside the closure.
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
