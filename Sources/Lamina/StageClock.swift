internal import Synchronization

/// How long each stage of a run took, in the order in which the stages began.
///
/// A stage that runs on several threads at once counts the seconds of all of them together.
public final class StageClock: Sendable {
  private let stages = Mutex<[(name: String, seconds: Double)]>([])

  public init() {}

  /// Runs a stage and adds its time to what it has already taken.
  public func time<Result>(
    _ stage: String, _ body: () throws -> Result
  ) rethrows -> Result {
    let start = ContinuousClock.now
    defer { add(ContinuousClock.now - start, to: stage) }
    return try body()
  }

  /// The stages and their seconds.
  public var seconds: [(name: String, seconds: Double)] { stages.withLock { $0 } }

  private func add(_ duration: Duration, to stage: String) {
    let seconds = duration / .seconds(1)
    stages.withLock { stages in
      if let index = stages.firstIndex(where: { $0.name == stage }) {
        stages[index].seconds += seconds
      } else {
        stages.append((stage, seconds))
      }
    }
  }
}
