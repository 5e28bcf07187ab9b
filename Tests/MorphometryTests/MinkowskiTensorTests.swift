import Fixtures
import MeshProcessing
import Morphometry
import Phantoms
import Testing

@Suite("Minkowski tensors") struct MinkowskiTensorTests {
  /// Position tensors of a box with sides a, b, c about its centre. The faces across x add 2 b c a²/4 to xx
  /// of W1²⁰, and so on; H sits on the edges with pi/4 per length.
  @Test("a box, in closed form")
  func box() {
    let (a, b, c) = (2.0, 3.0, 5.0)
    let mesh = TriangleMesh.box(SIMD3(a, b, c)).mapPositions { $0 + SIMD3(7, 8, 9) }
    let tensors = mesh.minkowskiTensors()
    func expect(_ tensor: SymmetricTensor, _ x: Double, _ y: Double, _ z: Double) {
      for (axis, value) in [x, y, z].enumerated() {
        #expect(abs(tensor.diagonal[axis] / value - 1) < 1e-9)
        #expect(abs(tensor.mixed[axis]) < 1e-9 * value)
      }
    }
    let volume = a * b * c
    expect(
      tensors.volumePositions, volume * a * a / 12, volume * b * b / 12, volume * c * c / 12)
    func areaPosition(_ a: Double, _ b: Double, _ c: Double) -> Double {
      (2 * b * c * a * a / 4 + 2 * (a * b + a * c) * a * a / 12) / 3
    }
    expect(
      tensors.areaPositions, areaPosition(a, b, c), areaPosition(b, a, c), areaPosition(c, a, b))
    // Four edges along a with x from -a/2 to a/2, and eight across it at x = a/2 or -a/2.
    func curvaturePosition(_ a: Double, _ b: Double, _ c: Double) -> Double {
      .pi / 4 * (4 * a * a * a / 12 + 4 * (b + c) * a * a / 4) / 3
    }
    expect(
      tensors.curvaturePositions, curvaturePosition(a, b, c), curvaturePosition(b, a, c),
      curvaturePosition(c, a, b))
    expect(tensors.areaNormals, 2 * b * c / 3, 2 * a * c / 3, 2 * a * b / 3)
    // On an edge the normal turns by a quarter, half along either of its faces' normals.
    func curvatureNormal(_ b: Double, _ c: Double) -> Double { .pi / 8 * 4 * (b + c) / 3 }
    expect(
      tensors.curvatureNormals, curvatureNormal(b, c), curvatureNormal(a, c),
      curvatureNormal(a, b))
    #expect(abs(tensors.areaNormals.anisotropy - a / c) < 1e-9)
  }

  @Test("traces: of normals the area and the integral of H, on any surface")
  func traces() {
    for mesh in [
      TriangleMesh.torus(majorRadius: 5, minorRadius: 2, around: 40, along: 20),
      .icosphere(radius: 3, subdivisions: 2).joined(
        with: TriangleMesh.icosphere(radius: 1, subdivisions: 2).flipped()),
    ] {
      let tensors = mesh.minkowskiTensors()
      #expect(abs(tensors.areaNormals.trace / (mesh.surfaceArea / 3) - 1) < 1e-9)
      let integral = mesh.curvature(scale: 0).meanIntegral
      #expect(abs(tensors.curvatureNormals.trace / (integral / 3) - 1) < 1e-9)
    }
  }

  @Test("a sphere: round in every tensor")
  func sphere() {
    let tensors = TriangleMesh.icosphere(radius: 2, subdivisions: 5, center: SIMD3(3, 4, 5))
      .minkowskiTensors()
    let (area, integral) = (16 * Double.pi, 8 * Double.pi)
    for (tensor, third) in [
      (tensors.volumePositions, 128.0 / 15 * .pi), (tensors.areaPositions, area * 4 / 9),
      (tensors.curvaturePositions, integral * 4 / 9), (tensors.areaNormals, area / 9),
      (tensors.curvatureNormals, integral / 9),
    ] {
      for axis in 0..<3 { #expect(abs(tensor.diagonal[axis] / third - 1) < 5e-3) }
      #expect(tensor.anisotropy > 0.999)
    }
  }

  @Test("turned, the anisotropy stays; scaled, too")
  func laws() {
    let mesh = TriangleMesh.icosphere(radius: 1, subdivisions: 3).mapPositions {
      $0 * SIMD3(3, 2, 1)
    }
    let turn = Rotation.random(seed: 8)
    let turned = mesh.mapPositions { turn.rotated($0 * 10) + SIMD3(1, 2, 3) }
    let (one, two) = (mesh.minkowskiTensors(), turned.minkowskiTensors())
    for path in [
      \MinkowskiTensors.volumePositions, \.areaPositions, \.curvaturePositions, \.areaNormals,
      \.curvatureNormals,
    ] {
      #expect(abs(one[keyPath: path].anisotropy / two[keyPath: path].anisotropy - 1) < 1e-4)
    }
  }
}
