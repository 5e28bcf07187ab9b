import ArgumentParser
import Lamina

struct Info: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the size, voxel type, calibration and grey values of image files.")

  @Argument(help: "Stacks.")
  var files: [String]

  @OptionGroup(title: "Image") var image: ImageOptions
  @OptionGroup(title: "Run") var runOptions: RunOptions

  /// What is known of one file, for `--json`.
  private struct Facts: Encodable {
    let file: String
    let size: [Int]
    let voxelType: String
    let spacing: [Double]
    let unit: String
    let calibration: String
    let channels: Int
    let frames: Int
    let series: Int
    let count: Int
    let min: Double
    let max: Double
    let mean: Double
    let sd: Double
    let mode: Double
    let modeCount: Int
    /// The grey values below which 1, 25, 50, 75 and 99 % of the voxels lie.
    let percentiles: [Double]
    let nonFinite: Int
    let warnings: [String]
  }

  func run() throws {
    try runOptions.run {
      var all: [Facts] = []
      var failed = false
      for file in files {
        do {
          let facts = try facts(of: file)
          all.append(facts)
          if !runOptions.json && !runOptions.quiet { show(facts) }
        } catch {
          Console.error("\(error)")
          failed = true
        }
      }
      if runOptions.json {
        if files.count == 1, let only = all.first {
          try printJSON(only)
        } else {
          try printJSON(["files": all])
        }
      }
      if failed { throw ExitCode.failure }
    }
  }

  private func facts(of file: String) throws -> Facts {
    var options = AnalysisOptions()
    image.apply(to: &options)
    let stack = try Stack(contentsOf: file, for: options)
    let grid = stack.image.grid
    let statistics = stack.image.statistics()
    let mode = stack.image.mode()
    let histogram = stack.image.histogram()
    return Facts(
      file: file, size: [grid.size.x, grid.size.y, grid.size.z],
      voxelType: stack.image.voxelTypeName,
      spacing: [grid.spacing.x, grid.spacing.y, grid.spacing.z], unit: grid.unit.rawValue,
      calibration: grid.calibration.rawValue, channels: stack.channelCount,
      frames: stack.frameCount, series: stack.seriesCount, count: statistics.count,
      min: statistics.minimum,
      max: statistics.maximum, mean: statistics.mean, sd: statistics.standardDeviation,
      mode: mode.value, modeCount: mode.count,
      percentiles: Self.shares.map { histogram?.percentile($0) ?? .nan },
      nonFinite: statistics.nonFiniteCount,
      warnings: stack.warnings)
  }

  private static let shares = [0.01, 0.25, 0.5, 0.75, 0.99]

  private func show(_ facts: Facts) {
    func list(_ numbers: [Double]) -> String {
      numbers.map { $0.text(digits: 6) }.joined(separator: " x ")
    }
    let isCalibrated = facts.calibration != CalibrationSource.none.rawValue
    let lines = [
      ("size", facts.size.map { "\($0)" }.joined(separator: " x ") + " voxels (x, y, z)"),
      ("voxel type", facts.voxelType),
      (
        "spacing",
        isCalibrated
          ? "\(list(facts.spacing)) \(facts.unit) (from \(facts.calibration))"
          : "unknown: the file has no calibration; give it with --spacing X,Y,Z"
      ),
      ("channels", "\(facts.channels)"), ("frames", "\(facts.frames)"),
      ("series", "\(facts.series)"),
      (
        "N",
        "\(facts.count)" + (facts.nonFinite > 0 ? " and \(facts.nonFinite) NaN or infinite" : "")
      ),
      ("min, max", "\(facts.min.text(digits: 8)), \(facts.max.text(digits: 8))"),
      ("mean, sd", "\(facts.mean.text(digits: 8)), \(facts.sd.text(digits: 8))"),
      ("1, 25, 50, 75, 99 %", facts.percentiles.map { $0.text(digits: 8) }.joined(separator: ", ")),
      ("mode", "\(facts.mode.text(digits: 8)) (\(facts.modeCount))"),
    ]
    print(facts.file)
    for (name, value) in lines {
      print("  \(name)\(String(repeating: " ", count: 21 - name.count))\(value)")
    }
    facts.warnings.forEach { Console.warning("\(facts.file): \($0)") }
  }
}
