internal import Dispatch
internal import LibC

/// How many threads Lamina may use, and the one door through which it uses them.
///
/// Work is cut into pieces whose number does not depend on the number of threads, and results are
/// joined in order: the same input gives the same bytes on 1 or 64 cores.
public enum Parallel {
  /// The number of threads that work started in this task may use. Set it for a scope with
  /// `Parallel.$threads.withValue(1) { ... }`.
  @TaskLocal public static var threads = DispatchQueue.processorCount

  /// Runs `body` for every index in `0..<count`, on all threads, in no particular order.
  ///
  /// Each worker takes the next index when it is free, so pieces of unequal work balance. The
  /// first error by index is thrown after all workers have stopped.
  package static func forEach(_ count: Int, _ body: @Sendable (Int) throws -> Void) throws {
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<count { try body(index) }
      return
    }
    let queue = WorkQueue(count: count)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while let index = queue.next() {
        do { try body(index) } catch { queue.fail(at: index, with: error) }
      }
    }
    if let error = queue.firstError { throw error }
  }

  /// As ``forEach(_:_:)`` for work that cannot fail.
  package static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    let queue = WorkQueue(count: count)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while let index = queue.next() { body(index) }
    }
  }

  /// Runs `body` for every piece of work.
  package static func forEach(_ pieces: [Range<Int>], _ body: @Sendable (Range<Int>) -> Void) {
    forEach(pieces.count) { body(pieces[$0]) }
  }

  /// The results of `body` for every index in `0..<count`, in order.
  package static func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let results = Results<Result>(count: count)
    try forEach(count) { index in results.store(try body(index), at: index) }
    return results.inOrder()
  }

  /// As ``map(_:_:)`` for work that cannot fail.
  package static func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let results = Results<Result>(count: count)
    forEach(count) { index in results.store(body(index), at: index) }
    return results.inOrder()
  }

  /// The results of `body` for every piece of work, in order.
  package static func map<Result: Sendable>(
    _ pieces: [Range<Int>], _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    map(pieces.count) { body(pieces[$0]) }
  }

  /// Fixed pieces of `0..<count`, about `pieceSize` long each.
  package static func pieces(of count: Int, size pieceSize: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: max(pieceSize, 1)).map {
      $0..<min($0 + max(pieceSize, 1), count)
    }
  }
}

extension DispatchQueue {
  fileprivate static var processorCount: Int { max(1, onlineProcessors()) }
}

private func onlineProcessors() -> Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// Hands out the indices of a piece of work and remembers the first failure.
private final class WorkQueue: @unchecked Sendable {
  private let lock = DispatchSemaphore(value: 1)
  private let count: Int
  private var taken = 0
  private var failure: (index: Int, error: any Error)?

  init(count: Int) { self.count = count }

  func next() -> Int? {
    lock.wait()
    defer { lock.signal() }
    guard taken < count else { return nil }
    defer { taken += 1 }
    return taken
  }

  func fail(at index: Int, with error: any Error) {
    lock.wait()
    defer { lock.signal() }
    if failure.map({ index < $0.index }) ?? true { failure = (index, error) }
    taken = count
  }

  var firstError: (any Error)? { failure?.error }
}

/// A slot per index, filled from any thread.
private final class Results<Result: Sendable>: @unchecked Sendable {
  private let lock = DispatchSemaphore(value: 1)
  private var slots: [Result?]

  init(count: Int) { slots = Array(repeating: nil, count: count) }

  func store(_ result: Result, at index: Int) {
    lock.wait()
    defer { lock.signal() }
    slots[index] = result
  }

  func inOrder() -> [Result] {
    slots.map { slot in
      guard let slot else { preconditionFailure("a piece of parallel work left no result") }
      return slot
    }
  }
}
