import Fixtures
import Lamina
import Testing

@Suite("Point-spread functions") struct PointSpreadTests {
  @Test(
    "found from the edges of nuclei, as wide as they were blurred",
    arguments: [
      (SIMD3(1.2, 1.2, 1.2), 20.0, "1", 0.05), (SIMD3(1.2, 1.2, 2), 20, "1", 0.05),
      (SIMD3(1.2, 1.2, 2), 5, "1.5", 0.15),
    ])
  func estimated(blur: SIMD3<Double>, snr: Double, sigma: String, tolerance: Double) throws {
    var options = AnalysisOptions()
    options.sigma = Length(sigma)
    options.pointSpread = .estimated
    for seed in 1...2 as ClosedRange<UInt64> {
      var phantom = Phantom(solid: .nucleus(radius: 8, seed: seed)).inRandomPose(seed: seed)
      phantom.sampling = .plane
      phantom.blur = blur
      phantom.snr = snr
      phantom.margin = 6
      let segmentation = try Segmentation(of: phantom.image(as: .float32), options: options)
      let found = try #require(try segmentation.pointSpread(options))
      let error = found.sigma / blur - 1
      #expect(max(error.max(), -error.min()) < tolerance)
      #expect(found.sigma.x == found.sigma.y && found.objectCount >= 1)
      let uncertainty = try #require(found.uncertainty)
      #expect(uncertainty.min() > 0 && uncertainty.max() < 0.2)
      let nucleus = try #require(
        try segmentation.mapObjects(options: options) { $0.measurements }
          .max { $0.surface.volume < $1.surface.volume })
      let spread = try #require(nucleus.quality.uncertainty)
      #expect(abs(nucleus.surface.volume - phantom.truth.volume) < 2.6 * spread.total.volume)
      #expect(spread.blur.volume > 0 && spread.blur.area > 0)
    }
  }

  @Test(
    "found for nuclei whose chromatin has a texture, too; the less is known, the wider the intervals"
  )
  func texture() throws {
    var options = AnalysisOptions()
    options.sigma = Length("0.5")
    options.fillHoles = true
    options.minimumVolume = 20
    options.pointSpread = .estimated
    let stack = try Stack(contentsOf: "Examples/Data/nuclei.tif")
    let segmentation = try Segmentation(of: stack.image, options: options)
    let found = try #require(try segmentation.pointSpread(options))
    #expect(found.objectCount >= 2)
    #expect(found.sigma.z < 2 && found.sigma.x < 0.3)
    let objects = try segmentation.mapObjects(options: options) { $0.measurements }
    #expect(objects.count == 7 && !objects.contains { $0.flags.contains(.stillBlurred) })
    for object in objects {
      let spread = try #require(object.quality.uncertainty).total
      #expect((0.005...0.15).contains(spread.volume / object.surface.volume))
    }
  }

  @Test("where no object tells, surfaces run at the threshold, and a flag says so")
  func unknown() throws {
    var phantom = Phantom(solid: .sphere(radius: 2))
    phantom.blur = SIMD3(2, 2, 2)
    var options = AnalysisOptions()
    options.pointSpread = .estimated
    // Cut in half by the border.
    let whole = try phantom.volume()
    let half = whole.grid.size.z / 2
    let size = SIMD3(whole.grid.size.x, whole.grid.size.y, half)
    let image = try Volume<Float>(size) { x, y, z in whole[x, y, z + half] }
    let segmentation = try Segmentation(of: .float32(image), options: options)
    #expect(try segmentation.pointSpread(options) == nil)
    let objects = try segmentation.mapObjects(options: options) { $0.measurements }
    #expect(objects.count == 1)
    #expect(objects.allSatisfy { $0.flags.contains(.stillBlurred) })
  }

  @Test("optics: the curvature of Debye's integral in the focus, integrated by another program")
  func optics() throws {
    // Tests/Reference/debye.py
    for (na, n, lateral, axial) in [
      (0.8, 1.0, 0.27569366, 0.97825258), (1.2, 1.333, 0.1817805, 0.5229579),
      (1.4, 1.515, 0.15519273, 0.42171872),
    ] {
      let optics = MicroscopeOptics(numericalAperture: na, refractiveIndex: n, wavelength: 500)
      #expect(abs(optics.sigma.lateral / (500 * lateral) - 1) < 1e-5)
      #expect(abs(optics.sigma.axial / (500 * axial) - 1) < 1e-5)
    }
  }

  @Test("a confocal microscope with one wavelength is sqrt(2) sharper than a widefield one")
  func confocal() {
    var optics = MicroscopeOptics(numericalAperture: 1.3, refractiveIndex: 1.515, wavelength: 520)
    let wide = optics.sigma
    optics.excitation = 520
    #expect(abs(wide.lateral / optics.sigma.lateral - 2.0.squareRoot()) < 1e-12)
    #expect(abs(wide.axial / optics.sigma.axial - 2.0.squareRoot()) < 1e-12)
    optics.numericalAperture = 1.6
    #expect(!optics.isPossible)
  }

  @Test(
    "written and read back",
    arguments: [
      "auto", "1.2,1.2,2.0", "na=1.4:n=1.515:wavelength=520.0",
      "na=1.4:n=1.515:wavelength=520.0:excitation=488.0",
    ])
  func text(_ text: String) throws {
    #expect(PointSpread(text)?.description == text)
  }

  @Test(
    "what is no point-spread function",
    arguments: [
      "", "1,2", "-1", "nan", "na=1.6:n=1.5:wavelength=500", "na=1:wavelength=500", "1,,2",
    ])
  func wrong(_ text: String) {
    #expect(PointSpread(text) == nil)
  }

  @Test("noise of a third of the contrast is flagged, and little noise is not")
  func lowContrast() throws {
    for (snr, isLow) in [(20.0, false), (1.2, true)] {
      var phantom = Phantom(solid: .sphere(radius: 9))
      phantom.sampling = .plane
      phantom.blur = SIMD3(1.2, 1.2, 1.2)
      phantom.snr = snr
      phantom.margin = 6
      var options = AnalysisOptions()
      options.sigma = Length("1")
      options.threshold = .value(550)
      options.minimumVolume = 500
      options.pointSpread = .gaussian(phantom.blur)
      let objects = try Analysis(of: phantom.image(as: .float32), options: options).objects
      let largest = try #require(
        objects.map(\.measurements).max { $0.surface.volume < $1.surface.volume })
      #expect(largest.flags.contains(.lowContrast) == isLow)
    }
  }
}
