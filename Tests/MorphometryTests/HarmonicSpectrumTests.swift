import Fixtures
import MeshProcessing
import Morphometry
import Phantoms
import Testing

@Suite("Spherical harmonics of a surface") struct HarmonicSpectrumTests {
  private func spectrum(_ mesh: TriangleMesh) -> HarmonicSpectrum? {
    HarmonicSpectrum(mesh, MeshMeasurements(mesh, curvatureScale: 0.5))
  }

  /// A ball of radius 5 with Legendre polynomials of even degree around axes that are no axes of the lattice: its centroid
  /// is its centre.
  private func relief(_ heights: [(degree: Int, height: Double)]) -> TriangleMesh {
    let axes = [SIMD3(0.6, 0, 0.8), SIMD3(-0.48, 0.6, 0.64), SIMD3(0, 0.8, -0.6)]
    return TriangleMesh.icosphere(radius: 1, subdivisions: 4).mapPositions { p in
      let relief = zip(heights, axes).reduce(0.0) { sum, part in
        sum + part.0.height * Self.legendre(part.0.degree, (p * part.1).sum())
      }
      return 5 * (1 + relief) * p
    }
  }

  private static func legendre(_ degree: Int, _ t: Double) -> Double {
    var (before, here) = (0.0, 1.0)
    for l in 0..<degree {
      let (l, odd) = (Double(l), Double(2 * l + 1))
      (before, here) = (here, (odd * t * here - l * before) / (l + 1))
    }
    return here
  }

  @Test("the power of a Legendre polynomial of height h is h² / (2 l + 1)")
  func known() throws {
    let mesh = relief([(2, 0.2), (4, -0.08), (8, 0.03)])
    let found = try #require(spectrum(mesh))
    let expected = [1, 0, 0.04 / 5, 0, 0.0064 / 9, 0, 0, 0, 0.0009 / 17]
    for (power, truth) in zip(found.power, expected) { #expect(abs(power - truth) < 1e-7) }
    #expect(found.residual < 1e-5)
  }

  @Test("what is beyond degree 8 is left over: h R / sqrt(2 l + 1)")
  func residual() throws {
    let found = try #require(spectrum(relief([(2, 0.1), (10, 0.02)])))
    #expect(abs(found.residual / (0.02 * 5 / 21.0.squareRoot()) - 1) < 0.01)
  }

  @Test("turned, moved, larger: the same")
  func invariance() throws {
    let turn = Rotation(axis: SIMD3(1, 2, 3), degrees: 50)
    let mesh = TriangleMesh.icosphere(radius: 1, subdivisions: 4).mapPositions { p in
      p * (4 + 0.5 * p.x * p.y * p.z + 0.4 * p.z + 0.3 * p.x * p.x)
    }
    let found = try #require(spectrum(mesh))
    let other = try #require(
      spectrum(mesh.mapPositions { 3 * turn.rotated($0) + SIMD3(5, -2, 40) }))
    for (power, same) in zip(found.power, other.power) { #expect(abs(power - same) < 1e-6) }
    #expect(abs(other.residual - 3 * found.residual) < 1e-4)
    #expect(found.power[3] > 1e-4)
    #expect(found.power[1] < 1e-3)
  }

  @Test("not for a ring, two balls, a bowl, an open surface, or one of too few vertices")
  func undefined() {
    let ball = TriangleMesh.icosphere(radius: 5, subdivisions: 4)
    let bowl = ball.mapPositions { p in
      p.z > 0 ? SIMD3(0.9 * p.x, 0.9 * p.y, -0.8 * p.z) : p
    }
    let open = TriangleMesh(positions: ball.positions, triangles: Array(ball.triangles.dropLast()))
    for mesh in [
      TriangleMesh.torus(majorRadius: 5, minorRadius: 2, around: 50, along: 30), bowl, open,
      ball.joined(with: ball.mapPositions { $0 + SIMD3(20, 0, 0) }), ball.flipped(),
      .icosphere(radius: 5, subdivisions: 1), TriangleMesh(),
    ] {
      #expect(spectrum(mesh) == nil)
    }
  }
}
