internal import LibC

extension Colormap {
  /// The colour of an object: the same for a label everywhere, and clearly another one for any other
  /// of a few dozen. Background, label 0, is grey.
  ///
  /// The hue steps by the golden angle, so that any run of labels is spread around the circle.
  /// Lightness steps as well, so that about 20 objects differ for the red-green blind too.
  public static func objectColor(_ label: UInt32) -> RGB {
    guard label != 0 else { return RGB(grey: 128) }
    let step = Double(label - 1)
    let hue = (firstHue + step * hueStep).truncatingRemainder(dividingBy: 1)
    let level = (firstLevel + step * levelStep).truncatingRemainder(dividingBy: 1)
    return OKLCH(lightness: 0.48 + 0.38 * level, chroma: 0.19, hue: 2 * .pi * hue).mostColorfulRGB
  }

  // In turns of the colour circle; the golden angle, from blue.
  private static let firstHue = 0.6839
  private static let hueStep = 0.381966011250105
  // In parts of the range of lightness. Found by search for the largest smallest difference among
  // the first 40 colours, and among the first 20 as the red-green blind see them.
  private static let firstLevel = 0.5991
  private static let levelStep = 0.5549
}

/// A colour by perceived lightness 0...1, chroma and hue in radians.
/// Ottosson 2020, https://bottosson.github.io/posts/oklab/.
private struct OKLCH {
  var lightness: Double
  var chroma: Double
  var hue: Double

  /// The colour on a screen, with as much of the chroma as the screen can show.
  var mostColorfulRGB: RGB {
    var color = self
    var light = color.light
    while color.chroma > 0 && (light.min() < 0 || light.max() > 1) {
      color.chroma = max(0, color.chroma - 0.005)
      light = color.light
    }
    return RGB(
      r: LinearLight.byte(light.x), g: LinearLight.byte(light.y), b: LinearLight.byte(light.z))
  }

  /// Linear sRGB, which lies outside of 0...1 for colours that no screen shows.
  private var light: SIMD3<Double> {
    let (a, b) = (chroma * cos(hue), chroma * sin(hue))
    let cones = SIMD3(
      lightness + 0.3963377774 * a + 0.2158037573 * b,
      lightness - 0.1055613458 * a - 0.0638541728 * b,
      lightness - 0.0894841775 * a - 1.2914855480 * b)
    let cubed = cones * cones * cones
    return SIMD3(
      (cubed * SIMD3(4.0767416621, -3.3077115913, 0.2309699292)).sum(),
      (cubed * SIMD3(-1.2684380046, 2.6097574011, -0.3413193965)).sum(),
      (cubed * SIMD3(-0.0041960863, -0.7034186147, 1.7076147010)).sum())
  }
}
