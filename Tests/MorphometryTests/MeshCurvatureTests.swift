import Fixtures
import MeshProcessing
import Morphometry
import Phantoms
import Reconstruction
import Testing
import Volumes

@Suite("Curvature of a mesh") struct MeshCurvatureTests {
  @Test(
    "a sphere: H = 1/R everywhere, positive, and K = 1/R²", arguments: MeshCurvatureMethod.allCases)
  func sphere(method: MeshCurvatureMethod) {
    let curvature = TriangleMesh.icosphere(radius: 5, subdivisions: 4)
      .curvature(scale: 1, method: method)
    #expect(abs(curvature.meanAverage * 5 - 1) < 0.01)
    #expect(abs(curvature.gaussianAverage * 25 - 1) < 0.01)
    #expect(abs(curvature.meanIntegral / (4 * .pi * 5) - 1) < 0.005)
    #expect(curvature.mean.allSatisfy { (0.95...1.05).contains($0 * 5) })
    #expect(curvature.gaussian.allSatisfy { (0.9...1.1).contains($0 * 25) })
    #expect(curvature.meanDeviation * 5 < 0.02)
  }

  @Test("Gauss-Bonnet: the integral of K is 2 pi times the Euler number, exactly")
  func gaussBonnet() {
    let torus = TriangleMesh.torus(majorRadius: 3, minorRadius: 1, around: 40, along: 20)
    #expect(abs(torus.curvature(scale: 0.3).gaussianIntegral) < 1e-6)
    let box = TriangleMesh.box(SIMD3(1, 2, 3)).curvature(scale: 0.3)
    #expect(abs(box.gaussianIntegral - 4 * .pi) < 1e-9)
  }

  @Test("a box: the integral of H sits in its edges, pi/4 of their length")
  func box() {
    let edges = 4.0 * (1 + 2 + 3)
    let curvature = TriangleMesh.box(SIMD3(1, 2, 3)).curvature(scale: 0.3)
    #expect(abs(curvature.meanIntegral - edges * .pi / 4) < 1e-9)
  }

