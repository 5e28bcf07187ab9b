internal import LibC

/// A drawing of lines and text as SVG, element by element from the back to the front.
struct SVGDrawing {
  private let width: Double
  private let height: Double
  private var elements: [String] = []
  private var clipCount = 0

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  var document: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.number(width))" \
    height="\(Self.number(height))" viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
    font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">
    <rect width="100%" height="100%" fill="white"/>
    \(elements.joined(separator: "\n"))
    </svg>

    """
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, fill: String) {
    elements.append(
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\""
        + " height=\"\(Self.number(height))\" fill=\"\(fill)\"/>")
  }

  /// What follows is drawn inside of a rectangle only.
  mutating func beginClip(x: Double, y: Double, width: Double, height: Double) {
    clipCount += 1
    elements.append("<clipPath id=\"panel\(clipCount)\">")
    rectangle(x: x, y: y, width: width, height: height, fill: "none")
    elements.append("</clipPath>\n<g clip-path=\"url(#panel\(clipCount))\">")
  }

  mutating func endClip() { elements.append("</g>") }

  mutating func line(
    _ points: LinePlot.Line, color: String, width: Double, opacity: Double = 1
  ) {
    guard points.count > 1 else { return }
    let places = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }
    elements.append(
      "<polyline points=\"\(places.joined(separator: " "))\" fill=\"none\" stroke=\"\(color)\""
        + " stroke-width=\"\(Self.number(width))\" stroke-opacity=\"\(Self.number(opacity))\""
        + " stroke-linejoin=\"round\"/>")
  }

  mutating func dots(_ points: LinePlot.Line, color: String, radius: Double) {
    for point in points {
      elements.append(
        "<circle cx=\"\(Self.number(point.x))\" cy=\"\(Self.number(point.y))\""
          + " r=\"\(Self.number(radius))\" fill=\"\(color)\"/>")
    }
  }

  mutating func text(
    _ text: String, x: Double, y: Double, size: Double, anchor: String = "start",
    weight: String = "normal", color: String = "#111", angle: Double = 0
  ) {
    let place = "\(Self.number(x)) \(Self.number(y))"
    let turn = angle == 0 ? "" : " transform=\"rotate(\(Self.number(angle)) \(place))\""
    elements.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\""
        + " font-weight=\"\(weight)\" text-anchor=\"\(anchor)\" fill=\"\(color)\"\(turn)>"
        + "\(Self.escaped(text))</text>")
  }

  /// At most five significant digits, without zeros at the end.
  static func number(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "0" }
    let digits = max(0, 4 - Int(log10(abs(value)).rounded(.down)))
    let scale = pow(10, Double(min(digits, 12)))
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
