/// What a sweep has found, in sentences.
struct SweepAnswer {
  let sentences: [String]

  init(
    _ table: SweepMedians, sweep: Sweep, criteria: SweepSummary.Criteria, limits: [SweepLimit]
  ) {
    let unit = sweep.unit.rawValue
    let half = sweep.surface == nil ? "half a mean edge" : "half a voxel"
    var sentences = [
      Self.strongest(
        table.strongest, distance: "\(criteria.hausdorff.text(digits: 3)) \(unit) or more, \(half),"
      )
    ]
    if let sentence = Self.uncertainty(limits) { sentences.append(sentence) }
    sentences += Self.kept(table.settings)
    if let sentence = Self.order(table.settings) { sentences.append(sentence) }
    sentences += Self.thresholds(table.settings)
    if sweep.surface == .staircase {
      sentences.append(
        "The surfaces were drawn midway between voxels, which makes them a staircase: a part of every change"
          + " of area and curvature, by smoothing above all, is the staircase that goes and no loss of"
          + " the object's own shape.")
    }
    if let sentence = Self.truth(table.settings) { sentences.append(sentence) }
    self.sentences = sentences
  }

  /// - Parameter distance: What no point may move by.
  private static func strongest(
    _ setting: SweepSummary.Setting?, distance: String
  ) -> String {
    let harmless =
      "area and volume change by less than 1 % and no point of the surface moves by \(distance)"
      + " in 95 % of the objects"
    guard let setting else {
      return "No simplification that was tried is harmless; it would be where \(harmless)."
    }
    return
      "The strongest harmless setting keeps \(percent(setting.simplify)) of the triangles"
      + " (\(setting.name)): \(harmless)."
  }

  /// From where on simplification does more than the measurement itself is uncertain by.
  private static func uncertainty(_ limits: [SweepLimit]) -> String? {
    guard !limits.isEmpty else { return nil }
    let known = limits.map { "\(percent($0.uncertainty)) of the \($0.quantity.words)" }
    let exceeded = limits.compactMap { limit in
      limit.simplify.map { "the \(limit.quantity.words) at \($0.text(digits: 6))" }
    }
    let effect =
      exceeded.isEmpty
      ? "no simplification that was tried changes the median object by more than that"
      : "simplification first changes the median object by more than that in "
        + exceeded.joined(separator: ", in ") + " of the triangles"
    return
      "The measurement itself is uncertain by \(known.joined(separator: ", ")) (standard uncertainty, median"
      + " object); without smoothing, \(effect)."
  }

  /// What is still right, without smoothing, at each of the fractions.
  private static func kept(_ settings: [SweepSummary.Setting]) -> [String] {
    let plain = settings.filter {
      $0.smooth == "none" && $0.threshold == settings[0].threshold && $0.simplify < 1
    }
    guard !plain.isEmpty else { return [] }
    func list(_ value: (SweepSummary.Setting) -> Double) -> String {
      plain.map { "\(percent(value($0))) at \($0.simplify.text(digits: 6))" }
        .joined(separator: ", ")
    }
    return [
      "Without smoothing, the area of the median object changes by \(list(\.areaChange)) of the"
        + " triangles, the integral of mean curvature by \(list(\.meanCurvatureIntegralChange)).",
      "Without smoothing, this part of the objects has as many concave regions as before:"
        + " \(list(\.concaveRegionsKept)) of the triangles; and this part its longest extent to 1 %:"
        + " \(list(\.lengthsKept)).",
    ]
  }

  /// Whether to smooth or to simplify first.
  private static func order(_ settings: [SweepSummary.Setting]) -> String? {
    let pairs = settings.filter { $0.order == .simplifyFirst }.compactMap { second in
      settings.first {
        $0.order == .smoothFirst && $0.smooth == second.smooth && $0.simplify == second.simplify
          && $0.threshold == second.threshold
      }.map { (smoothFirst: $0, simplifyFirst: second) }
    }
    guard !pairs.isEmpty else { return nil }
    let better = pairs.count { $0.smoothFirst.deviationRms < $0.simplifyFirst.deviationRms }
    let worst = pairs.max {
      abs($0.simplifyFirst.areaChange) < abs($1.simplifyFirst.areaChange)
    }
    guard let worst else { return nil }
    return
      "To smooth first moves the surface less in \(better) of \(pairs.count) pairs of settings; where"
      + " the order matters most for the area (\(worst.smoothFirst.smooth),"
      + " \(percent(worst.smoothFirst.simplify)) of the triangles) it changes by"
      + " \(percent(worst.smoothFirst.areaChange)) smooth-first and"
      + " \(percent(worst.simplifyFirst.areaChange)) simplify-first."
  }

  /// What another threshold does, beside which the rest is often small.
  private static func thresholds(_ settings: [SweepSummary.Setting]) -> [String] {
    let untouched = settings.filter { $0.smooth == "none" && $0.simplify == 1 }
    guard let first = untouched.first else { return [] }
    return untouched.dropFirst().map { other in
      "With the threshold \(other.threshold) instead of \(first.threshold) there are \(other.objects)"
        + " objects instead of \(first.objects), and the median area differs by"
        + " \(percent(other.surfaceArea / first.surfaceArea - 1)), the median volume by"
        + " \(percent(other.volume / first.volume - 1))."
    }
  }

  private static func truth(_ settings: [SweepSummary.Setting]) -> String? {
    guard let first = settings.first, let area = first.areaError, let volume = first.volumeError
    else { return nil }
    let best = settings.filter { $0.simplify < 1 }.min {
      abs($0.areaError ?? .infinity) < abs($1.areaError ?? .infinity)
    }
    let text =
      "Against the truth of the phantom, the surface as reconstructed is off by"
      + " \(percent(area)) in area and \(percent(volume)) in volume"
    guard let best, let bestArea = best.areaError else { return text + "." }
    return text + "; of the simplified ones the area is nearest at \(percent(best.simplify)) of the"
      + " triangles (\(best.name)), off by \(percent(bestArea))."
  }

  private static func percent(_ fraction: Double) -> String {
    "\((100 * fraction).text(digits: 3)) %"
  }
}

extension SweepLimit.Quantity {
  fileprivate var words: String {
    switch self {
    case .surfaceArea: "area"
    case .volume: "volume"
    case .meanCurvatureIntegral: "integral of mean curvature"
    }
  }
}

extension SweepSummary.Setting {
  /// The setting in words, without its fraction.
  fileprivate var name: String {
    guard smooth != "none" else { return "not smoothed" }
    return "\(smooth), \(order.rawValue)"
  }
}
