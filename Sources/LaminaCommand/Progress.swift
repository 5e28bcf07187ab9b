import Synchronization

/// A bar on the terminal that fills as objects are done. Silent where nobody watches.
final class Progress: Sendable {
  private struct State {
    var title = ""
    var total = 0
    var done = 0
    var isVisible = false
  }
  private let state = Mutex(State())

  /// Starts the bar, once it is known how much there is to do.
  func start(_ title: String, total: Int, isVisible: Bool) {
    state.withLock {
      $0 = State(title: title, total: total, isVisible: isVisible && Console.isTerminal)
    }
  }

  func advance() {
    state.withLock { state in
      state.done += 1
      guard state.isVisible else { return }
      let filled = 30 * state.done / max(state.total, 1)
      let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
      let end = state.done == state.total ? "\r\u{1B}[K" : ""
      Console.write("\r\(state.title) \(bar) \(state.done)/\(state.total)\(end)")
    }
  }
}
