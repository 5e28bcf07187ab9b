import Fixtures
import Lamina
import Testing

/// Nuclei that the method was never tuned on, from mask to numbers.
@Suite("Accuracy from masks") struct MaskAccuracyTests {
  private func measure(
    _ solid: Solid, seed: UInt64, spacing: SIMD3<Double> = .one, surface: SurfaceSource = .mask
  ) throws -> (measured: ObjectMeasurements, truth: PhantomTruth) {
    var phantom = Phantom(solid: solid)
    phantom.spacing = spacing
    phantom.rotation = .random(seed: seed)
    phantom.shift = SIMD3(0.37, 0.11, 0.73) * Double(seed % 7) / 7
    var options = AnalysisOptions()
    options.inputIsLabels = true
    options.surface = surface
    let objects = try Analysis(of: phantom.mask.image(as: .uint8), options: options).objects
    try #require(objects.count == 1)
    return (objects[0].measurements, phantom.truth)
  }

  /// Errors in per cent of a run of random nuclei, and how many of the 95 % intervals hold the truth.
  private func errors(
    radius: Double, spacing: SIMD3<Double>
  ) throws -> (area: [Double], curvature: [Double], covered: Int) {
    var (area, curvature, covered) = ([Double](), [Double](), 0)
    for seed in 1...16 as ClosedRange<UInt64> {
      let (measured, truth) = try measure(
        .nucleus(radius: radius, seed: seed), seed: seed, spacing: spacing)
      let surface = measured.surface
      let uncertainty = try #require(measured.quality.uncertainty).total
      area.append(100 * (surface.surfaceArea / truth.surfaceArea - 1))
      curvature.append(
        100 * (surface.curvature.meanIntegral / truth.meanCurvatureIntegral - 1))
      if abs(surface.surfaceArea - truth.surfaceArea) < 1.96 * uncertainty.area { covered += 1 }
      if abs(surface.volume - truth.volume) < 1.96 * uncertainty.volume { covered += 1 }
      #expect(surface.topology.isWatertight && surface.topology.eulerNumber == 2)
    }
    return (area, curvature, covered)
  }

  @Test(
    "area and integral of H of random nuclei: hardly biased, and within their intervals",
    arguments: [(8.0, 1.0, 0.2), (12, 1, 0.1), (8, 3, 0.45)])
  func nuclei(radius: Double, spacingZ: Double, bias: Double) throws {
    let (area, curvature, covered) = try errors(radius: radius, spacing: SIMD3(1, 1, spacingZ))
    #expect(abs(area.reduce(0, +) / 16) < bias)
    #expect(abs(curvature.reduce(0, +) / 16) < bias)
    #expect(area.allSatisfy { abs($0) < 6 * bias })
    // 30.4 of 32 on average; fewer than 27 once in a hundred times.
    #expect(covered >= 27)
  }

  /// Its staircase runs along it and adds nothing to the integral of H, which came out 1.1 % too small where it was taken
  /// for that of a ball.
  @Test("a tube along the slices: integral of H in per cent")
  func tube() throws {
    var phantom = Phantom(solid: .capsule(radius: 1, height: 2).scaled(toEquivalentRadius: 9.2))
    phantom.spacing = SIMD3(1, 1, 3)
    phantom.rotation = Rotation(axis: SIMD3(0, 1, 0), degrees: 90)
    var options = AnalysisOptions()
    options.inputIsLabels = true
    var sum = 0.0
    for step in 0..<8 {
      let walk = Double(step) * SIMD3(0.819, 0.671, 0.55)
      phantom.shift = walk - walk.rounded(.down)
      let objects = try Analysis(of: phantom.mask.image(as: .uint8), options: options).objects
      let found = try #require(objects.first).measurements.surface.curvature.meanIntegral
      sum += 100 * (found / phantom.truth.meanCurvatureIntegral - 1) / 8
    }
    #expect(abs(sum) < 0.7)
  }

