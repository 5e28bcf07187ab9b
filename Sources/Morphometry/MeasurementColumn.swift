internal import MeshProcessing
public import Volumes

/// One column of the table of measurements: its name, unit, definition and source.
public struct MeasurementColumn: Sendable {
  /// A value in the table.
  public enum Value: Sendable {
    /// NaN where the quantity is undefined.
    case number(Double)
    case count(Int)
    case flag(Bool)
    case words([String])
  }

  /// What the unit of a quantity is made of.
  public enum Dimension: Sendable {
    case none
    /// A power of the unit of length, from -2 to 5: 1 length, 2 area, 3 volume, -1 curvature, ...
    case length(power: Int)
    /// The grey values of the image.
    case intensity
  }

  public let name: String
  public let dimension: Dimension
  public let definition: String
  public let source: String
  public let value: @Sendable (ObjectMeasurements) -> Value

  /// The unit as text, for example `µm²`; empty for a pure number.
  public func unit(for length: LengthUnit) -> String {
    switch dimension {
    case .none: ""
    case .intensity: "grey value"
    case .length(let power) where power > 0:
      "\(length.rawValue)\(["", "²", "³", "⁴", "⁵"][power - 1])"
    case .length(let power): "1/\(length.rawValue)\(power == -1 ? "" : "²")"
    }
  }
}

extension MeasurementColumn {
  /// The columns of the usual table, in their order.
  public static let core: [MeasurementColumn] =
    identity + size + shape + place + curvature
    + topology + intensity + exported + uncertainty

  /// Every column of Lamina's own, in the order of the table.
  public static let all: [MeasurementColumn] =
    core + uncertaintyCauses + curvatureSpread + roughness + roundness + ellipsoid + convexity
    + minkowski + quality + contact + moreIntensity

  static let identity = [
    column("label", .none, "number of the object in the label image", "") { .count(Int($0.label)) }
  ]

  private static let size = [
    column(
      "surface_area", .length(power: 2), "sum of the areas of the mesh's triangles",
      "IBSI, doi:10.1148/radiol.2020191145"
    ) { .number($0.surface.surfaceArea) },
    column(
      "surface_area_crofton", .length(power: 2),
      "crossings of lines in 13 directions, weighted for the voxel spacing; needs no mesh",
      "Legland, Kiêu & Devaux 2007, doi:10.5566/ias.v26.p83-92"
    ) { .number($0.voxels?.croftonArea ?? .nan) },
    column(
      "volume", .length(power: 3), "sum of the mesh's signed tetrahedra",
      "Zhang & Chen 2001, doi:10.1109/ICIP.2001.958278"
    ) { .number($0.surface.volume) },
    column("volume_voxel", .length(power: 3), "voxel_count times the volume of a voxel", "IBSI") {
      .number($0.voxels?.volume ?? .nan)
    },
    column("voxel_count", .none, "voxels with this label", "") {
      $0.voxels.map { .count($0.voxelCount) } ?? .number(.nan)
    },
  ]

  private static let shape = [
    column(
      "sphericity", .none, "(36 pi volume²)^(1/3) / surface_area; 1 for a sphere",
      "Wadell 1935, doi:10.1086/624298"
    ) { .number($0.surface.sphericity) },
    column("sa_to_v", .length(power: -1), "surface_area / volume", "") {
      .number($0.surface.surfaceToVolume)
    },
    column("equivalent_diameter", .length(power: 1), "(6 volume / pi)^(1/3)", "") {
      .number($0.surface.equivalentDiameter)
    },
  ]

  private static let place: [MeasurementColumn] = {
    let axes = ["x", "y", "z"]
    func columns(
      _ prefix: String, _ definition: String,
      _ vector: @escaping @Sendable (MeshMeasurements) -> SIMD3<Double>
    ) -> [MeasurementColumn] {
      axes.indices.map { axis in
        column("\(prefix)_\(axes[axis])", .length(power: 1), definition, "") {
          .number(vector($0.surface)[axis])
        }
      }
    }
    return columns("bbox_min", "lower corner of the box around the mesh", \.lowerBound)
      + columns("bbox_max", "upper corner of the box around the mesh", \.upperBound)
      + columns("centroid", "centre of mass of the enclosed solid", \.centroid)
  }()

