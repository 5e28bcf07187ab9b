internal import LibC
internal import MeshProcessing

/// What a reader should know of an object before its figures are believed.
public enum QualityFlag: String, Sendable, Hashable, CaseIterable {
  case touchesBorder = "touches_border"
  case notClosed = "not_closed"
  case inconsistentWinding = "inconsistent_winding"
  case insideOut = "inside_out"
  case severalSurfaces = "several_surfaces"
  case handles
  case notResolved = "not_resolved"
  case tooSmall = "too_small"
  case blurDisagrees = "blur_disagrees"
  case stillBlurred = "still_blurred"
  case unlikeLabel = "unlike_label"
  case lowContrast = "low_contrast"
  case saturated
  case areasDisagree = "areas_disagree"
  case uncalibrated

  /// Whether it is about the mesh itself, and so may be repaired.
  public var isOfMesh: Bool {
    [.notClosed, .inconsistentWinding, .insideOut].contains(self)
  }

  public var meaning: String {
    switch self {
    case .touchesBorder: "the border of the image cuts it: a part is missing"
    case .notClosed:
      "its mesh has edges of one triangle or of more than two: volume and what follows from it mean little"
    case .inconsistentWinding:
      "neighbouring triangles of its mesh disagree on the outside: volume and curvature mean nothing"
    case .insideOut:
      "its mesh is wound the wrong way round: volume and mean curvature have the wrong sign"
    case .severalSurfaces: "parts or cavities, which all count"
    case .handles: "its surface has a handle, as a ring has"
    case .notResolved: "a tenth or more of it bends more strongly than the blur lets see"
    case .tooSmall: "too few voxels for a smooth surface: measured midway between voxels"
    case .blurDisagrees: "its edge is not that of an even object seen through --psf"
    case .stillBlurred:
      "in spite of --psf its surface is that of the threshold or the label, because its level or the blur could not be found"
    case .unlikeLabel:
      "its surface encloses less than 2/3 or more than 3/2 of its voxels, as of parts that are not equally bright: look at it"
    case .lowContrast: "noise that the filter leaves is more than a tenth of its contrast"
    case .saturated: "some of its voxels have the largest value of the voxel type"
    case .areasDisagree: "mesh and Crofton differ by more than both can be off"
    case .uncalibrated: "the voxel size is unknown: lengths are in voxels"
    }
  }
}

extension ObjectMeasurements {
  /// In the order of ``QualityFlag/allCases``.
  public var flags: [QualityFlag] { QualityFlag.allCases.filter(applies) }

  private func applies(_ flag: QualityFlag) -> Bool {
    switch flag {
    case .touchesBorder: voxels?.touchesBorder ?? false
    case .notClosed: !surface.topology.isWatertight
    case .inconsistentWinding: !surface.topology.isConsistentlyOriented
    case .insideOut: surface.topology.genus != nil && surface.volume < 0
    case .severalSurfaces: surface.topology.componentCount > 1
    case .handles: surface.topology.genus.map { $0 > 0 } ?? false
    case .notResolved: quality.unresolvedFraction > 0.1
    case .tooSmall: quality.isTooSmall
    case .blurDisagrees: quality.edgeMisfit > 0.05 || quality.blurMisfit > 0.25
    case .stillBlurred: quality.isBlurred
    case .unlikeLabel: isUnlikeLabel
    case .lowContrast: quality.edgeNoise > 0.1
    case .saturated: voxels?.isSaturated ?? false
    case .areasDisagree: areasDisagree
    case .uncalibrated: voxels.map { !$0.isCalibrated } ?? false
    }
  }

  private var isUnlikeLabel: Bool {
    guard let voxels, voxels.volume > 0 else { return false }
    return !(2 / 3.0...3 / 2.0).contains(surface.volume / voxels.volume)
  }

  /// Whether the two estimates of the area are three standard uncertainties apart.
  ///
  /// That of Crofton's formula with 13 directions was found on phantoms of radius r, seen through voxels
  /// with a longest side of h: 0.11 (h / r)^1.5, bias included (0.5 % at 8 voxels, 0.12 % at 20).
  private var areasDisagree: Bool {
    guard let voxels, voxels.croftonArea > 0, !voxels.touchesBorder else { return false }
    let radius = 3 * voxels.volume / voxels.croftonArea
    let crofton = 0.11 * pow(voxels.longestSide / radius, 1.5) * voxels.croftonArea
    let mesh = quality.uncertainty?.total.area ?? 0
    // A surface at another level than that of the voxels is larger or smaller for that reason.
    let growth = pow(max(surface.volume / voxels.volume, 0), 2 / 3.0)
    let difference = abs(surface.surfaceArea - growth * voxels.croftonArea)
    return difference > 3 * (crofton * crofton + mesh * mesh).squareRoot()
  }
}
