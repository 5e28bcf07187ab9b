internal import Synchronization

/// How long each stage of a run took.
///
/// A stage that runs on several threads at once counts the seconds of all of them together.
public final class StageClock: Sendable {
  private let stages = Mutex<[String: Double]>([:])

  public init() {}

  /// Runs a stage and adds its time to what it has already taken.
  public func time<Result>(
    _ stage: String, _ body: () throws -> Result
  ) rethrows -> Result {
    let start = ContinuousClock.now
    defer { add(ContinuousClock.now - start, to: stage) }
    return try body()
  }

  /// The seconds of every stage, by its name.
  public var byName: [String: Double] { stages.withLock { $0 } }

  private func add(_ duration: Duration, to stage: String) {
    stages.withLock { $0[stage, default: 0] += duration / .seconds(1) }
  }
}
