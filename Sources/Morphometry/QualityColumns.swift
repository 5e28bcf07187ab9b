internal import MeshProcessing

extension MeasurementColumn {
  /// How good the mesh is that was measured.
  static let quality = [
    column(
      "gauss_bonnet_residual", .none,
      "gaussian_curvature_integral / (2 pi) - euler_number: 0 but for rounding on a closed surface",
      "Gauss & Bonnet"
    ) {
      .number(
        $0.surface.curvature.gaussianIntegral / (2 * .pi)
          - Double($0.surface.topology.eulerNumber))
    },
    qualityColumn("min_angle", .none, "smallest angle of a triangle, in degrees") {
      $0.smallestAngle
    },
    qualityColumn("edge_length_mean", .length(power: 1), "mean length of the triangles' sides") {
      $0.edgeLengthMean
    },
    qualityColumn(
      "edge_length_sd", .length(power: 1), "standard deviation of the lengths of the sides"
    ) { $0.edgeLengthDeviation },
    qualityColumn("edge_length_min", .length(power: 1), "shortest side of a triangle") {
      $0.edgeLengthMin
    },
    qualityColumn("edge_length_max", .length(power: 1), "longest side of a triangle") {
      $0.edgeLengthMax
    },
  ]

  static let selfIntersections = [
    column(
      "self_intersections", .none,
      "pairs of triangles of the surface as measured that cross: a side of one goes through the other",
      "signs: Shewchuk 1997, doi:10.1007/PL00009321", of: .selfIntersections
    ) { $0.selfIntersectionCount.map { .count($0) } ?? .number(.nan) }
  ]

  private static func qualityColumn(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (MeshQuality) -> Double
  ) -> MeasurementColumn {
    shape(name, dimension, "\(definition) of the surface as measured", "") {
      $0.quality.map(value) ?? .nan
    }
  }
}
