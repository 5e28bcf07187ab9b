internal import LibC
internal import MeshProcessing
internal import Volumes

/// Collects the bytes of a file.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
    unsafe bytes.withUnsafeMutableBytes { memory in
      // SAFETY: that much has been reserved, and advice changes nothing of what is there.
      unsafe adviseHugePages(
        UnsafeMutableRawBufferPointer(start: memory.baseAddress, count: capacity))
    }
  }

  /// A file of a head and rows of equal size, each filled by `fill` at its place, on all threads.
  @inline(__always)
  init(
    head: [UInt8], rows count: Int, of size: Int,
    _ fill: @Sendable (Int, UnsafeMutableRawBufferPointer) -> Void
  ) {
    let total = head.count + count * size
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: total) { memory, initialized in
      unsafe adviseHugePages(UnsafeMutableRawBufferPointer(memory))
      // SAFETY: the head and then all rows fill the memory, and every row has its own part of it.
      _ = unsafe memory.initialize(fromContentsOf: head)
      if count > 0 {
        let target = unsafe DisjointWrites(memory)
        Parallel.forEach(Parallel.pieces(of: count, size: 1 << 14)) { rows in
          for row in rows {
            unsafe fill(
              row,
              UnsafeMutableRawBufferPointer(
                start: target.base + head.count + row * size, count: size))
          }
        }
      }
      initialized = total
    }
  }

  /// Adds a whole number, little-endian.
  @inline(__always)
  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds a float, little-endian.
  @inline(__always)
  mutating func append(_ value: Float) { append(value.bitPattern) }

  @inline(__always)
  mutating func append(_ position: SIMD3<Float>) {
    append(SIMD3(position.x.bitPattern, position.y.bitPattern, position.z.bitPattern))
  }

  /// Adds three whole numbers at once, little-endian.
  @inline(__always)
  mutating func append(_ numbers: SIMD3<UInt32>) {
    let ordered = SIMD3(
      numbers.x.littleEndian, numbers.y.littleEndian, numbers.z.littleEndian)
    // SAFETY: a vector of three has room for four, of which the first twelve bytes are the numbers.
    unsafe withUnsafeBytes(of: ordered) {
      unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<12]))
    }
  }

  /// Adds bytes as they are.
  mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }

  /// Adds text as it is.
  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

/// Asks for huge pages: fresh memory is half of the time that it takes to write a large mesh.
private func adviseHugePages(_ memory: UnsafeMutableRawBufferPointer) {
  #if os(Linux)
    guard memory.count > 8 << 20 else { return }
    // SAFETY: what is advised about lies within the memory, and is not changed.
    guard let start = unsafe memory.baseAddress?.alignedUp(toMultipleOf: 2 << 20) else { return }
    unsafe madvise(start, memory.count - 4 << 20, MADV_HUGEPAGE)
  #endif
}

// MARK: Many rows at once

extension ByteWriter {
  /// Adds rows of equal size, each filled by `fill` at its place.
  ///
  /// Four times as fast as adding the numbers one by one: the array grows once in a thousand rows.
  @inline(__always)
  mutating func appendRows(
    _ count: Int, of size: Int, _ fill: (Int, UnsafeMutableRawBufferPointer) -> Void
  ) {
    let rows = 1024
    unsafe withUnsafeTemporaryAllocation(byteCount: rows * size, alignment: 8) { buffer in
      for first in stride(from: 0, to: count, by: rows) {
        let part = min(rows, count - first)
        // SAFETY: row i lies inside of the buffer, which has room for all rows of a part.
        for i in 0..<part {
          unsafe fill(
            first + i, UnsafeMutableRawBufferPointer(rebasing: buffer[i * size..<(i + 1) * size]))
        }
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<(part * size)]))
      }
    }
  }

  /// Adds positions, twelve bytes each, little-endian.
  mutating func append(_ positions: [SIMD3<Float>]) {
    unsafe appendRows(positions.count, of: 12) { index, row in
      unsafe row.store(positions[index], at: 0)
    }
  }

  /// Adds triangles as PLY has them: the number of corners in a byte, then the corners.
  mutating func append(_ triangles: [Triangle]) {
    unsafe appendRows(triangles.count, of: 13) { index, row in
      unsafe row.storeBytes(of: 3, as: UInt8.self)
      unsafe row.store(triangles[index], at: 1)
    }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Stores three floats, little-endian.
  @inline(__always)
  func store(_ position: SIMD3<Float>, at offset: Int) {
    unsafe store(
      SIMD3(position.x.bitPattern, position.y.bitPattern, position.z.bitPattern), at: offset)
  }

  /// Stores three corners, little-endian.
  @inline(__always)
  func store(_ triangle: Triangle, at offset: Int) {
    unsafe store(SIMD3(triangle.a, triangle.b, triangle.c), at: offset)
  }

  @inline(__always)
  private func store(_ numbers: SIMD3<UInt32>, at offset: Int) {
    for i in 0..<3 {
      unsafe storeBytes(of: numbers[i].littleEndian, toByteOffset: offset + 4 * i, as: UInt32.self)
    }
  }
}

// MARK: Numbers as text

extension ByteWriter {
  /// Adds three numbers with blanks between, in as many digits as it takes to read the same floats.
  mutating func appendText(_ position: SIMD3<Float>) {
    appendText(position.x)
    bytes.append(UInt8(ascii: " "))
    appendText(position.y)
    bytes.append(UInt8(ascii: " "))
    appendText(position.z)
  }

  /// Adds a line of a keyword of one letter and three numbers.
  mutating func append(prefix: Unicode.Scalar, _ position: SIMD3<Float>) {
    bytes.append(UInt8(ascii: prefix))
    bytes.append(UInt8(ascii: " "))
    appendText(position)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Adds a line of a keyword of one letter and three whole numbers.
  mutating func append(prefix: Unicode.Scalar, _ a: UInt32, _ b: UInt32, _ c: UInt32) {
    bytes.append(UInt8(ascii: prefix))
    bytes.append(UInt8(ascii: " "))
    appendText(a)
    bytes.append(UInt8(ascii: " "))
    appendText(b)
    bytes.append(UInt8(ascii: " "))
    appendText(c)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Adds a number in as many digits as it takes to read the same float.
  mutating func appendText(_ number: Float) { bytes.append(contentsOf: number.description.utf8) }

  mutating func appendText(_ number: UInt32) {
    var digits: [10 of UInt8] = .init(repeating: 0)
    var count = 0
    var rest = number
    repeat {
      digits[count] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
      count += 1
    } while rest > 0
    for i in stride(from: count - 1, through: 0, by: -1) { bytes.append(digits[i]) }
  }
}
