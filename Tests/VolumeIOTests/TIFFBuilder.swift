/// Builds small uncompressed TIFF files byte by byte, also such as no library would write.
struct TIFFBuilder {
  enum Value {
    case short([UInt16])
    case long([UInt32])
    case ascii(String)
    case bytes([UInt8])
    case rational(UInt32, UInt32)
  }

  struct Page {
    var tags: [(tag: UInt16, value: Value)]
    var pixels: [UInt8]
  }

  var isBigEndian = false
  var pages: [Page] = []

  /// A page of 8 or 16-bit grey values with further tags.
  mutating func addPage(
    width: Int, height: Int, bits: Int = 8, pixels: [UInt16], extra: [(UInt16, Value)] = []
  ) {
    var bytes: [UInt8] = []
    for pixel in pixels {
      if bits == 8 {
        bytes.append(UInt8(pixel))
      } else {
        bytes += order([UInt8(pixel & 255), UInt8(pixel >> 8)])
      }
    }
    let tags: [(UInt16, Value)] = [
      (256, .long([UInt32(width)])), (257, .long([UInt32(height)])),
      (258, .short([UInt16(bits)])), (259, .short([1])), (262, .short([1])),
      (273, .long([0])), (277, .short([1])), (278, .long([UInt32(height)])),
      (279, .long([UInt32(bytes.count)])),
    ]
    let replaced = tags.filter { tag in !extra.contains { $0.0 == tag.0 } }
    pages.append(Page(tags: (replaced + extra).sorted { $0.0 < $1.0 }, pixels: bytes))
  }

  func encoded() -> [UInt8] {
    var file = order(isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49], swap: false) + short(42) + long(0)
    var linkAt = 4
    for page in pages {
      let pixelsAt = file.count
      file += page.pixels
      if file.count % 2 == 1 { file.append(0) }
      var far: [UInt8] = []
      let directoryAt = file.count
      let farAt = directoryAt + 2 + page.tags.count * 12 + 4
      var directory = short(UInt16(page.tags.count))
      for (tag, value) in page.tags {
        let isOffset: Bool = if tag == 273, case .long([0]) = value { true } else { false }
        let (type, count, bytes) = encode(isOffset ? .long([UInt32(pixelsAt)]) : value)
        directory += short(tag) + short(type) + long(UInt32(count))
        if bytes.count <= 4 {
          directory += bytes + Array(repeating: 0, count: 4 - bytes.count)
        } else {
          directory += long(UInt32(farAt + far.count))
          far += bytes + (bytes.count % 2 == 1 ? [0] : [])
        }
      }
      file.replaceSubrange(linkAt..<linkAt + 4, with: long(UInt32(directoryAt)))
      linkAt = directoryAt + directory.count
      file += directory + long(0) + far
    }
    return file
  }

  private func encode(_ value: Value) -> (type: UInt16, count: Int, bytes: [UInt8]) {
    switch value {
    case .short(let values): (3, values.count, values.flatMap(short))
    case .long(let values): (4, values.count, values.flatMap(long))
    case .ascii(let text): (2, text.utf8.count + 1, Array(text.utf8) + [0])
    case .bytes(let bytes): (2, bytes.count + 1, bytes + [0])
    case .rational(let above, let below): (5, 1, long(above) + long(below))
    }
  }

  private func short(_ value: UInt16) -> [UInt8] { order([UInt8(value & 255), UInt8(value >> 8)]) }

  private func long(_ value: UInt32) -> [UInt8] {
    order((0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }

  private func order(_ littleEndian: [UInt8], swap: Bool = true) -> [UInt8] {
    isBigEndian && swap ? littleEndian.reversed() : littleEndian
  }
}
