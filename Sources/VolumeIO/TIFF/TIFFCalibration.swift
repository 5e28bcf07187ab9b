internal import CTIFF
internal import Volumes

extension Calibration {
  /// The calibration that the current page of a TIFF states.
  init(_ file: TIFFFile, imageJ: ImageJDescription?) {
    self.init(source: .imageJ)
    let resolution = SIMD2(
      Double(file.value(of: TIFFTAG_XRESOLUTION, default: Float(0))),
      Double(file.value(of: TIFFTAG_YRESOLUTION, default: Float(0))))
    let pixel = Self.isUsable(resolution) ? Self.pixelSize(resolution) : nil
    if let imageJ {
      readImageJ(imageJ, pixel: pixel)
    } else {
      noteResolution(file, pixel: pixel)
    }
  }

  /// One over the resolution, which libtiff hands out as floats: the decimal number of fewest digits
  /// that is the same float. A pixel of 0.26 µm comes back as 0.26 and not as 0.26000000743.
  private static func pixelSize(_ resolution: SIMD2<Double>) -> SIMD2<Double> {
    func shortest(_ value: Double) -> Double { Double("\(Float(value))") ?? value }
    return SIMD2(shortest(1 / resolution.x), shortest(1 / resolution.y))
  }

  /// False for what would not be a length: zero, infinity, and all but zero.
  private static func isUsable(_ resolution: SIMD2<Double>) -> Bool {
    resolution.min() > 1e-12 && resolution.max() < 1e12
  }

  /// ImageJ: pixels per unit in the resolution tags, everything else in the description.
  private mutating func readImageJ(_ imageJ: ImageJDescription, pixel: SIMD2<Double>?) {
    guard let spelling = imageJ.unit else { return }
    let units = [spelling, imageJ.yUnit ?? spelling, imageJ.zUnit ?? spelling].map {
      LengthUnit(spelling: $0)
    }
    guard let x = units[0], let y = units[1], let z = units[2] else {
      warnings.append("its unit of length “\(spelling)” is unknown, so its calibration is not used")
      return
    }
    guard x != .voxel else { return }
    guard let pixel else {
      warnings.append("it states the unit \(x.rawValue) but no pixel size, so it is not used")
      return
    }
    guard let slice = sliceSpacing(imageJ, unit: z), let metres = x.metres,
      let yMetres = y.metres, let zMetres = z.metres
    else { return }
    spacing = SIMD3(pixel.x, pixel.y * yMetres / metres, slice * zMetres / metres)
    unit = x
  }

  /// The distance of slices. ImageJ leaves it out where it is 1, and may write it with a sign.
  private mutating func sliceSpacing(_ imageJ: ImageJDescription, unit: LengthUnit) -> Double? {
    guard let text = imageJ.spacing else {
      if imageJ.images > 1 {
        warnings.append(
          "it does not state the distance of slices, which in ImageJ means 1 \(unit.rawValue);"
            + " give it with --spacing X,Y,Z if that is wrong")
      }
      return 1
    }
    guard let value = Double(text), Grid.spacings.contains(abs(value)) else {
      warnings.append(
        "its distance of slices “\(text)” is no length, so its calibration is not used")
      return nil
    }
    return abs(value)
  }

  /// Other programs: resolution tags say the pixel size at best, and nothing about slices.
  private mutating func noteResolution(_ file: TIFFFile, pixel: SIMD2<Double>?) {
    let resolutionUnit = file.value(of: TIFFTAG_RESOLUTIONUNIT, default: UInt16(RESUNIT_NONE))
    let micrometres: Double? =
      switch Int32(resolutionUnit) {
      case RESUNIT_INCH: 25_400
      case RESUNIT_CENTIMETER: 10_000
      default: nil
      }
    // Dots per inch for a printer (72, 96, 300) are no calibration of a microscope.
    guard let micrometres, let pixel, pixel.x * micrometres < 50 else { return }
    let size = pixel * micrometres
    warnings.append(
      "it states a pixel size of \(size.x) x \(size.y) µm but no distance of slices,"
        + " so it is not used")
  }
}
