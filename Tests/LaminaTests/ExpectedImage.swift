import Fixtures
import Lamina

/// An image of the zoo: what another reader found in it.
struct ExpectedImage {
  let path: String
  /// A letter an axis, slowest first: T, C, S (samples), Z (also I and Q), Y, X.
  private let axes: [Character]
  private let shape: [Int]
  private let type: String
  /// Along z, y, x; empty where the table does not say, words where a distance is missing.
  private let spacing: [String]
  private let unit: String
  private let hash: String
  private let isLossy: Bool

  init(_ row: [String: String]) {
    path = row["path"] ?? ""
    shape = (row["shape"] ?? "").split(separator: "x").compactMap { Int($0) }
    let named = Array(row["axes"] ?? "")
    axes = named.isEmpty ? Array("ZYX".suffix(shape.count)) : named
    type = row["dtype"] ?? ""
    spacing = (row["spacing"] ?? "").split(separator: " ").map(String.init)
    unit = row["unit"] ?? ""
    hash = row["sha256"] ?? ""
    isLossy = row["lossy"] == "yes"
  }

  /// What is wrong with what we read, if anything is.
  func problem() throws -> String? {
    let file = SharedData.path(path)
    let first = try Stack(contentsOf: file)
    let sizes = [
      first.frameCount, first.channelCount, first.image.grid.size.z, first.image.grid.size.y,
      first.image.grid.size.x,
    ]
    let order = axes.map {
      "T" == $0 ? 0 : "CS".contains($0) ? 1 : "ZIQ".contains($0) ? 2 : "Y" == $0 ? 3 : 4
    }
    guard order.map({ sizes[$0] }) == shape, sizes.reduce(1, *) == shape.reduce(1, *) else {
      return "it is \(sizes) (t, c, z, y, x)"
    }
    if let problem = calibrationProblem(first) { return problem }
    var planes: [[UInt8]] = []
    for frame in 1...sizes[0] {
      for channel in 1...sizes[1] {
        let stack = try Stack(contentsOf: file, selecting: .init(channel: channel, frame: frame))
        planes.append(stack.image.perform(BytesOfType(name: type)))
      }
    }
    let voxels = arranged(planes, sizes: sizes, order: order)
    if isLossy { return try lossProblem(voxels) }
    let copy = try TemporaryFolder()
    return sha256(ofFile: copy.file("voxels", voxels)) == hash ? nil : "its voxels are others"
  }

  private func calibrationProblem(_ stack: Stack) -> String? {
    let grid = stack.image.grid
    let expected = spacing.compactMap { Double($0) }.filter(\.isFinite)
    guard !spacing.isEmpty else { return nil }
    guard expected.count == 3 else {
      return grid.isCalibrated || stack.warnings.isEmpty ? "its calibration is invented" : nil
    }
    let unit = unit.isEmpty ? LengthUnit.unstated : LengthUnit(spelling: unit)
    let isNear = zip(expected, [grid.spacing.z, grid.spacing.y, grid.spacing.x]).allSatisfy {
      abs($0 / $1 - 1) < 1e-6
    }
    return isNear && grid.unit == unit
      ? nil : "its spacing is \(grid.spacing) \(grid.unit.rawValue)"
  }

  /// The bytes of all planes in the order of the axes.
  private func arranged(_ planes: [[UInt8]], sizes: [Int], order: [Int]) -> [UInt8] {
    let size = planes[0].count / (sizes[2] * sizes[3] * sizes[4])
    var voxels: [UInt8] = []
    voxels.reserveCapacity(planes.count * planes[0].count)
    var index = [0, 0, 0, 0, 0]
    func descend(_ depth: Int) {
      guard depth < order.count else {
        let offset = ((index[2] * sizes[3] + index[3]) * sizes[4] + index[4]) * size
        voxels += planes[index[0] * sizes[1] + index[1]][offset..<offset + size]
        return
      }
      for position in 0..<sizes[order[depth]] {
        index[order[depth]] = position
        descend(depth + 1)
      }
    }
    descend(0)
    return voxels
  }

  /// Lossy codecs come within a few grey values of the image that they were made from.
  private func lossProblem(_ voxels: [UInt8]) throws -> String? {
    let original = try Stack(contentsOf: SharedData.path("formats/gen/dtype_u1.tif"))
    let bytes = original.image.perform(BytesOfType(name: "uint8"))
    let error = zip(voxels, bytes).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) }
    let mean = error / Double(bytes.count)
    return mean > 0 && mean < 4 ? nil : "it is off by \(mean) grey values"
  }
}

/// The voxels as a file stores them, little-endian, where we read them as another type.
private struct BytesOfType: VolumeOperation {
  let name: String

  func run<V: Voxel>(on volume: Volume<V>) -> [UInt8] {
    func bytes<Stored: BitwiseCopyable>(_ stored: (Double) -> Stored) -> [UInt8] {
      volume.voxels.indices.flatMap { index in
        unsafe withUnsafeBytes(of: stored(volume.voxels[index].asDouble)) { unsafe Array($0) }
      }
    }
    return switch name {
    case "uint64": bytes { UInt64($0) }
    case "int64": bytes { Int64($0) }
    case "float16": bytes { Float16($0) }
    default: unsafe volume.voxels.withUnsafeBytes { unsafe Array($0) }
    }
  }
}
