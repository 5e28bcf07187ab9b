internal import LibC
internal import MeshProcessing

extension MeasurementColumn {
  /// What the area and the volume say together. All but one are functions of sphericity; they are
  /// here because programs use one word for several of them.
  static let roundness = [
    column(
      "isoperimetric_quotient", .none,
      "36 pi volume² / surface_area³ = sphericity³; \"sphericity\" of MorphoLibJ and NucleusJ, "
        + "\"compactness\" of mcib3d, Compactness2 of pyradiomics", pyradiomicsSource
    ) { .number($0.surface.isoperimetricQuotient) },
    column(
      "compactness_1", .none, "volume / (sqrt(pi) surface_area^(3/2)); 0.053 for a sphere", "IBSI"
    ) { .number($0.surface.compactness1) },
    column("asphericity", .none, "1 / sphericity - 1; 0 for a sphere", "IBSI") {
      .number(1 / $0.surface.sphericity - 1)
    },
    column(
      "spherical_disproportion", .none, "1 / sphericity: the area over that of the equal sphere",
      "IBSI"
    ) { .number(1 / $0.surface.sphericity) },
    column("extent", .none, "volume over that of the box around the mesh", "") {
      .number($0.surface.volume / $0.surface.boxVolume)
    },
    column(
      "discrete_compactness", .none,
      "(voxel_count - faces / 6) / (voxel_count - voxel_count^(2/3)) with the outer faces of its "
        + "voxels; 1 for a cube of voxels, which must be as high as wide",
      "Bribiesca 2008, doi:10.1016/j.patcog.2007.06.029", of: .voxelShape
    ) { .number($0.voxelShape?.discreteCompactness ?? .nan) },
    column(
      "surface_area_faces", .length(power: 2),
      "area of the outer faces of the voxels; to compare with programs that report it, for it is "
        + "half as much again as the surface's", "", of: .voxelShape
    ) { .number($0.voxelShape?.faceArea ?? .nan) },
    column(
      "surface_area_lindblad", .length(power: 2),
      "weights of the 14 ways in which 2 x 2 x 2 voxels meet; needs no mesh; nan unless voxels are cubes",
      "Lindblad 2005, doi:10.1016/j.imavis.2004.06.012", of: .voxelShape
    ) { .number($0.voxelShape?.lindbladArea ?? .nan) },
    column(
      "inscribed_radius", .length(power: 1),
      "of the largest ball inside: largest distance from the centre of a voxel of it to that of the nearest voxel"
        + " outside, up to half a voxel too large", "", of: .inscribedBall
    ) { .number($0.inscribedRadius ?? .nan) },
    column(
      "cavities", .none, "closed parts of the surface that face inwards; nan unless closed", "",
      of: .shape
    ) { row in
      guard row.surface.topology.genus != nil, let shape = row.shape else { return .number(.nan) }
      return .count(shape.cavityCount)
    },
    column(
      "euler_number_26", .none,
      "parts - tunnels + cavities of voxels that hang together by corners; half of euler_number",
      "Ohser & Mücklich 2000", of: .voxelShape
    ) { $0.voxelShape.map { .count($0.configurations.eulerNumber26) } ?? .number(.nan) },
    column(
      "euler_number_6", .none, "as euler_number_26 for voxels that hang together by faces only",
      "Ohser & Mücklich 2000", of: .voxelShape
    ) { $0.voxelShape.map { .count($0.configurations.eulerNumber6) } ?? .number(.nan) },
  ]

  static let pyradiomicsSource = "van Griethuysen et al. 2017, doi:10.1158/0008-5472.CAN-17-0339"
}

extension MeshMeasurements {
  /// 36 pi V² / A³: 1 for a sphere.
  public var isoperimetricQuotient: Double {
    36 * .pi * volume * volume / (surfaceArea * surfaceArea * surfaceArea)
  }

  /// V / (sqrt(pi) A^(3/2)).
  public var compactness1: Double {
    volume / (Double.pi.squareRoot() * surfaceArea * surfaceArea.squareRoot())
  }

  /// Of the box around the vertices.
  var boxVolume: Double {
    let size = upperBound - lowerBound
    return size.x * size.y * size.z
  }
}

extension VoxelShape {
  /// How many faces voxels share, from 0 for voxels in a row to 1 for a cube of them.
  ///
  /// Bribiesca 2008, doi:10.1016/j.patcog.2007.06.029.
  public var discreteCompactness: Double {
    let count = (moments.volume / (spacing.x * spacing.y * spacing.z)).rounded()
    let root = cbrt(count)
    let faces = Double(configurations.faces.wrappedSum())
    return (count - faces / 6) / (count - root * root)
  }
}
