internal import LibC

/// A folder and the names in it.
package struct Folder {
  package let path: String
  /// All entries but `.` and `..`, in no particular order.
  package let names: [String]

  /// `nil` for what is no folder, or may not be read.
  package init?(_ path: String) {
    guard let folder = unsafe opendir(path) else { return nil }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      // SAFETY: the system ends every name.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name != "." && name != ".." { names.append(name) }
    }
    self.path = path
    self.names = names
  }

  package func has(_ name: String) -> Bool { names.contains(name) }

  /// The files that a pattern with `*`, `?` or `[` matches; `nil` for a name without any of these, and
  /// for a file that is really called so.
  package static func matches(of pattern: String) -> [String]? {
    guard pattern.contains(where: { "*?[".contains($0) }), unsafe access(pattern, F_OK) != 0 else {
      return nil
    }
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
    // SAFETY: there are as many paths as the system says, each of them ended.
    return unsafe (0..<Int(found.gl_pathc)).compactMap { index in
      unsafe found.gl_pathv[index].map { unsafe String(cString: $0) }
    }
  }
}
