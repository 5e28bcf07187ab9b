extension Picture {
  /// A bar that says which colour stands for which value, the largest on top.
  ///
  /// - Parameters:
  ///   - title: What is shown and its unit, above the bar; see ``write(_:left:top:factor:color:)`` for the letters there are.
  ///   - labels: Numbers at equal steps from `low` to `high`, two at least.
  ///   - height: Of the whole, in pixels.
  public init(
    colorBar colormap: Colormap, title: String, labels: [String], height: Int,
    background: RGB = .white
  ) {
    precondition(labels.count > 1, "a bar needs two labels at least, got \(labels)")
    let (factor, barWidth, margin) = (2, 24, 12)
    let line = PixelFont.height * factor
    let top = margin + 2 * line
    let barHeight = height - top - margin - line / 2
    precondition(barHeight > 0, "\(height) pixels are too few for a bar and its title")
    let letters = max(title.count, (labels.map(\.count).max() ?? 0) + 4)
    self.init(
      width: 2 * margin + letters * PixelFont.advance * factor, height: height, fill: background)
    write(title, left: margin, top: margin, factor: factor, color: .black)
    for y in 0..<barHeight {
      let color = colormap.color(at: 1 - (Double(y) + 0.5) / Double(barHeight))
      for x in 0..<barWidth { self[margin + x, top + y] = color }
    }
    for (step, label) in labels.enumerated() {
      let y = top + (barHeight - 1) * (labels.count - 1 - step) / (labels.count - 1)
      for x in barWidth..<barWidth + 6 { self[margin + x, y] = .black }
      write(
        label, left: margin + barWidth + 12, top: y - line / 2, factor: factor, color: .black)
    }
  }
}