  private static let curvature = [
    column(
      "mean_curvature", .length(power: -1),
      "area-weighted mean of H = (k1 + k2)/2, positive where convex", cohenSteiner
    ) { .number($0.surface.curvature.meanAverage) },
    column(
      "mean_curvature_sd", .length(power: -1),
      "area-weighted standard deviation of H over the surface, at the curvature scale", pointwise
    ) { .number($0.surface.curvature.meanDeviation) },
    column(
      "mean_curvature_integral", .length(power: 1),
      "integral of H: half the sum of edge length times angle; 4 pi R for a sphere", cohenSteiner
    ) { .number($0.surface.curvature.meanIntegral) },
    column(
      "curvature_scale", .length(power: 1),
      "standard deviation of the neighbourhood over which curvature was averaged for the sd columns",
      "Coeurjolly, Lachaud & Levallois 2014, doi:10.1016/j.cviu.2014.04.013"
    ) { .number($0.surface.curvature.scale) },
    column(
      "gaussian_curvature", .length(power: -2), "area-weighted mean of K = k1 k2", cohenSteiner
    ) { .number($0.surface.curvature.gaussianAverage) },
    column(
      "gaussian_curvature_sd", .length(power: -2),
      "area-weighted standard deviation of K over the surface, at the curvature scale", pointwise
    ) { .number($0.surface.curvature.gaussianDeviation) },
    column(
      "gaussian_curvature_integral", .none,
      "integral of K: sum of the angles missing at the vertices; 2 pi euler_number when closed",
      cohenSteiner
    ) { .number($0.surface.curvature.gaussianIntegral) },
  ]

  private static let topology = [
    column(
      "euler_number", .none, "vertices - edges + triangles of the surface; 2 for a sphere", ""
    ) { .count($0.surface.topology.eulerNumber) },
    column("genus", .none, "handles: components - euler_number / 2; nan unless closed", "") {
      $0.surface.topology.genus.map { .count($0) } ?? .number(.nan)
    },
    column("components", .none, "separate closed surfaces of the object, cavities included", "") {
      .count($0.surface.topology.componentCount)
    },
    column("watertight", .none, "every edge of the mesh has exactly two triangles", "") {
      .flag($0.surface.topology.isWatertight)
    },
    column("touches_border", .none, "the border of the image cuts the object", "") {
      .flag($0.voxels?.touchesBorder ?? false)
    },
    column(
      "border_area", .length(power: 2),
      "area of the object's voxel faces at the border of the image: a cut, not its own surface", ""
    ) { .number($0.voxels?.borderArea ?? .nan) },
  ]

  private static let intensity = [
    column("intensity_mean", .intensity, "mean of the original grey values inside", "") {
      .number($0.voxels?.intensity?.mean ?? .nan)
    },
    column("intensity_sd", .intensity, "standard deviation (N) of the grey values inside", "") {
      .number($0.voxels?.intensity?.standardDeviation ?? .nan)
    },
    column("intensity_min", .intensity, "smallest grey value inside", "") {
      .number($0.voxels?.intensity?.minimum ?? .nan)
    },
    column("intensity_max", .intensity, "largest grey value inside", "") {
      .number($0.voxels?.intensity?.maximum ?? .nan)
    },
  ]

  private static let exported = [
    column("mesh_triangles", .none, "triangles of the mesh as written, after simplification", "") {
      .count($0.exportedTriangleCount)
    },
    column("mesh_surface_area", .length(power: 2), "surface area of the mesh as written", "") {
      .number($0.exportedSurfaceArea)
    },
    column("mesh_volume", .length(power: 3), "volume of the mesh as written", "") {
      .number($0.exportedVolume)
    },
  ]

  private static let pointwise =
    "from second derivatives of the blurred image for --psf and masks (Goldman 2005, doi:10.1016/j.cagd.2005.06.005),"
    + " else from positions and normals of the mesh (Lachaud, Romon, Thibert & Coeurjolly 2020,"
    + " doi:10.1111/cgf.14067; --mesh-curvature)"
  private static let cohenSteiner = "Cohen-Steiner & Morvan 2003, doi:10.1145/777792.777839"

  static func column(
    _ name: String, _ dimension: Dimension, _ definition: String, _ source: String,
    _ value: @escaping @Sendable (ObjectMeasurements) -> Value
  ) -> MeasurementColumn {
    MeasurementColumn(
      name: name, dimension: dimension, definition: definition, source: source, value: value)
  }
}
