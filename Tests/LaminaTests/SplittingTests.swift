import Fixtures
import Lamina
import Testing

@Suite("Splitting by shape and grey values") struct SplittingTests {
  /// A bar of 40 x 17 x 17 voxels, which narrows nowhere, with a seam across its middle.
  private func bar(seam: Double) throws -> Image {
    let volume = try Volume<UInt16>(SIMD3(60, 37, 37)) { x, y, z in
      guard (10..<50).contains(x), (10..<27).contains(y), (10..<27).contains(z) else { return 100 }
      return (29...30).contains(x) ? UInt16(100 + 1000 * seam) : 1100
    }
    return .uint16(volume)
  }

  private func count(in image: Image, splitBy word: String) throws -> Int {
    var options = AnalysisOptions()
    options.threshold = .value(250)
    options.splitting = Splitting(word)
    return try Segmentation(of: image, options: options).objects.count
  }

  @Test("a dark seam without a waist is seen by grey values and not by distances")
  func seam() throws {
    let image = try bar(seam: 0.4)
    #expect(try count(in: image, splitBy: "distance") == 1)
    #expect(try count(in: image, splitBy: "both") == 2)
    #expect(try count(in: image, splitBy: "intensity") == 2)
    #expect(try count(in: try bar(seam: 1), splitBy: "both") == 1)
  }

  /// Half the distance of the centres is 0.4 radii: the waist has 0.92 of the radius.
  @Test("a ball and a lobed shape of even brightness stay whole", arguments: [0, 9.6])
  func lobed(distance: Double) throws {
    let volume = try Volume<UInt16>(SIMD3(60, 37, 37)) { x, y, z in
      let isInside = [-distance / 2, distance / 2].contains { shift in
        let step = SIMD3(Double(x) - 30 - shift, Double(y) - 18, Double(z) - 18)
        return (step * step).sum() < 144
      }
      return isInside ? 1100 : 100
    }
    #expect(try count(in: .uint16(volume), splitBy: "both") == 1)
  }

  @Test("words have the share that suits what they look at, and wrong ones are none")
  func words() {
    #expect(Splitting("both")?.neckShare == 0.94)
    #expect(Splitting("distance") == Splitting(by: .distance, neckShare: 0.9))
    #expect(Splitting("INTENSITY:0.5")?.description == "intensity:0.5")
    for wrong in ["", "size", "both:", "both:2", "both:nan", "both:0.5:1"] {
      #expect(Splitting(wrong) == nil, "\(wrong)")
    }
  }
}
