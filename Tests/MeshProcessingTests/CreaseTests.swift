import Fixtures
import MeshProcessing
import Testing
import Volumes

@Suite("Simplification of creases") struct CreaseTests {
  /// The side of a cube in edges of 1.
  private static let side = 24

  /// A cube of 6,912 triangles around the origin with noise along the normals.
  private static func cube(noise: Double) -> TriangleMesh {
    let half = Double(side) / 2
    let axes: [SIMD3<Double>] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    let sheets = (0..<3).flatMap { axis in
      [1.0, -1.0].map { sign in
        let (right, up) = (axes[(axis + 1) % 3], axes[(axis + 2) % 3] * sign)
        return TriangleMesh.sheet(columns: side, rows: side) { i, j in
          axes[axis] * (sign * half) + right * (i - half) + up * (j - half)
        }
      }
    }
    var cube = TriangleMesh(joining: sheets)
    cube.mergeVertices()
    var random = SplitMix(seed: 5)
    return cube.mapPositions { position in
      let outwards = position.replacing(with: 0, where: absolute(position) .< half)
      // The sum of twelve has a variance of 1.
      let sum = (0..<12).reduce(-6.0) { sum, _ in sum + .random(in: 0..<1, using: &random) }
      return position + outwards * (noise * sum / length(outwards))
    }
  }

  private static func absolute(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    vector.replacing(with: -vector, where: vector .< 0)
  }

  /// RMS distance of the edges of the exact cube from a surface.
  private func edgeDistance(of mesh: TriangleMesh) -> Double {
    let tree = TriangleTree(mesh)
    let half = Double(Self.side) / 2
    var sum = 0.0
    var count = 0.0
    for axis in 0..<3 {
      for corner in 0..<4 {
        for step in 0...200 {
          var point = SIMD3(repeating: half)
          point[axis] = half * (Double(step) / 100 - 1)
          if corner & 1 == 1 { point[(axis + 1) % 3] = -half }
          if corner & 2 == 2 { point[(axis + 2) % 3] = -half }
          let offset = tree.nearestPoint(to: point) - point
          sum += dot(offset, offset)
          count += 1
        }
      }
    }
    return (sum / count).squareRoot()
  }

  @Test("edges with noise stay where they are when they are held", arguments: [0.05, 0.1])
  func noise(noise: Double) {
    let cube = Self.cube(noise: noise)
    let (free, held) = (
      cube.simplified(to: .fraction(0.02)),
      cube.simplified(to: .fraction(0.02), creaseAngle: 50)
    )
    let (before, after) = (edgeDistance(of: free), edgeDistance(of: held))
    // Along an edge noise is averaged; what the planes of both sides leave of it is less.
    #expect((0.1 * noise...0.75 * noise).contains(after))
    #expect(after < 0.8 * before)
    for mesh in [free, held] {
      let topology = mesh.topology()
      #expect(topology.isWatertight && topology.isManifold && topology.eulerNumber == 2)
      #expect(mesh.triangles.count == 138)
      #expect(abs(mesh.signedVolume / cube.signedVolume - 1) < 1e-5)
    }
  }

  @Test("without noise the cube stays exact, down to its twelve triangles")
  func exact() {
    let small = Self.cube(noise: 0).simplified(
      to: .triangleCount(12), keepingAtLeast: 4, creaseAngle: 50)
    #expect(small.triangles.count == 12)
    #expect(edgeDistance(of: small) < 1e-5)
    #expect(abs(small.surfaceArea - 6 * 24 * 24) < 1e-2)
  }

  @Test(
    "an angle that no edge turns by holds nothing, and the result is the same for any number of threads"
  )
  func angle() {
    let cube = Self.cube(noise: 0.05)
    let free = cube.simplified(to: .fraction(0.1))
    #expect(cube.simplified(to: .fraction(0.1), creaseAngle: 170) == free)
    let held = cube.simplified(to: .fraction(0.1), creaseAngle: 50)
    #expect(held != free)
    let alone = Parallel.$threads.withValue(1) {
      cube.simplified(to: .fraction(0.1), creaseAngle: 50)
    }
    #expect(alone == held)
  }
}
