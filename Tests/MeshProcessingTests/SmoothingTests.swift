import Fixtures
import MeshProcessing
import Testing

@Suite("Smoothing") struct SmoothingTests {
  private static let methods: [Smoothing] = [
    .laplacian(iterations: 10), .taubin(iterations: 10), .cotangentLaplacian(iterations: 10),
    .humphrey(iterations: 10), .windowedSinc(iterations: 20), .bilaplacian(iterations: 20),
    .meanCurvatureFlow(scale: 2),
  ]

  /// A sphere whose vertices lie up to 2 % off.
  private var rough: TriangleMesh {
    var random = SplitMix(seed: 1)
    return TriangleMesh.icosphere(radius: 10, subdivisions: 4, center: SIMD3(50, 60, 70))
      .mapPositions { center(50, 60, 70, $0) * Double.random(in: 0.98...1.02, using: &random) }
      .mapPositions { $0 + SIMD3(50, 60, 70) }
  }

  private func center(_ x: Double, _ y: Double, _ z: Double, _ p: SIMD3<Double>) -> SIMD3<Double> {
    p - SIMD3(x, y, z)
  }

  @Test("takes the roughness away and keeps the volume", arguments: methods)
  func roughness(method: Smoothing) {
    let mesh = rough
    let smooth = mesh.smoothed(by: method)
    let truth = 4 * Double.pi * 100
    #expect(mesh.surfaceArea > 1.01 * truth)
    #expect((0.993...1.006).contains(smooth.surfaceArea / truth))
    #expect(abs(smooth.signedVolume / mesh.signedVolume - 1) < 1e-5)
    #expect(smooth.triangles == mesh.triangles)
  }

  @Test("does not move the centre", arguments: methods)
  func centroid(method: Smoothing) {
    let ellipsoid = TriangleMesh.icosphere(radius: 1, subdivisions: 4)
      .mapPositions { $0 * SIMD3(9, 5, 3) + SIMD3(30, 20, 10) }
    let moved = ellipsoid.smoothed(by: method).centroid
    #expect(moved.isClose(to: ellipsoid.centroid, within: 1e-6))
  }

  @Test("without rescue, Laplacian smoothing shrinks and Taubin's hardly does")
  func shrinking() {
    let mesh = TriangleMesh.icosphere(radius: 10, subdivisions: 3)
    func ratio(_ method: Smoothing) -> Double {
      mesh.smoothed(by: method, volume: .free).signedVolume / mesh.signedVolume
    }
    #expect((0.5...0.97).contains(ratio(.laplacian(iterations: 10))))
    #expect((0.99...1.01).contains(ratio(.taubin(iterations: 10))))
  }

  @Test("an open border stays where it is", arguments: methods)
  func border(method: Smoothing) {
    let box = TriangleMesh.box(.one).subdivided().subdivided()
    let top = box.triangles.filter { triangle in
      let (a, b, c) = box.corners(triangle)
      return (a + b + c).z < 2.99
    }
    let open = TriangleMesh(positions: box.positions, triangles: top)
    let smooth = open.smoothed(by: method)
    let isRim = { (p: SIMD3<Float>) in p.z == 1 && (p.x == 0 || p.x == 1 || p.y == 0 || p.y == 1) }
    for (before, after) in zip(open.positions, smooth.positions) where isRim(before) {
      #expect(before == after)
    }
    #expect(smooth.positions != open.positions)
  }

  @Test("no iterations, no change; an empty mesh stays empty")
  func nothing() {
    let mesh = rough
    #expect(mesh.smoothed(by: .taubin(iterations: 0)) == mesh)
    #expect(TriangleMesh().smoothed(by: .taubin(iterations: 5)).isEmpty)
  }

  @Test("no part of several moves, grows or shrinks", arguments: methods)
  func parts(method: Smoothing) {
    let large = rough
    let small = TriangleMesh.icosphere(radius: 2, subdivisions: 3)
      .mapPositions { $0 * SIMD3(1, 2, 3) }
    let both = large.joined(with: small).smoothed(by: method)
    #expect(both == large.smoothed(by: method).joined(with: small.smoothed(by: method)))
  }

  @Test(
    "a coarse mesh of which smoothing leaves little is smoothed less, not blown up",
    arguments: methods)
  func coarse(method: Smoothing) {
    let coarse = TriangleMesh.icosphere(radius: 1, subdivisions: 4)
      .mapPositions { $0 * SIMD3(9, 5, 3) + SIMD3(30, 20, 10) }
      .simplified(to: .triangleCount(40))
    for rule in [VolumeRule.keptAlongNormals, .keptByScaling] {
      let smooth = coarse.smoothed(by: method, volume: rule)
      #expect((0.7...1.0101).contains(smooth.surfaceArea / coarse.surfaceArea))
      #expect(abs(smooth.signedVolume / coarse.signedVolume - 1) < 1e-5)
      #expect(smooth.centroid.isClose(to: coarse.centroid, within: 1e-5))
    }
  }

  @Test("the volume can be kept by scaling, too, and then the shape of a sphere stays")
  func scaling() {
    let sphere = TriangleMesh.icosphere(radius: 10, subdivisions: 4)
    let smooth = sphere.smoothed(by: .meanCurvatureFlow(scale: 4), volume: .keptByScaling)
    #expect(abs(smooth.signedVolume / sphere.signedVolume - 1) < 1e-6)
    #expect(smooth.deviation(from: sphere).hausdorff < 0.02)
  }

