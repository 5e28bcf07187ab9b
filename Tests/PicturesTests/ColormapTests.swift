import Pictures
import Testing

@Suite struct ColormapTests {
  @Test func greyIsLinear() {
    for level in 0...255 {
      #expect(Colormap.grey.color(at: Double(level) / 255) == RGB(grey: UInt8(level)))
    }
    #expect(Colormap.grey.color(at: -3) == .black)
    #expect(Colormap.grey.color(at: .infinity) == .white)
    #expect(Colormap.grey.color(at: .nan) == .black)
  }

  @Test func viridisGetsLighterThroughout() {
    let lightness = (0...60).map { okLab(Colormap.viridis.color(at: Double($0) / 60)).x }
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Colormap.viridis.color(at: 0) == RGB(r: 0x44, g: 0x01, b: 0x54))
    #expect(Colormap.viridis.color(at: 1) == RGB(r: 0xFD, g: 0xE7, b: 0x25))
    #expect(Colormap.viridis.color(at: .nan) == RGB(grey: 128))
  }

  @Test func coolToWarmIsLightestAndGreyInTheMiddle() {
    let steps = (0...40).map { Colormap.coolToWarm.color(at: Double($0) / 40) }
    let lightness = steps.map { okLab($0).x }
    #expect(lightness.indices.max { lightness[$0] < lightness[$1] } == 20)
    #expect(steps[20].r == steps[20].g && steps[20].g == steps[20].b)
    #expect(zip(lightness, lightness.dropFirst()).prefix(20).allSatisfy { $0 < $1 })
    #expect(zip(lightness, lightness.dropFirst()).suffix(20).allSatisfy { $0 > $1 })
    #expect(steps[0].b > 2 * steps[0].r && steps[40].r > 2 * steps[40].b)
  }

  @Test func scaleOfOneValueSplitsAtIt() {
    #expect(Colormap.grey.color(of: 6, low: 7, high: 7) == .black)
    #expect(Colormap.grey.color(of: 7, low: 7, high: 7) == RGB(grey: 128))
    #expect(Colormap.grey.color(of: 8, low: 7, high: 7) == .white)
  }

  @Test func objectColorsDifferClearly() {
    let colors = (1...40).map { Colormap.objectColor($0) }
    #expect(smallestDifference(colors.map(okLab)) > 0.05)
    #expect(smallestDifference(colors.prefix(8).map(okLab)) > 0.12)
    #expect(Set((1...500).map { Colormap.objectColor($0) }).count > 480)
  }

  @Test func objectColorsDifferForTheRedGreenBlind() {
    let colors = (1...20).map { okLab(Colormap.objectColor($0), deuteranopic: true) }
    #expect(smallestDifference(colors) > 0.035)
    #expect(smallestDifference(Array(colors.prefix(8))) > 0.09)
  }

  @Test func objectColorsExistForAllLabels() {
    #expect(Colormap.objectColor(0) == RGB(grey: 128))
    #expect(Colormap.objectColor(.max) == Colormap.objectColor(.max))
    #expect(Colormap.objectColor(.max) != Colormap.objectColor(.max - 1))
  }

  private func smallestDifference(_ colors: [SIMD3<Double>]) -> Double {
    var smallest = Double.infinity
    for (index, color) in colors.enumerated() {
      for other in colors[..<index] {
        let difference = color - other
        smallest = min(smallest, (difference * difference).sum().squareRoot())
      }
    }
    return smallest
  }
}
