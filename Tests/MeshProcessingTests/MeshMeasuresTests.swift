import Fixtures
import MeshProcessing
import Testing
import Volumes

@Suite("Area, volume and centroid of a mesh") struct MeshMeasuresTests {
  private let box = TriangleMesh.box(SIMD3(1, 2, 4))

  @Test("a box")
  func boxMeasures() {
    #expect(box.surfaceArea == 28)
    #expect(abs(box.signedVolume - 8) < 1e-12)
    #expect(box.centroid.isClose(to: SIMD3(0.5, 1, 2), within: 1e-12))
  }

  @Test("an inscribed sphere of triangles is a little smaller than the sphere, and never larger")
  func sphere() {
    let mesh = TriangleMesh.icosphere(radius: 10, subdivisions: 5)
    let (area, volume) = (4 * Double.pi * 100, 4 * Double.pi / 3 * 1000)
    #expect((0.998...1).contains(mesh.surfaceArea / area))
    #expect((0.998...1).contains(mesh.signedVolume / volume))
  }

  @Test("stretching by k multiplies area by k² and volume by k³")
  func scaling() {
    let scaled = box.mapPositions { $0 * 3 }
    #expect(abs(scaled.surfaceArea - 9 * box.surfaceArea) < 1e-9)
    #expect(abs(scaled.signedVolume - 27 * box.signedVolume) < 1e-9)
  }

  @Test("a mirror image, and a mesh inside out, have negative volume")
  func mirror() {
    #expect(abs(box.mapPositions { $0 * SIMD3(-1, 1, 1) }.signedVolume + 8) < 1e-12)
    #expect(abs(box.flipped().signedVolume + 8) < 1e-12)
  }

  @Test("far from the origin nothing is lost but what floats cannot hold")
  func translation() {
    let far = box.mapPositions { $0 + SIMD3(4096, -8192, 1024) }
    #expect(far.surfaceArea == 28)
    #expect(abs(far.signedVolume - 8) < 1e-9)
    #expect(far.centroid.isClose(to: SIMD3(4096.5, -8191, 1026), within: 1e-9))
  }

  @Test("the mean edge of an icosahedron is its edge")
  func meanEdge() {
    let mesh = TriangleMesh.icosphere(radius: 1, subdivisions: 0)
    #expect(abs(mesh.meanEdgeLength - 1.0514622242382672) < 1e-6)
    #expect(TriangleMesh().meanEdgeLength == 0)
  }

  @Test(
    "a mesh that is summed in pieces: its formulas, its topology, the same on any number of threads"
  )
  func pieces() {
    let mesh = TriangleMesh.icosphere(radius: 10, subdivisions: 7, center: SIMD3(3, 4, 5))
    let limit = 1 - 2e-4
    #expect((limit...1).contains(mesh.surfaceArea / (400 * .pi)))
    #expect((limit...1).contains(mesh.signedVolume / (4000 / 3 * .pi)))
    #expect(mesh.centroid.isClose(to: SIMD3(3, 4, 5), within: 1e-6))
    #expect(mesh.topology().isWatertight && mesh.topology().eulerNumber == 2)
    let smooth = mesh.smoothed(by: .taubin(iterations: 2))
    Parallel.$threads.withValue(1) {
      #expect(mesh.signedVolume == mesh.flipped().signedVolume * -1)
      #expect(mesh.smoothed(by: .taubin(iterations: 2)) == smooth)
    }
  }

  @Test("normals of a sphere point outwards")
  func normals() {
    let mesh = TriangleMesh.icosphere(radius: 5, subdivisions: 3)
    for (normal, position) in zip(mesh.vertexNormals(), mesh.positions) {
      #expect(normal.isClose(to: SIMD3<Double>(position) / 5, within: 0.02))
    }
  }
}

extension SIMD3<Double> {
  func isClose(to other: SIMD3<Double>, within tolerance: Double) -> Bool {
    let difference = self - other
    return difference.max() <= tolerance && difference.min() >= -tolerance
  }
}
