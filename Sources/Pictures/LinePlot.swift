/// A plot of lines in panels side by side, which share their axes: in each panel many thin lines, and
/// thick ones that sum them up.
///
/// The horizontal axis is logarithmic and runs from the first of its ticks on the left to the last.
public struct LinePlot: Sendable {
  /// A line through points of rising or falling x.
  public typealias Line = [SIMD2<Double>]

  /// Lines that share a pair of axes, under a title of their own.
  public struct Panel: Sendable {
    public var title: String
    public var thin: [Line]
    public var thick: [Line]

    public init(title: String, thin: [Line], thick: [Line]) {
      self.title = title
      self.thin = thin
      self.thick = thick
    }

    /// A few lines are seen one by one; many show by their darkness where most of them are.
    fileprivate var thinOpacity: Double {
      min(0.75, max(0.3, 5 / Double(thin.count).squareRoot()))
    }
  }

  public var title: String
  /// What the reader needs to know to read it, below the plot.
  public var caption: String
  public var horizontalLabel: String
  public var verticalLabel: String
  /// The values that the horizontal axis names, all above 0, rising or falling.
  public var horizontalTicks: [Double]
  /// Values of the vertical axis that are good enough: a shaded band.
  public var goodRange: ClosedRange<Double>?
  public var panels: [Panel]

  public init(
    title: String, caption: String, horizontalLabel: String, verticalLabel: String,
    horizontalTicks: [Double], goodRange: ClosedRange<Double>? = nil, panels: [Panel]
  ) {
    precondition(
      !horizontalTicks.isEmpty && horizontalTicks.allSatisfy { $0 > 0 },
      "a logarithmic axis needs values above 0, got \(horizontalTicks)")
    self.title = title
    self.caption = caption
    self.horizontalLabel = horizontalLabel
    self.verticalLabel = verticalLabel
    self.horizontalTicks = horizontalTicks
    self.goodRange = goodRange
    self.panels = panels
  }

  /// The plot as a file of scalable vector graphics (SVG 1.1). Text is text, and can be searched.
  public func svg() -> String {
    let frame = PlotFrame(self)
    var drawing = SVGDrawing(width: frame.width, height: frame.height)
    drawing.text(title, x: frame.left, y: 24, size: 17, weight: "bold")
    drawing.text(verticalLabel, x: 18, y: frame.middle, size: 13, anchor: "middle", angle: -90)
    for (index, panel) in panels.enumerated() { draw(panel, at: index, in: frame, &drawing) }
    drawing.text(
      horizontalLabel, x: frame.center, y: frame.bottom + 40, size: 13, anchor: "middle")
    for (index, line) in frame.captionLines.enumerated() {
      drawing.text(line, x: frame.left, y: frame.captionLine(index), size: 12, color: "#444")
    }
    return drawing.document
  }

  private func draw(
    _ panel: Panel, at index: Int, in frame: PlotFrame, _ drawing: inout SVGDrawing
  ) {
    let left = frame.left(ofPanel: index)
    drawing.text(panel.title, x: left, y: frame.top - 8, size: 13)
    drawAxes(from: left, namesValues: index == 0, in: frame, &drawing)
    drawing.beginClip(
      x: left, y: frame.top, width: frame.panelWidth, height: PlotFrame.panelHeight)
    for line in panel.thin {
      drawing.line(
        frame.placed(line, left), color: "#333333", width: 1, opacity: panel.thinOpacity)
    }
    for line in panel.thick {
      drawing.line(frame.placed(line, left), color: "#0072b2", width: 3)
      drawing.dots(frame.placed(line, left), color: "#0072b2", radius: 3.5)
    }
    drawing.endClip()
  }

  /// What lies behind the lines of a panel: the band of good values, and the ticks.
  private func drawAxes(
    from left: Double, namesValues: Bool, in frame: PlotFrame, _ drawing: inout SVGDrawing
  ) {
    if let goodRange {
      let (top, bottom) = (frame.y(goodRange.upperBound), frame.y(goodRange.lowerBound))
      drawing.rectangle(
        x: left, y: top, width: frame.panelWidth, height: bottom - top, fill: "#dcefdc")
    }
    for tick in frame.verticalTicks {
      let y = frame.y(tick)
      drawing.line(
        [SIMD2(left, y), SIMD2(left + frame.panelWidth, y)], color: tick == 0 ? "#666" : "#ddd",
        width: 1)
      guard namesValues else { continue }
      drawing.text(
        SVGDrawing.number(tick), x: left - 6, y: y + 4, size: 12, anchor: "end")
    }
    for tick in horizontalTicks {
      let x = left + frame.x(tick)
      drawing.line([SIMD2(x, frame.bottom), SIMD2(x, frame.bottom + 4)], color: "#666", width: 1)
      drawing.text(
        SVGDrawing.number(tick), x: x, y: frame.bottom + 18, size: 12, anchor: "middle")
    }
  }
}
