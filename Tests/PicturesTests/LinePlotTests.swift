import Foundation
import Pictures
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Plots of lines") struct LinePlotTests {
  private let plot = LinePlot(
    title: "Area & volume", caption: "a < b", horizontalLabel: "fraction", verticalLabel: "%",
    horizontalTicks: [1, 0.1, 0.01], goodRange: -1...1,
    panels: [
      LinePlot.Panel(
        title: "first", thin: [[SIMD2(1, 0), SIMD2(0.1, 2), SIMD2(0.01, 4)]],
        thick: [[SIMD2(1, 0), SIMD2(0.1, 1), SIMD2(0.01, .nan)]]),
      LinePlot.Panel(title: "second", thin: [], thick: [[SIMD2(1, 3), SIMD2(0.01, -3)]]),
    ])

  /// The elements of a kind with their attributes.
  private final class Elements: NSObject, XMLParserDelegate {
    var found: [(name: String, attributes: [String: String])] = []
    var text = ""

    func parser(
      _: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) { found.append((name, attributes)) }

    func parser(_: XMLParser, foundCharacters characters: String) { text += characters }
  }

  private func parsed(_ plot: LinePlot? = nil) throws -> Elements {
    let parser = XMLParser(data: Data((plot ?? self.plot).svg().utf8))
    let elements = Elements()
    parser.delegate = elements
    #expect(parser.parse())
    return elements
  }

  @Test("is well-formed, with what its text says")
  func text() throws {
    let text = try parsed().text
    for word in ["Area & volume", "a < b", "fraction", "first", "second", "0.01", "0.1"] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("the horizontal axis runs the way its ticks do")
  func directions() throws {
    func places(_ ticks: [Double]) throws -> [Double] {
      var plot = plot
      plot.horizontalTicks = ticks
      return try parsed(plot).found.filter { $0.name == "circle" }.prefix(2).compactMap {
        $0.attributes["cx"].flatMap(Double.init)
      }
    }
    // Points at 1 and 0.1.
    let (falling, rising) = (try places([1, 0.1, 0.01]), try places([0.01, 0.1, 1]))
    #expect(falling[0] < falling[1] && rising[0] > rising[1])
    #expect(abs(falling[1] - rising[1]) < 0.02)
  }

  @Test("points lie where their values say: logarithmic from the left, upwards")
  func places() throws {
    let circles = try parsed().found.filter { $0.name == "circle" }.map {
      SIMD2(Double($0.attributes["cx"] ?? "") ?? .nan, Double($0.attributes["cy"] ?? "") ?? .nan)
    }
    // What is not a number is left out.
    #expect(circles.count == 4)
    let (one, tenth, start, end) = (circles[0], circles[1], circles[2], circles[3])
    #expect(abs((end.x - start.x) / (tenth.x - one.x) - 2) < 0.01)
    #expect(abs((end.y - start.y) / (one.y - tenth.y) - 6) < 0.01)
  }

  @Test("title and caption fit into the plot, whatever the number of panels", arguments: [1, 2, 5])
  func width(panelCount: Int) throws {
    var plot = plot
    plot.panels = Array(repeating: plot.panels[1], count: panelCount)
    plot.title = "Integral of mean curvature against the fraction of triangles kept"
    plot.caption = Array(repeating: "words of a caption", count: 20).joined(separator: " ")
    let elements = try parsed(plot).found
    let width = Double(elements[0].attributes["width"] ?? "") ?? .nan
    let height = Double(elements[0].attributes["height"] ?? "") ?? .nan
    let texts = elements.filter { $0.name == "text" }
    #expect(texts.allSatisfy { Double($0.attributes["y"] ?? "").map { $0 < height - 8 } == true })
    // 360 letters of some 5.5, in as many lines as they need.
    let captionLines = texts.count { $0.attributes["fill"] == "#444" }
    #expect(captionLines == Int((359 * 5.5 / (width - 78)).rounded(.up)))
    // A bold letter of the title is about 8 wide.
    #expect(width > 78 + 8 * Double(plot.title.count))
  }

  @Test("lines are drawn inside of their panel only")
  func clipping() throws {
    let elements = try parsed().found
    #expect(elements.count { $0.name == "clipPath" } == 2)
    #expect(elements.count { $0.attributes["clip-path"] != nil } == 2)
  }
}
