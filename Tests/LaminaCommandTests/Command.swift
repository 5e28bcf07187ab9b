import Foundation

/// The built `lamina`, run as a user runs it.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  /// The lines on standard error.
  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

  /// The JSON object on standard output.
  var json: [String: Any] {
    let object = try? JSONSerialization.jsonObject(with: Data(output.utf8))
    return object as? [String: Any] ?? [:]
  }

  /// The folder of the package, where the command is run.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let sample = "Examples/Data/nuclei.tif"

  static func run(_ arguments: String...) throws -> Command { try run(arguments) }

  static func run(_ arguments: [String]) throws -> Command {
    let process = try start(arguments)
    // Both pipes are emptied at once: a full one would stop the command.
    let errors = process.errors.readInBackground()
    let output = process.output.fileHandleForReading.readDataToEndOfFile()
    process.process.waitUntilExit()
    return Command(
      status: process.process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: errors())
  }

  /// The main job on the sample stack.
  static func measureSample(to folder: String, _ more: String...) throws -> Command {
    try run(["measure", sample, "--sigma", "0.5", "--min-volume", "20", "-o", folder] + more)
  }

  struct Running {
    let process: Process
    let output = Pipe()
    let errors = Pipe()
  }

  static func start(_ arguments: [String]) throws -> Running {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: package)
    let running = Running(process: process)
    process.standardOutput = running.output
    process.standardError = running.errors
    try process.run()
    return running
  }

  /// Where the command is, for a shell.
  static var path: String { executable.path }

  /// The command lies beside the tests.
  private static let executable: URL = {
    var folder = Bundle.main.executableURL?.deletingLastPathComponent()
    while let here = folder, here.path != "/" {
      let candidate = here.appendingPathComponent("lamina")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder = here.deletingLastPathComponent()
    }
    return URL(fileURLWithPath: "\(package)/.build/release/lamina")
  }()
}

extension Pipe {
  /// Reads to the end on another thread; the result waits for it.
  fileprivate func readInBackground() -> () -> String {
    let handle = fileHandleForReading
    let group = DispatchGroup()
    nonisolated(unsafe) var data = Data()
    group.enter()
    DispatchQueue.global().async {
      unsafe data = handle.readDataToEndOfFile()
      group.leave()
    }
    return {
      group.wait()
      return unsafe String(decoding: data, as: UTF8.self)
    }
  }
}
