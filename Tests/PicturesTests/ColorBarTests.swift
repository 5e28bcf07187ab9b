import Pictures
import Testing

@Suite struct ColorBarTests {
  private func bar(_ labels: [String] = ["-1", "0", "1"], title: String = "H 1/µm") -> Picture {
    Picture(colorBar: .grey, title: title, labels: labels, height: 200)
  }

  @Test func largestIsOnTop() {
    let picture = bar()
    let column = (40..<180).map { picture[20, $0].r }
    #expect(column.first ?? 0 > 250 && column.last ?? 255 < 5)
    #expect(zip(column, column.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func labelsStandBesideTheirValues() {
    let picture = bar(["0", "1"])
    /// Dark pixels beside the bar, by half of the picture.
    func dark(_ rows: Range<Int>) -> Int {
      rows.reduce(0) { sum, y in sum + (44..<picture.width).count { picture[$0, y].r < 100 } }
    }
    #expect(dark(30..<60) > 20 && dark(170..<199) > 20)
    #expect(dark(70..<160) == 0)
    // More labels, more ink.
    #expect(bar(["0", "0.5", "1"]) != picture)
  }

  @Test func lettersDifferAndUnknownOnesAreDrawn() {
    let titles = ["H", "K", "0", "8", "µ", "²", "-", "?"].map { bar(title: $0) }
    for (index, picture) in titles.enumerated() {
      #expect(!titles[..<index].contains(picture))
      #expect(picture != bar(title: " "))
    }
  }
}
