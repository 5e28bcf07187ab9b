import ArgumentParser
import Lamina
import LibC

/// Reads a file through Assimp in this process, which may die of it. Started by ``MeshScene/isolated``.
struct ImportMesh: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-mesh", abstract: "Read a mesh through Assimp.", shouldDisplay: false)

  @Argument var input: String
  @Argument var output: String

  func run() throws {
    // A damaged file can make it run or take memory for ever.
    var seconds = rlimit(rlim_cur: 120, rlim_max: 120)
    var bytes = rlimit(rlim_cur: 8 << 30, rlim_max: 8 << 30)
    #if canImport(Glibc)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &seconds)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &bytes)
    #else
      unsafe setrlimit(RLIMIT_CPU, &seconds)
      unsafe setrlimit(RLIMIT_AS, &bytes)
    #endif
    do {
      try MeshScene(importing: input).write(to: output)
    } catch {
      Console.error("\(error)")
      throw ExitCode.failure
    }
  }
}

extension MeshScene {
  /// The objects in a mesh file, and where they come from. Those formats that only Assimp reads are read in
  /// a process of their own, and come back as an OBJ, which keeps their names.
  init(anyFormat path: String) throws {
    let own: Set<MeshFormat> = [.ply, .obj, .stl, .off, .vtp]
    if let format = MeshFormat(path: path), own.contains(format) {
      try self.init(contentsOf: path)
    } else {
      self = try MeshScene(importedInChild: path)
    }
    provenance.note(input: path)
  }

  private init(importedInChild path: String) throws {
    let scratch = "\(temporaryFolder)/lamina-import-\(getpid()).obj"
    defer { unsafe unlink(scratch) }
    let status = try spawned([CommandLine.arguments[0], "import-mesh", path, scratch])
    guard status == 0 else {
      // Status 1: the child has said why.
      if status == 1 << 8 { throw ExitCode.failure }
      throw UsageError("\(path): the file is damaged, or too large; Assimp ended over it")
    }
    try self.init(contentsOf: scratch)
  }
}

extension MeshProvenance {
  /// Says which file a mesh was read from, unless the file says so of its own origin.
  fileprivate mutating func note(input path: String) {
    guard !comments.contains(where: { $0.hasPrefix("input ") }) else { return }
    comments.append("input \(path.split(separator: "/").last ?? "")")
    if let digest = sha256(ofFile: path) { comments.append("input_sha256 \(digest)") }
  }
}

private var temporaryFolder: String {
  // SAFETY: the environment is not changed while the command runs.
  unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
}

/// Runs this program again with arguments, and gives the status that the system reports.
private func spawned(_ arguments: [String]) throws -> Int32 {
  #if os(Linux)
    let program = "/proc/self/exe"
  #else
    let program = arguments[0]
  #endif
  var child: pid_t = 0
  var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
  defer { unsafe words.forEach { unsafe free($0) } }
  // SAFETY: the list of arguments is ended, as is each of them.
  let failure = unsafe posix_spawn(&child, program, nil, nil, &words, environ)
  guard failure == 0 else {
    throw UsageError("\(arguments[0]) cannot be started again (\(failure))")
  }
  var status: Int32 = 0
  while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
  return status
}
