import LibC

/// Standard input, output and error, whatever the shell has done to them.
enum StandardStreams {
  /// Opens those that are closed: the next files would take their numbers, and what is said would go into results.
  /// And lets a file that outgrows `ulimit -f` be an error like a full disk, not the end of the command.
  static func prepare() {
    while true {
      let descriptor = unsafe open("/dev/null", O_RDWR)
      guard descriptor > STDERR_FILENO || descriptor < 0 else { continue }
      close(descriptor)
      break
    }
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Writes out what was printed and is held back; the system's error number where that fails.
  static func flush() -> Int32? { fflush(nil) == 0 ? nil : errno }
}