  /// The mask is the same wherever it is between them. Intervals that know nothing of faces are less than a tenth as wide.
  @Test("a flat underside may lie anywhere between two layers", arguments: [1.0, 3])
  func underside(spacingZ: Double) throws {
    let (radius, height) = (15.0, 12.0)
    let truth = 2 * Double.pi / 3 * radius * radius * height
    // Of a disc that is moved by the standard deviation of a place between two layers.
    let moved = Double.pi * radius * radius * spacingZ / 12.0.squareRoot()
    var covered = 0
    for step in 0..<8 {
      let bottom = spacingZ * (2 + (Double(step) + 0.5) / 8)
      let dome = try LabelVolume(
        SIMD3(36, 36, Int(18 / spacingZ) + 3), spacing: SIMD3(1, 1, spacingZ)
      ) { x, y, z in
        let place = SIMD3(Double(x) - 17.7, Double(y) - 17.4, Double(z) * spacingZ - bottom)
        let q = place / SIMD3(radius, radius, height)
        return place.z >= 0 && (q * q).sum() <= 1 ? 1 : 0
      }
      var options = AnalysisOptions()
      options.inputIsLabels = true
      let objects = try Analysis(of: .uint32(dome), options: options).objects
      let measured = try #require(objects.first).measurements
      let claimed = try #require(measured.quality.uncertainty).total.volume
      #expect((0.75...1.2).contains(claimed / moved))
      if abs(measured.surface.volume - truth) < 1.96 * claimed { covered += 1 }
    }
    #expect(covered >= 7)
  }

  /// A rounded end has no face, whichever way it lies: what the volume is uncertain by is what a surface of its area has.
  @Test("ellipsoids and nuclei in slices 3 apart have no faces along them")
  func roundEnds() throws {
    let limit = SamplingUncertainty(spacing: SIMD3(1, 1, 3))
    var ratios: [Double] = []
    for seed in 1...6 as ClosedRange<UInt64> {
      for solid in [Solid.ellipsoid(semiAxes: SIMD3(1, 1, 0.5)), .nucleus(radius: 1, seed: seed)] {
        let (measured, truth) = try measure(
          solid.scaled(toEquivalentRadius: 20), seed: seed, spacing: SIMD3(1, 1, 3))
        let claimed = try #require(measured.quality.uncertainty).total.volume
        ratios.append(claimed / limit.volume(area: truth.surfaceArea))
      }
    }
    #expect(ratios.allSatisfy { (0.98...1.5).contains($0) })
    #expect((0.98...1.08).contains(ratios.reduce(0, +) / 12))
  }

  /// Without what is lost at edges the area is too small by 5 %, and the intervals hold none.
  @Test(
    "cubes: half of what the blur takes comes back, and the intervals hold the rest, in per cent")
  func sharpEdges() throws {
    var calibration = Calibration(radii: [11], count: 8)
    calibration.options.inputIsLabels = true
    let rows = try calibration.run(shapes: [.cube])
    let (area, volume, curvature) = (rows[0], rows[1], rows[2])
    #expect((-3 ... -1).contains(area.bias) && (-3.5 ... -1.5).contains(curvature.bias))
    #expect((2...7).contains(area.claimed) && (2...7).contains(curvature.claimed))
    #expect(area.coverage == 100 && curvature.coverage == 100)
    #expect(abs(volume.bias) < 0.15 && volume.claimed < 0.3)
  }

  @Test("the volume is that of the voxels")
  func volume() throws {
    let (measured, _) = try measure(.nucleus(radius: 9, seed: 3), seed: 3)
    let voxels = try #require(measured.voxels)
    #expect(abs(measured.surface.volume / voxels.volume - 1) < 1e-4)
  }

  @Test("the staircase, for comparison: too large by 6 % to 10 %")
  func staircase() throws {
    let (measured, truth) = try measure(.sphere(radius: 12), seed: 1, surface: .staircase)
    #expect((0.06...0.1).contains(measured.surface.surfaceArea / truth.surfaceArea - 1))
  }

  @Test("one voxel, a flat square, two cubes at an edge: a row each, flagged")
  func small() throws {
    let labels = try Volume<UInt32>(SIMD3(20, 20, 8)) { x, y, z in
      switch (x, y, z) {
      case (2, 2, 2): 1
      case (5...8, 5...8, 3): 2
      case (10...12, 10...12, 2...4), (13...15, 13...15, 2...4): 3
      default: 0
      }
    }
    var options = AnalysisOptions()
    options.inputIsLabels = true
    let rows = try Analysis(of: .uint32(labels), options: options).objects.map(\.measurements)
    #expect(rows.map(\.label) == [1, 2, 3])
    #expect(rows[0].flags.contains(.tooSmall) && rows[1].flags.contains(.tooSmall))
    #expect(rows.allSatisfy { $0.surface.surfaceArea > 0 && $0.surface.topology.isWatertight })
  }
}
