public import MeshIO
public import Morphometry

extension MeshCurvature {
  /// The curvature at every vertex as values that a mesh file carries: `mean_curvature` and `curvedness` in 1/unit,
  /// `gaussian_curvature` in 1/unit², and `shape_index`.
  public var vertexValues: [VertexValues] {
    func values(_ name: String, _ values: [Double]) -> VertexValues {
      VertexValues(name, values.map { Float($0) })
    }
    return [
      values("mean_curvature", mean), values("gaussian_curvature", gaussian),
      values("shape_index", shapeIndex), values("curvedness", curvedness),
    ]
  }
}
