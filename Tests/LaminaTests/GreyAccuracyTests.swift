import Lamina
import Testing

/// Random nuclei through a microscope, measured with its point-spread function.
@Suite("Accuracy from grey values") struct GreyAccuracyTests {
  private static let pointSpread = SIMD3(1.2, 1.2, 2)

  private func measure(
    _ solid: Solid, seed: UInt64, snr: Double?, sigma: String = "1",
    pointSpread: SIMD3<Double>? = Self.pointSpread
  ) throws -> (measured: ObjectMeasurements, truth: PhantomTruth) {
    var phantom = Phantom(solid: solid).inRandomPose(seed: seed)
    phantom.sampling = .plane
    phantom.blur = Self.pointSpread
    phantom.snr = snr
    phantom.margin = 6
    var options = AnalysisOptions()
    options.sigma = Length(sigma)
    options.pointSpread = pointSpread.map { .gaussian($0) }
    let objects = try Analysis(of: phantom.image(as: .float32), options: options).objects
    let largest = objects.map(\.measurements).max {
      ($0.voxels?.voxelCount ?? 0) < ($1.voxels?.voxelCount ?? 0)
    }
    return (try #require(largest), phantom.truth)
  }

  private func errors(
    radius: Double, snr: Double?, sigma: String
  ) throws -> (area: Double, volume: Double, covered: Int) {
    var (area, volume, covered) = (0.0, 0.0, 0)
    for seed in 1...10 as ClosedRange<UInt64> {
      let (measured, truth) = try measure(
        .nucleus(radius: radius, seed: seed), seed: seed, snr: snr, sigma: sigma)
      let surface = measured.surface
      let uncertainty = try #require(measured.quality.uncertainty).total
      area += 10 * (surface.surfaceArea / truth.surfaceArea - 1)
      volume += 10 * (surface.volume / truth.volume - 1)
      if abs(surface.surfaceArea - truth.surfaceArea) < 1.96 * uncertainty.area { covered += 1 }
      if abs(surface.volume - truth.volume) < 1.96 * uncertainty.volume { covered += 1 }
      #expect(surface.topology.isWatertight && surface.topology.componentCount == 1)
    }
    return (area, volume, covered)
  }

  @Test(
    "mean errors of area and volume in per cent, and intervals that hold the truth",
    arguments: [(8.0, 20.0, "1", 0.25), (12, 20, "1", 0.12), (8, 5, "1.5", 0.8)])
  func nuclei(radius: Double, snr: Double, sigma: String, bias: Double) throws {
    let (area, volume, covered) = try errors(radius: radius, snr: snr, sigma: sigma)
    #expect(abs(area) < bias)
    #expect(abs(volume) < bias)
    #expect(covered >= 17)
  }

  /// Without noise only the method errs. Bounds of area and volume in per cent.
  @Test(
    "smooth shapes without noise",
    arguments: [
      (Solid.sphere(radius: 8), 0.05, 0.05),
      (.ellipsoid(semiAxes: SIMD3(11.09, 8.32, 5.55)), 0.15, 0.15),
      (.nucleus(radius: 8, seed: 3), 0.15, 0.12), (.lobed(radius: 8), 0.2, 0.12),
    ])
  func noiseFree(solid: Solid, area: Double, volume: Double) throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      let (measured, truth) = try measure(solid, seed: seed, snr: nil)
      #expect(abs(measured.surface.surfaceArea / truth.surfaceArea - 1) < area / 100)
      #expect(abs(measured.surface.volume / truth.volume - 1) < volume / 100)
    }
  }

  /// A tube as thin as the blur is wide: less light on a wider tube looks the same.
  @Test(
    "what can hardly be told apart is uncertain: a thin ring in noise is found, and holds its truth"
  )
  func ring() throws {
    let ring = Solid.torus(majorRadius: 1, minorRadius: 0.45).scaled(toEquivalentRadius: 8)
    for seed in 1...4 as ClosedRange<UInt64> {
      let (measured, truth) = try measure(ring, seed: seed, snr: 5, sigma: "1.5")
      let spread = try #require(measured.quality.uncertainty).total
      let error = abs(measured.surface.volume - truth.volume)
      #expect(error < 2.6 * spread.volume)
      #expect(error < 0.05 * truth.volume)
      #expect(spread.volume > 0.01 * truth.volume)
      #expect(measured.flags.contains(.notResolved))
    }
  }

  @Test(
    "without the point-spread function the same image is many per cent off, and says it does not know"
  )
  func withoutPointSpread() throws {
    let (measured, truth) = try measure(
      .nucleus(radius: 8, seed: 2), seed: 2, snr: 20, pointSpread: nil)
    #expect(abs(measured.surface.volume / truth.volume - 1) > 0.05)
    #expect(measured.quality.uncertainty == nil)
  }

  @Test("a point-spread function that is not that of the image is flagged")
  func wrongPointSpread() throws {
    let (measured, _) = try measure(
      .sphere(radius: 10), seed: 1, snr: nil, pointSpread: SIMD3(4, 4, 4))
    #expect(measured.flags.contains(.blurDisagrees))
    let (right, _) = try measure(.sphere(radius: 10), seed: 1, snr: nil)
    #expect(!right.flags.contains(.blurDisagrees))
  }

  /// The same nucleus twice, a voxel apart at the closest: each gets its own surface.
  @Test("a near neighbour does not disturb")
  func neighbour() throws {
    var phantom = Phantom(solid: .sphere(radius: 9))
    phantom.sampling = .plane
    phantom.blur = Self.pointSpread
    phantom.margin = 12
    let one = try phantom.volume()
    let step = 24
    let size = one.grid.size &+ SIMD3(step, 0, 0)
    let background = Float(phantom.background)
    var voxels: [Float] = []
    for z in 0..<size.z {
      for y in 0..<size.y {
        for x in 0..<size.x {
          let left = x < one.grid.size.x ? one[x, y, z] : background
          let right = x >= step ? one[x - step, y, z] : background
          voxels.append(left + right - background)
        }
      }
    }
    let both = try Volume<Float>(grid: Grid(size: size), voxels: voxels)
    var options = AnalysisOptions()
    options.sigma = Length("1")
    options.pointSpread = .gaussian(Self.pointSpread)
    let objects = try Analysis(of: .float32(both), options: options).objects
    #expect(objects.count == 2)
    for object in objects {
      let surface = object.measurements.surface
      #expect(abs(surface.volume / (4 / 3 * .pi * 729) - 1) < 0.01)
      #expect(abs(surface.surfaceArea / (4 * .pi * 81) - 1) < 0.01)
    }
  }
}
