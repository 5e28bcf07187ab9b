/// The cyclic redundancy check of Castagnoli, with which Zarr guards the index of a shard.
///
/// Castagnoli, Bräuer & Herrmann 1993 (10.1109/26.231911), as in RFC 3720.
enum CRC32C {
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8
    }
  }

  /// The remainder of every byte.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
  }
}
