import Foundation

/// How long something took, over several runs.
struct Timing: Codable {
  /// Seconds of wall time: the median and the least.
  let median: Double
  let least: Double
  /// Seconds of all processors in the median run.
  let processor: Double
  /// How much more memory was held at most than before, in MB (2^20 bytes); `nil` where that cannot be
  /// asked.
  let extraMemory: Double?

  static func of(repeats: Int, _ body: () throws -> Void) throws -> Timing {
    // The first run pays for fresh memory, and is the one whose memory is looked at.
    let before = Memory.reset()
    try body()
    let extra = before.flatMap { before in Memory.peak().map { $0 - before } }
    var runs: [(wall: Double, processor: Double)] = []
    for _ in 0..<repeats {
      let (wall, processor) = (ContinuousClock.now, processorSeconds())
      try body()
      runs.append(((ContinuousClock.now - wall) / .seconds(1), processorSeconds() - processor))
    }
    runs.sort { $0.wall < $1.wall }
    let middle = runs[runs.count / 2]
    return Timing(
      median: middle.wall, least: runs[0].wall, processor: middle.processor, extraMemory: extra)
  }
}

private func processorSeconds() -> Double {
  Double(clock()) / Double(CLOCKS_PER_SEC)
}

/// The memory of this process, as Linux tells it.
private enum Memory {
  /// Forgets the peak so far; the memory now in MB.
  static func reset() -> Double? {
    guard
      (try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)) != nil
    else { return nil }
    return line("VmRSS:")
  }

  static func peak() -> Double? { line("VmHWM:") }

  private static func line(_ name: String) -> Double? {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix(name) }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return kilobytes.flatMap { Double($0) }.map { $0 / 1024 }
  }
}
