internal import Volumes

extension Segmentation {
  /// What a reader of the measurements must know.
  public var warnings: [String] {
    var warnings: [String] = []
    warnings += grid.calibrationWarnings
    if objects.isEmpty {
      warnings.append(
        threshold == nil && !isGiven
          ? "every voxel is 0: there is no object" : "no object was found")
    }
    if grid.size.min() == 1 {
      warnings.append(
        "the image is one voxel thick: areas and volumes are those of a slab, not of the objects")
    }
    let cut = objects.count { $0.touchesBorder(of: grid) }
    if cut > 0 {
      warnings.append(
        "\(cut) of \(objects.count) objects are cut by the border of the image (touches_border):"
          + " their measurements are those of the visible part; --clear-border leaves them out")
    }
    return warnings
  }

  /// That the objects do not tell of the point-spread function that is looked for.
  func warnings(of pointSpread: PointSpreadEstimate?, _ options: AnalysisOptions) -> [String] {
    guard options.pointSpread == .estimated, pointSpread == nil, field != nil, !objects.isEmpty
    else { return [] }
    let surfaces = isGiven ? "are those of the labels" : "run at the threshold"
    return [
      "no object tells how wide the point-spread function is: surfaces \(surfaces); give it with --psf X,Y,Z"
    ]
  }
}

extension Grid {
  var calibrationWarnings: [String] {
    isCalibrated
      ? []
      : ["the voxel size is unknown: every length is in voxels; give it with --spacing X,Y,Z"]
  }
}
