/// The rows of a sweep, setting by setting.
struct SweepMedians {
  let settings: [SweepSummary.Setting]
  private let criteria: SweepSummary.Criteria

  init(_ rows: [SweepRow], criteria: SweepSummary.Criteria) {
    self.criteria = criteria
    var order: [SweepSetting] = []
    var bySetting: [SweepSetting: [SweepRow]] = [:]
    for row in rows {
      if bySetting[row.setting] == nil { order.append(row.setting) }
      bySetting[row.setting, default: []].append(row)
    }
    let untouched = Dictionary(
      rows.filter { $0.setting.fraction == 1 && $0.setting.smoothing.method == nil }.map {
        (Key(row: $0), $0)
      }, uniquingKeysWith: { first, _ in first })
    settings = order.map { setting in
      Self.summed(bySetting[setting] ?? [], setting, untouched, criteria)
    }
  }

  /// An object at a threshold.
  private struct Key: Hashable {
    let label: UInt32
    let threshold: String

    init(row: SweepRow) {
      label = row.label
      threshold = row.setting.threshold
    }
  }

  /// The setting that leaves fewest triangles within the criteria; of equals the one that moves the
  /// surface least.
  var strongest: SweepSummary.Setting? {
    settings.filter { $0.withinCriteria >= criteria.share && $0.simplify < 1 }
      .min { ($0.simplify, $0.deviationRms) < ($1.simplify, $1.deviationRms) }
  }

  private static func summed(
    _ rows: [SweepRow], _ setting: SweepSetting, _ untouched: [Key: SweepRow],
    _ criteria: SweepSummary.Criteria
  ) -> SweepSummary.Setting {
    let pairs = rows.compactMap { row in untouched[Key(row: row)].map { (row: row, before: $0) } }
    func middle(_ value: (SweepRow) -> Double) -> Double { median(rows.map(value)) }
    func change(_ value: (SweepRow) -> Double) -> Double {
      median(pairs.map { value($0.row) / value($0.before) - 1 })
    }
    func share(_ holds: ((row: SweepRow, before: SweepRow)) -> Bool) -> Double {
      pairs.isEmpty ? .nan : Double(pairs.count(where: holds)) / Double(pairs.count)
    }
    return SweepSummary.Setting(
      threshold: setting.threshold, smooth: setting.smoothing.description,
      simplify: setting.fraction, order: setting.order, objects: rows.count,
      triangles: middle { Double($0.change.triangles) }, surfaceArea: middle(\.surfaceArea),
      volume: middle(\.volume), areaChange: middle(\.change.areaChange),
      volumeChange: middle(\.change.volumeChange),
      meanCurvatureIntegralChange: change(\.meanCurvatureIntegral),
      longestExtentChange: change(\.longestExtent),
      deviationRms: middle(\.change.deviation.rootMeanSquare),
      deviationHausdorff: middle(\.change.deviation.hausdorff),
      concaveRegionsKept: share { $0.row.concaveRegions == $0.before.concaveRegions },
      lengthsKept: share { abs($0.row.longestExtent / $0.before.longestExtent - 1) < 0.01 },
      withinCriteria: share { $0.row.isWithin(criteria) },
      secondsTotal: rows.reduce(0) { $0 + $1.seconds },
      areaError: rows.first?.areaError == nil ? nil : middle { $0.areaError ?? .nan },
      volumeError: rows.first?.volumeError == nil ? nil : middle { $0.volumeError ?? .nan },
      meanCurvatureIntegralError: rows.first?.meanCurvatureIntegralError == nil
        ? nil : middle { $0.meanCurvatureIntegralError ?? .nan })
  }
}

extension SweepRow {
  fileprivate func isWithin(_ criteria: SweepSummary.Criteria) -> Bool {
    abs(change.areaChange) < criteria.areaChange && abs(change.volumeChange) < criteria.volumeChange
      && change.deviation.hausdorff < criteria.hausdorff
  }
}