  @Test(
    "a torus: 2 pi² R, and negative Gaussian curvature on the inside",
    arguments: MeshCurvatureMethod.allCases)
  func torus(method: MeshCurvatureMethod) {
    let mesh = TriangleMesh.torus(majorRadius: 6, minorRadius: 2, around: 120, along: 60)
    let curvature = mesh.curvature(scale: 0.4, method: method)
    #expect(abs(curvature.meanIntegral / (2 * .pi * .pi * 6) - 1) < 0.01)
    for (vertex, position) in mesh.positions.enumerated() {
      let distance = (position.x * position.x + position.y * position.y).squareRoot()
      if distance > 7.5 { #expect(curvature.gaussian[vertex] > 0) }
      if distance < 4.5 { #expect(curvature.gaussian[vertex] < 0) }
    }
  }

  @Test("inside out, H changes its sign and K does not", arguments: MeshCurvatureMethod.allCases)
  func sign(method: MeshCurvatureMethod) {
    let mesh = TriangleMesh.icosphere(radius: 2, subdivisions: 3)
    let outside = mesh.curvature(scale: 0.5, method: method)
    let inside = mesh.flipped().curvature(scale: 0.5, method: method)
    #expect(abs(outside.meanIntegral + inside.meanIntegral) < 1e-9)
    #expect(abs(outside.gaussianIntegral - inside.gaussianIntegral) < 1e-9)
    for vertex in mesh.positions.indices {
      #expect(abs(outside.mean[vertex] + inside.mean[vertex]) < 1e-4)
      #expect(abs(outside.gaussian[vertex] - inside.gaussian[vertex]) < 1e-4)
    }
  }

  @Test(
    "stretching by k multiplies the integral of H by k, leaves that of K, and divides H at points by k",
    arguments: MeshCurvatureMethod.allCases)
  func scaling(method: MeshCurvatureMethod) {
    let mesh = Self.ringTorus(around: 12)
    let one = mesh.curvature(scale: 0.5, method: method)
    let three = mesh.mapPositions { $0 * 3 }.curvature(scale: 1.5, method: method)
    #expect(abs(three.meanIntegral / one.meanIntegral - 3) < 1e-5)
    #expect(abs(three.gaussianIntegral - one.gaussianIntegral) < 1e-4)
    for vertex in mesh.positions.indices {
      #expect(abs(3 * three.mean[vertex] - one.mean[vertex]) < 1e-3)
      #expect(abs(9 * three.gaussian[vertex] - one.gaussian[vertex]) < 1e-3)
    }
  }

  /// A torus with the radii 6 and 2, with so many vertices around its tube.
  private static func ringTorus(around: Int) -> TriangleMesh {
    .torus(majorRadius: 6, minorRadius: 2, around: 3 * around, along: around)
  }

  /// H and K of the torus with the radii 6 and 2.
  private static func torusCurvature(
    at position: SIMD3<Float>
  ) -> (mean: Double, gaussian: Double) {
    let place = SIMD3<Double>(position)
    let fromAxis = (place.x * place.x + place.y * place.y).squareRoot()
    let other = (fromAxis - 6) / 2 / fromAxis
    return ((1 / 2.0 + other) / 2, other / 2)
  }

  /// The largest errors of H and K over a torus at a scale of two edges along the tube.
  private func torusErrors(_ method: MeshCurvatureMethod, around: Int) -> (Double, Double) {
    let mesh = Self.ringTorus(around: around)
    let scale = 2 * 2 * Double.pi * 2 / Double(around)
    let found = mesh.curvature(scale: scale, method: method)
    var errors = (0.0, 0.0)
    for (vertex, position) in mesh.positions.enumerated() {
      let exact = Self.torusCurvature(at: position)
      errors.0 = max(errors.0, abs(found.mean[vertex] - exact.mean))
      errors.1 = max(errors.1, abs(found.gaussian[vertex] - exact.gaussian))
    }
    return errors
  }

  @Test(
    "halving the triangles of a torus and the scale with them takes the error to a third or less",
    arguments: MeshCurvatureMethod.allCases)
  func convergence(method: MeshCurvatureMethod) {
    let (coarse, fine) = (torusErrors(method, around: 40), torusErrors(method, around: 80))
    #expect(coarse.0 < 0.04 && coarse.1 < 0.04)
    #expect(coarse.0 > 1e-4)
    #expect(fine.0 < coarse.0 / 3)
    #expect(fine.1 < coarse.1 / 3)
  }

  @Test("uneven triangles upset corrected and quadric less than angles")
  func unevenTriangles() throws {
    var phantom = Phantom(solid: .sphere(radius: 8))
    phantom.shift = SIMD3(0.24, 0.17, 0.41)
    let mesh = try phantom.volume().isosurface(at: 550)
    func error(_ method: MeshCurvatureMethod) -> SIMD2<Double> {
      let found = mesh.curvature(scale: 2 * mesh.meanEdgeLength, method: method)
      let sum = found.area.indices.reduce(SIMD3<Double>.zero) { sum, vertex in
        let (h, k) = (8 * found.mean[vertex] - 1, 64 * found.gaussian[vertex] - 1)
        return sum + found.area[vertex] * SIMD3(h * h, k * k, 1)
      }
      return SIMD2((sum.x / sum.z).squareRoot(), (sum.y / sum.z).squareRoot())
    }
    let (corrected, quadric, angles) = (error(.corrected), error(.quadric), error(.angles))
    #expect(corrected.x < 0.025 && corrected.y < 0.05)
    #expect(quadric.x < 0.02 && quadric.y < 0.04)
    #expect(angles.x > 2 * corrected.x && angles.y > 2 * corrected.y)
  }

  @Test(
    "on the open border of half a sphere quadrics and corrected measures hold, and K of angles does not"
  )
  func openBorder() {
    let sphere = TriangleMesh.icosphere(radius: 5, subdivisions: 4)
    let half = TriangleMesh(
      positions: sphere.positions,
      triangles: sphere.triangles.filter { triangle in
        [triangle.a, triangle.b, triangle.c].allSatisfy { sphere.positions[Int($0)].z > -0.4 }
      })
    func worst(_ method: MeshCurvatureMethod) -> SIMD2<Double> {
      let found = half.curvature(scale: 1, method: method)
      var worst = SIMD2<Double>.zero
      for vertex in half.positions.indices where found.area[vertex] > 0 {
        worst = pointwiseMax(
          worst, SIMD2(abs(5 * found.mean[vertex] - 1), abs(25 * found.gaussian[vertex] - 1)))
      }
      return worst
    }
    #expect(worst(.quadric).max() < 0.08)
    #expect(worst(.corrected).max() < 0.15)
    #expect(worst(.angles).y > 0.5)
  }

  @Test("a flat sheet, a single triangle and no triangle have no curvature")
  func flat() {
    let one = TriangleMesh(
      positions: [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)], triangles: [Triangle(0, 1, 2)])
    for method in MeshCurvatureMethod.allCases where method != .angles {
      #expect(one.curvature(scale: 1, method: method).mean.allSatisfy { abs($0) < 1e-9 })
      #expect(one.curvature(scale: 1, method: method).gaussian.allSatisfy { abs($0) < 1e-9 })
      #expect(TriangleMesh().curvature(scale: 1, method: method).mean.isEmpty)
    }
  }

  @Test("the same on one thread", arguments: MeshCurvatureMethod.allCases)
  func threads(method: MeshCurvatureMethod) {
    let mesh = TriangleMesh.icosphere(radius: 5, subdivisions: 5)
    let many = mesh.curvature(scale: 0.5, method: method)
    let one = Parallel.$threads.withValue(1) { mesh.curvature(scale: 0.5, method: method) }
    #expect(many.mean == one.mean && many.gaussian == one.gaussian)
  }
}
