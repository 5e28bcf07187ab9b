#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that a command is to write.
struct OutputFile {
  let path: String
  let force: Bool
  let endings: [String]

  init(_ path: String, force: Bool, endings: [String]) {
    self.path = path
    self.force = force
    self.endings = endings
  }

  /// Refuses a file that is there already, or an ending that the command does not write, before any
  /// work is done.
  func check() throws {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard endings.contains(ending) else {
      throw UsageError("\(path): the name must end in .\(endings.joined(separator: ", ."))")
    }
    let isThere = unsafe access(path, F_OK) == 0
    if isThere && !force {
      throw UsageError("\(path) is there already; choose another name, or replace it with --force")
    }
  }
}
