internal import CCrypto
internal import Files
internal import LibC

/// The SHA-256 of a file as 64 hexadecimal digits; `nil` when the file cannot be read.
///
/// That of a folder, such as an OME-Zarr, is the digest of a list of what is in it in the order of the
/// names, a line each: the digest of the file or folder, two blanks, its name.
package func sha256(ofFile path: String) -> String? {
  guard let folder = Folder(path) else { return unsafe digest { unsafe addFile(path, to: $0) } }
  var lines: [String] = []
  for name in folder.names.sorted() {
    guard let digest = sha256(ofFile: "\(path)/\(name)") else { return nil }
    lines.append("\(digest)  \(name)\n")
  }
  return unsafe digest { context in
    let list = Array(lines.joined().utf8)
    return unsafe EVP_DigestUpdate(context, list, list.count) == 1
  }
}

/// The digest of what `add` hands over; `nil` when it fails.
private func digest(_ add: (OpaquePointer) -> Bool) -> String? {
  guard let context = unsafe EVP_MD_CTX_new() else { return nil }
  defer { unsafe EVP_MD_CTX_free(context) }
  guard unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, unsafe add(context) else {
    return nil
  }
  // The digest is 32 bytes long.
  var digest = [UInt8](repeating: 0, count: 32)
  guard unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1 else { return nil }
  let digits = Array("0123456789abcdef")
  return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

private func addFile(_ path: String, to context: OpaquePointer) -> Bool {
  let file = unsafe open(path, O_RDONLY)
  guard file >= 0 else { return false }
  defer { close(file) }
  // SAFETY: read writes at most as many bytes as the buffer has.
  return unsafe withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
    while true {
      let count = unsafe read(file, buffer.baseAddress, buffer.count)
      if count <= 0 { return count == 0 }
      guard unsafe EVP_DigestUpdate(context, buffer.baseAddress, count) == 1 else { return false }
    }
  }
}
