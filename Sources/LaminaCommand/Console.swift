import LibC

/// What the command says on standard error and standard output.
enum Console {
  static func error(_ message: String) { line("lamina: error: \(message)") }
  static func warning(_ message: String) { line("lamina: warning: \(message)") }
  static func note(_ message: String) { line("lamina: \(message)") }

  /// Whether somebody watches: progress is for a terminal only.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Writes to standard error at once and unbuffered.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
  }

  #if canImport(Glibc)
    private static var thisProcess: __rusage_who_t { __rusage_who_t(RUSAGE_SELF.rawValue) }
  #else
    private static var thisProcess: Int32 { RUSAGE_SELF }
  #endif

  private static func line(_ text: String) {
    write((isTerminal ? "\r\u{1B}[K" : "") + text + "\n")
  }

  /// The most memory that the process has held, in MB (2^20 bytes).
  static var peakMemory: Double {
    var usage = rusage()
    unsafe getrusage(Self.thisProcess, &usage)
    #if os(Linux)
      return Double(usage.ru_maxrss) / 1024
    #else
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }
}