  @Test("pinned vertices stay where they are", arguments: methods)
  func pinned(method: Smoothing) {
    let mesh = rough
    let pinned = [0, 7, 100, 2000]
    let smooth = mesh.smoothed(by: method, pinning: pinned)
    for vertex in pinned { #expect(smooth.positions[vertex] == mesh.positions[vertex]) }
    #expect(smooth.positions[50] != mesh.positions[50])
  }

  @Test("one implicit step over a scale shrinks a sphere as the heat kernel would")
  func flow() {
    // A sphere of radius R shrinks by r' = -2 / r in the time scale² / 2: implicitly to R / (1 + scale² / R²).
    let sphere = TriangleMesh.icosphere(radius: 10, subdivisions: 5)
    for scale in [1.0, 3.0] {
      let flowed = sphere.smoothed(by: .meanCurvatureFlow(scale: scale), volume: .free)
      let radius = 10 / (1 + scale * scale / 100)
      #expect(abs(flowed.longestExtent / 2 - radius) < 0.01)
    }
  }

  @Test("cotangent weights leave the vertices of a plane where they are, whatever their density")
  func cotangentKeepsPlanes() {
    // An uneven grid: x = i², so that neighbours on both sides are not equally far.
    var positions: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    for j in 0..<8 {
      for i in 0..<8 {
        positions.append([Float(i * i), Float(j), 0])
        guard i < 7 && j < 7 else { continue }
        let here = UInt32(8 * j + i)
        triangles += [Triangle(here, here + 1, here + 9), Triangle(here, here + 9, here + 8)]
      }
    }
    let plane = TriangleMesh(positions: positions, triangles: triangles)
    func moved(_ method: Smoothing) -> Float {
      zip(plane.smoothed(by: method).positions, positions).map { abs($0.x - $1.x) }.max() ?? 0
    }
    #expect(moved(.cotangentLaplacian(iterations: 5)) < 1e-4)
    #expect(moved(.laplacian(iterations: 5)) > 0.5)
  }

  @Test(
    "waves of the stated length are halved, longer ones stay",
    arguments: [
      Smoothing.laplacian(iterations: 10), .taubin(iterations: 10), .humphrey(iterations: 40),
      .windowedSinc(iterations: 20), .bilaplacian(iterations: 40), .meanCurvatureFlow(scale: 1.5),
    ])
  func halfWavelength(method: Smoothing) {
    let edge = 1.0
    let length = method.halfWavelength(edgeLength: edge)
    #expect(length > 2)
    #expect(abs(amplitude(after: method, wavelength: length) - 0.5) < 0.12)
    #expect(amplitude(after: method, wavelength: 4 * length) > 0.8)
    #expect(amplitude(after: method, wavelength: 0.6 * length) < 0.3)
  }

  @Test("a length leads to the iterations that halve it")
  func halving() {
    for method in [Smoothing.laplacian(iterations: 1), .humphrey(iterations: 1)] {
      let found = method.halving(9, edgeLength: 1)
      #expect((9...10.5).contains(found.halfWavelength(edgeLength: 1)))
    }
    #expect(
      Smoothing.meanCurvatureFlow(scale: 0).halving(9, edgeLength: 1)
        .halfWavelength(edgeLength: 1) == 9)
  }

  @Test("waves that so many iterations cannot halve, and numbers of them that take for ever")
  func mostIterations() {
    let most = Smoothing.mostIterations
    #expect(
      Smoothing.taubin(iterations: 1).halving(1e9, edgeLength: 1) == .taubin(iterations: most))
    #expect(Smoothing("taubin:\(most)") == .taubin(iterations: most))
    #expect(Smoothing("taubin:\(most + 1)") == nil && Smoothing("sinc:99999999999") == nil)
  }

  @Test("methods as words and back", arguments: methods)
  func words(method: Smoothing) {
    #expect(Smoothing("\(method)") == method)
  }

  @Test(
    "what is no method is none",
    arguments: [
      "", "taubin:", "taubin:-1", "taubin:x", "flow", "flow:-1", "flow:inf", "sinc:1:2", "smooth:3",
    ])
  func noWord(text: String) {
    #expect(Smoothing(text) == nil)
  }

  /// What is left in the middle of a flat sheet of equilateral triangles, of side 1, of a wave along x.
  private func amplitude(after method: Smoothing, wavelength: Double) -> Double {
    let size = 120
    var positions: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    func height(_ x: Double) -> Double { 0.01 * cosine(2 * .pi * x / wavelength) }
    for j in 0..<size {
      for i in 0..<size {
        let x = Double(i) + Double(j % 2) / 2 - Double(size / 2)
        positions.append(SIMD3<Float>(SIMD3(x, Double(j) * 0.75.squareRoot(), height(x))))
        guard i < size - 1 && j < size - 1 else { continue }
        let (here, above) = (UInt32(size * j + i), UInt32(size * (j + 1) + i))
        triangles +=
          j % 2 == 0
          ? [Triangle(here, here + 1, above), Triangle(here + 1, above + 1, above)]
          : [Triangle(here, here + 1, above + 1), Triangle(here, above + 1, above)]
      }
    }
    let sheet = TriangleMesh(positions: positions, triangles: triangles)
    let middle = size * (size / 2) + size / 2
    return Double(sheet.smoothed(by: method).positions[middle].z) / 0.01
  }
}
