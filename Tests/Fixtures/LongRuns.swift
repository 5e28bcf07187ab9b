import Foundation

/// How often a random test runs: often enough to find a mistake, or, with `LAMINA_LONG_TESTS` in the
/// environment, as often as one would like.
public enum LongRuns {
  public static func count(short: Int, long: Int) -> Int {
    ProcessInfo.processInfo.environment["LAMINA_LONG_TESTS"] == nil ? short : long
  }
}
