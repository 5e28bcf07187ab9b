import Foundation

/// A stage with our time and that of the peer.
struct BenchmarkLine: Encodable {
  let stage: String
  let ours: Timing
  let peer: Peers.Result?

  func printRow(isFirst: Bool) {
    if isFirst {
      print(
        "                            ours                      |     peer       |   ours / peer")
      print(
        "stage               median s   least s   cpu s   +MB  median s   cpu s    wall     cpu")
    }
    func number(_ value: Double, _ digits: Int, width: Int) -> String {
      let text = String(format: "%.\(digits)f", value)
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
    let name = stage.padding(toLength: 18, withPad: " ", startingAt: 0)
    let own =
      number(ours.median, 4, width: 10) + number(ours.least, 4, width: 10)
      + number(ours.processor, 3, width: 8)
      + (ours.extraMemory.map { number($0, 0, width: 6) } ?? "     -")
    let other = peer.map {
      number($0.median, 3, width: 10) + number($0.processor, 3, width: 8)
        + number(ours.median / $0.median, 3, width: 8)
        + number(ours.processor / $0.processor, 3, width: 8) + "  \($0.name): \($0.call)"
    }
    print(name + own + (other ?? ""))
  }
}

/// Prints a value as one JSON object.
func printJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
