import Fixtures
import MeshProcessing

/// A sphere of 20 * 4^subdivisions triangles with its vertices on the surface.
func icosphere(
  center: SIMD3<Float> = .zero, radius: Float, subdivisions: Int = 4
) -> TriangleMesh {
  .icosphere(
    radius: Double(radius), subdivisions: subdivisions, center: SIMD3<Double>(center))
}

/// A square in the plane z = 0, seen from -z from its outer side.
func square(side: Float) -> TriangleMesh {
  TriangleMesh(
    positions: [[0, 0, 0], [side, 0, 0], [side, side, 0], [0, side, 0]],
    triangles: [Triangle(0, 2, 1), Triangle(0, 3, 2)])
}
