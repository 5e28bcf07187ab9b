import Lamina
import TextTable

extension [Calibration.Row] {
  /// On standard output, for people.
  func printTable() {
    let table = TextTable<Calibration.Row> { row in
      [
        Column(title: "shape", value: row.shape, align: .left),
        Column(title: "radius", value: row.radius.text(digits: 4), align: .right),
        Column(title: "quantity", value: row.quantity, align: .left),
        Column(title: "unknown", value: "\(row.unknown)", align: .right),
        Column(title: "bias %", value: row.bias.text(digits: 3), align: .right),
        Column(title: "sd %", value: row.deviation.text(digits: 3), align: .right),
        Column(title: "worst %", value: row.worst.text(digits: 3), align: .right),
        Column(
          title: "within 2 %", value: row.withinTwoPercent.text(digits: 3), align: .right),
        Column(title: "claimed %", value: row.claimed.text(digits: 3), align: .right),
        Column(title: "coverage %", value: row.coverage.text(digits: 3), align: .right),
        Column(title: "rms / limit", value: row.limitRatio.text(digits: 3), align: .right),
      ]
    }
    table.print(self, style: Style.plain)
  }

  /// As a file, for programs.
  var csv: String {
    let head =
      "shape,radius,quantity,count,unknown,bias,deviation,worst,within_2_percent,claimed,coverage,limit_ratio\n"
    return reduce(head) { text, row in
      let numbers = [
        row.bias, row.deviation, row.worst, row.withinTwoPercent, row.claimed, row.coverage,
        row.limitRatio,
      ]
      return text
        + "\(row.shape),\(row.radius.text(digits: 10)),\(row.quantity),\(row.count),\(row.unknown),"
        + numbers.map { $0.text(digits: 10) }.joined(separator: ",") + "\n"
    }
  }
}
