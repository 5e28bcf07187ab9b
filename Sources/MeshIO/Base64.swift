/// Binary data as text of base64, RFC 4648, read from a place on.
///
/// Codes that follow each other, each with padding of its own, are one sequence, as VTK writes the length
/// of an array and then its content. Blanks are passed over.
struct Base64Text {
  let text: ArraySlice<UInt8>

  /// The first bytes, as many as are wanted or more; `nil` where there are fewer of them.
  func bytes(_ count: Int) -> [UInt8]? {
    // Four letters are three bytes.
    guard count <= text.count / 4 * 3 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 3)
    var (bits, letters, padding) = (UInt32(0), 0, 0)
    for letter in text {
      if bytes.count >= count { break }
      if letter <= 0x20 { continue }
      let value = Self.values[Int(letter)]
      if letter == UInt8(ascii: "=") {
        padding += 1
      } else if value > 63 || padding > 0 {
        return nil
      }
      bits = bits << 6 | UInt32(value & 63)
      letters += 1
      guard letters == 4 else { continue }
      for byte in 0..<max(3 - padding, 1) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * byte)))
      }
      (bits, letters, padding) = (0, 0, 0)
    }
    return bytes.count >= count ? bytes : nil
  }

  /// What every letter stands for; 64 for the padding, and 255 for what is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    for (value, letter) in alphabet.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
    return values
  }()
}
