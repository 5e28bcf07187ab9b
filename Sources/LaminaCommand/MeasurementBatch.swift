import Files
import Lamina

/// One or many inputs measured into one folder. A bad input is named and the others go on.
struct MeasurementBatch {
  let inputs: [String]
  /// A label image for each of the inputs; empty where the inputs are to be segmented.
  let objects: [String]
  /// The same for what the objects lie in.
  let parents: [String]
  let output: String
  let force: Bool
  /// Whether a table and a progress bar are wanted.
  let isVerbose: Bool
  /// Whether notes are unwanted, too.
  let isSilent: Bool

  /// What `--json` prints.
  struct Report: Encodable {
    /// The level of the only input; absent for several or for label images.
    var threshold: Double?
    var objects = 0
    var failed = 0
    /// Seconds by stage; those of the stages per object are summed over the threads.
    var stages: [String: Double] = [:]
    var peakMb = 0.0
    var warnings: [String] = []
  }

  func measureStacks(with run: MeasurementRun) throws -> Report {
    try inputs.count == 1 ? measureOne(with: run) : measureMany(with: run)
  }

  private func measureOne(with run: MeasurementRun) throws -> Report {
    let clock = StageClock()
    let folder = try resultFolder(output, for: MeasurementRun.resultNames, force: force)
    let outcome = try measure(0, with: run, into: folder, clock)
    if isVerbose { show([outcome]) }
    var report = Report(threshold: outcome.threshold, objects: outcome.rows.count)
    report.warnings = outcome.warnings
    return finished(report, clock)
  }

  private func measureMany(with run: MeasurementRun) throws -> Report {
    let clock = StageClock()
    let names = folderNames()
    let all = try resultFolder(output, for: names + ["measurements.csv"], force: force)
    var report = Report()
    var outcomes: [MeasurementRun.Outcome] = []
    for (index, (input, name)) in zip(inputs, names).enumerated() {
      do {
        let folder = try ResultFolder(
          all.place(for: name), for: MeasurementRun.resultNames, force: force)
        let outcome = try measure(index, with: run, into: folder, clock)
        outcomes.append(outcome)
        report.warnings += outcome.warnings.map { "\(input): \($0)" }
      } catch {
        Console.error("\(error)")
        report.failed += 1
      }
    }
    guard !outcomes.isEmpty else {
      all.discard()
      return finished(report, clock)
    }
    let table = MeasurementTable(
      outcomes.flatMap(\.rows),
      sources: outcomes.flatMap { outcome in outcome.rows.map { _ in outcome.input } },
      columns: run.options.columns.columns)
    try writeFile(Array(table.csv.utf8), to: all.place(for: "measurements.csv"))
    try all.commit()
    if isVerbose { show(outcomes) }
    report.objects = table.rows.count
    return finished(report, clock)
  }

  /// Measures one of the inputs with the objects and parents that were named beside it.
  private func measure(
    _ index: Int, with run: MeasurementRun, into folder: ResultFolder, _ clock: StageClock
  ) throws -> MeasurementRun.Outcome {
    let input = inputs[index]
    let outcome = try naming(input) {
      try run.run(
        on: input, objects: objects.isEmpty ? nil : objects[index],
        parents: parents.isEmpty ? nil : parents[index], into: folder, clock: clock,
        observer: observer(for: input))
    }
    try folder.commit()
    return outcome
  }

  /// A name per input, that of its file without the ending; equal names get a number.
  func folderNames() -> [String] {
    var used: Set<String> = []
    return inputs.map { input in
      let file = input.split(separator: "/").last.map(String.init) ?? input
      let stem = file.firstIndex(of: ".").map { String(file[..<$0]) } ?? file
      let base = stem.isEmpty ? "input" : stem
      var name = base
      var number = 2
      while !used.insert(name).inserted {
        name = "\(base)-\(number)"
        number += 1
      }
      return name
    }
  }

  private func observer(for input: String) -> MeasurementRun.Observer {
    let isVerbose = isVerbose
    let progress = Progress()
    return MeasurementRun.Observer(
      warned: { Console.warning("\(input): \($0)") },
      foundObjects: { progress.start("measuring", total: $0, isVisible: isVerbose) },
      finishedObject: { progress.advance() })
  }

  func finished(_ report: Report, _ clock: StageClock) -> Report {
    var report = report
    report.stages = clock.byName
    report.peakMb = Console.peakMemory
    return report
  }

  private func show(_ outcomes: [MeasurementRun.Outcome]) {
    for outcome in outcomes {
      if outcomes.count > 1 { print("\n\(outcome.input)") }
      SummaryTable(rows: outcome.rows, unit: outcome.grid.unit).print()
    }
    let count = outcomes.reduce(0) { $0 + $1.rows.count }
    print("\(count.counted("object", "objects")) -> \(output)/measurements.csv")
  }
}
