internal import CCrypto

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The SHA-256 of a file as 64 hexadecimal digits; `nil` when the file cannot be read.
package func sha256(ofFile path: String) -> String? {
  let file = unsafe open(path, O_RDONLY)
  guard file >= 0, let context = unsafe EVP_MD_CTX_new() else { return nil }
  defer {
    close(file)
    unsafe EVP_MD_CTX_free(context)
  }
  guard unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { return nil }
  // SAFETY: read writes at most as many bytes as the buffer has, and the digest is 32 bytes long.
  return unsafe withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
    while true {
      let count = unsafe read(file, buffer.baseAddress, buffer.count)
      if count < 0 { return nil }
      if count == 0 { break }
      guard unsafe EVP_DigestUpdate(context, buffer.baseAddress, count) == 1 else { return nil }
    }
    var digest = [UInt8](repeating: 0, count: 32)
    guard unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1 else { return nil }
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
