internal import LibC

/// Where the panels of a plot lie, and where a value lies in a panel, in pixels.
struct PlotFrame {
  static let panelHeight = 250.0
  private static let leastPanelWidth = 210.0
  /// A title is about as wide.
  private static let leastPlotWidth = 620.0
  private static let gap = 18.0
  private static let inset = 14.0

  let left = 78.0
  let top = 64.0
  let verticalTicks: [Double]
  let panelWidth: Double
  /// The caption, as long as the plot is wide.
  private(set) var captionLines: [String] = []
  private let panelCount: Int
  /// The exponents at the left and at the right.
  private let horizontal: (left: Double, right: Double)
  private let vertical: ClosedRange<Double>

  init(_ plot: LinePlot) {
    panelCount = plot.panels.count
    panelWidth = max(
      Self.leastPanelWidth, Self.leastPlotWidth / Double(max(1, panelCount)) - Self.gap)
    let exponents = plot.horizontalTicks.map { log10($0) }
    horizontal = (exponents.first ?? 0, exponents.last ?? 0)
    vertical = Self.verticalRange(of: plot)
    verticalTicks = Self.roundNumbers(in: vertical)
    // A letter of the caption is some 5.5 wide.
    captionLines = plot.caption.wrapped(to: Int((width - left) / 5.5))
  }

  var width: Double { left + Double(panelCount) * (panelWidth + Self.gap) + 10 }
  var height: Double { captionLine(captionLines.count) }
  var bottom: Double { top + Self.panelHeight }
  var middle: Double { top + Self.panelHeight / 2 }
  var center: Double { left + Double(panelCount) * (panelWidth + Self.gap) / 2 }

  func left(ofPanel index: Int) -> Double { left + Double(index) * (panelWidth + Self.gap) }

  /// Where a line of the caption stands.
  func captionLine(_ index: Int) -> Double { bottom + 64 + 16 * Double(index) }

  /// From the left of the panel.
  func x(_ value: Double) -> Double {
    let span = horizontal.right - horizontal.left
    let share = span == 0 ? 0.5 : (log10(value) - horizontal.left) / span
    return Self.inset + (panelWidth - 2 * Self.inset) * share
  }

  /// Values beyond the axis lie outside of the panel.
  func y(_ value: Double) -> Double {
    let span = vertical.upperBound - vertical.lowerBound
    return top + Self.panelHeight * (vertical.upperBound - value) / span
  }

  func placed(_ line: LinePlot.Line, _ left: Double) -> LinePlot.Line {
    line.filter { $0.y.isFinite && $0.x > 0 }.map { SIMD2(left + x($0.x), y($0.y)) }
  }

  /// All of the thick lines, zero, and the middle nine tenths of the thin ones: a few objects that go
  /// astray must not flatten the others.
  private static func verticalRange(of plot: LinePlot) -> ClosedRange<Double> {
    let thin = plot.panels.flatMap(\.thin).joined().map(\.y).filter(\.isFinite).sorted()
    let thick = plot.panels.flatMap(\.thick).joined().map(\.y).filter(\.isFinite)
    var values = thick + [0]
    if !thin.isEmpty { values += [thin[thin.count / 20], thin[thin.count - 1 - thin.count / 20]] }
    if let good = plot.goodRange { values += [good.lowerBound, good.upperBound] }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let margin = max(high - low, 1e-9) * 0.06
    return low - margin...high + margin
  }

  /// About five multiples of 1, 2 or 5 times a power of ten.
  private static func roundNumbers(in range: ClosedRange<Double>) -> [Double] {
    let rough = (range.upperBound - range.lowerBound) / 5
    let power = pow(10, log10(rough).rounded(.down))
    let step =
      power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10)
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step).rounded(.down)
    return stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
  }
}

extension String {
  /// The words in lines of so many letters at most, but for longer words.
  fileprivate func wrapped(to length: Int) -> [String] {
    split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= length {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }
}
