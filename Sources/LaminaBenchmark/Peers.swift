import Foundation

/// Other programs that do the same, run by a script.
struct Peers {
  let python: String
  let script: String
  let image: String

  /// What a peer did: who it was, and how long it took.
  struct Result: Codable {
    let name: String
    /// The call that was timed.
    let call: String
    let median: Double
    let least: Double
    /// Seconds of all processors in the median run.
    let processor: Double
  }

  /// The best peer at a stage, timed now; `nil` where there is none or it fails.
  func time(_ stage: String, repeats: Int, threads: Int) -> Result? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, script, stage, image, "\(repeats)", "\(threads)"]
    let output = Pipe()
    process.standardOutput = output
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try? JSONDecoder().decode(Result.self, from: data)
  }
}
