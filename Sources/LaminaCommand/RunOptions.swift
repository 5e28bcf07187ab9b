import ArgumentParser
import Lamina

/// How a command behaves, whatever it does.
struct RunOptions: ParsableArguments {
  @Option(help: "Number of threads (default: one per processor). Results do not depend on it.")
  var threads: Int?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "No progress and no table; errors and warnings still appear.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads must be at least 1, got \(threads)")
    }
  }

  /// Runs a command with the chosen number of threads, and turns an error into one line on standard
  /// error and exit code 1.
  func run(_ body: () throws -> Void) throws {
    do {
      try Parallel.$threads.withValue(threads ?? Parallel.threads, operation: body)
    } catch let error as ExitCode {
      throw error
    } catch {
      Console.error("\(error)")
      throw ExitCode.failure
    }
  }
}
