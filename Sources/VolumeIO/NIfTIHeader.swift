internal import Volumes

/// The header of a NIfTI file, of version 1 (348 bytes) or 2 (540 bytes).
struct NIfTIHeader {
  let isBigEndian: Bool
  /// Whether the voxels are in a file of their own.
  let isPair: Bool
  let size: SIMD3<Int>
  let frameCount: Int
  let channelCount: Int
  let sampleType: SampleType
  let dataOffset: Int
  /// What stored values are multiplied by and increased by.
  let scale: Double
  let shift: Double
  private let path: String
  private let pixelSizes: [Double]
  private let unitCode: Int
  /// The steps from voxel to voxel along each axis and the place of the first one, if it says so.
  private let affine: (steps: [SIMD3<Double>], origin: SIMD3<Double>)?

  /// Whether a file begins with such a header, without gzip.
  static func isAhead(in start: [UInt8]) -> Bool {
    guard start.count >= 348 else { return false }
    let magic = start[344..<347]
    return start.starts(with: [92, 1, 0, 0]) || start.starts(with: [0, 0, 1, 92])
      ? magic.elementsEqual("n+1".utf8) || magic.elementsEqual("ni1".utf8)
      : start[4..<7].elementsEqual("n+2".utf8) || start[4..<7].elementsEqual("ni2".utf8)
  }

  init(_ bytes: [UInt8], path: String) throws(VolumeFileError) {
    self.path = path
    try Self.checkMagic(bytes, path)
    let isFirstVersion = bytes[0] == 92 || bytes[3] == 92
    guard isFirstVersion || bytes.count >= 540 else {
      throw .damaged(path: path, page: nil, reason: "the file ends in its header")
    }
    isBigEndian = bytes[0] == 0
    isPair = bytes[isFirstVersion ? 344 + 1 : 4 + 1] == UInt8(ascii: "i")
    let fields = NIfTIFields(bytes, isBigEndian: isBigEndian, isFirstVersion: isFirstVersion)
    let sizes = try Self.sizes(fields.dimensions, path)
    size = SIMD3(sizes[0], sizes[1], sizes[2])
    frameCount = sizes[3]
    channelCount = sizes[4]
    guard let type = Self.sampleType(ofCode: fields.dataType) else {
      throw .unsupported(
        path: path, page: nil, what: "a voxel of type \(fields.dataType) (\(fields.bits) bits)",
        advice: "save it as numbers of 8 to 64 bits")
    }
    sampleType = type
    guard let offset = fields.dataOffset, offset >= 0, isPair || offset >= 348 || offset == 0 else {
      throw .damaged(path: path, page: nil, reason: "it does not say where its voxels begin")
    }
    dataOffset = isPair || offset > 0 ? offset : 352
    (scale, shift) = fields.scaling
    pixelSizes = fields.pixelSizes
    unitCode = fields.unitCode
    affine = fields.affine
  }

  private static func checkMagic(_ bytes: [UInt8], _ path: String) throws(VolumeFileError) {
    guard !isAhead(in: bytes) else { return }
    let isAnalyze = bytes.count >= 348 && max(bytes[0], bytes[3]) == 92
    if isAnalyze {
      throw .unsupported(
        path: path, page: nil, what: "ANALYZE 7.5, which does not say which way axes run",
        advice: "convert it to NIfTI")
    }
    throw .damaged(path: path, page: nil, reason: "it has no header of NIfTI")
  }

  /// The sizes along x, y, z, time, channel and two more that have to be 1.
  /// - Parameter dimensions: How many there are, and the sizes.
  private static func sizes(_ dimensions: [Int], _ path: String) throws(VolumeFileError) -> [Int] {
    guard (1...7).contains(dimensions[0]), dimensions[1...dimensions[0]].allSatisfy({ $0 > 0 })
    else {
      throw .damaged(path: path, page: nil, reason: "it claims the sizes \(dimensions)")
    }
    let sizes = (1...7).map { $0 <= dimensions[0] ? dimensions[$0] : 1 }
    guard sizes[5] == 1, sizes[6] == 1, sizes[3] <= 1 << 24, sizes[4] <= 1 << 24 else {
      throw .unsupported(
        path: path, page: nil, what: "an image of \(dimensions[0]) dimensions",
        advice: "save each of its volumes alone")
    }
    return sizes
  }

  /// As other files spell it; `nil` where it is none of space, or unknown.
  private var unit: String? {
    switch unitCode & 7 {
    case 1: "m"
    case 2: "mm"
    case 3: "µm"
    default: nil
    }
  }

  /// Where the voxels lie: from the sform, else the qform, else the sizes of the pixels alone.
  func calibrate(_ calibration: inout Calibration) throws(VolumeFileError) {
    let count = size.z > 1 ? 3 : 2
    var stated: [Double?] = (0..<3).map { $0 < count || pixelSizes[$0] > 0 ? pixelSizes[$0] : nil }
    var isPlain = true
    if let affine {
      guard let directions = AxisDirections(affine.steps) else {
        throw .unsupported(
          path: path, page: nil, what: "an image whose axes are not along those of the world",
          advice: "resample it along them first")
      }
      isPlain = directions.isPlain
      let spacing = [directions.spacing.x, directions.spacing.y, directions.spacing.z]
      let differs = (0..<3).contains { abs(spacing[$0] / pixelSizes[$0] - 1) > 1e-3 }
      if differs {
        calibration.warnings.append(
          "its voxel size \(pixelSizes.map { "\($0)" }.joined(separator: " x ")) contradicts its"
            + " transformation (\(spacing.map { "\($0)" }.joined(separator: " x "))), so neither is"
            + " used")
        stated = [nil, nil, nil]
      }
    }
    calibration.take(stated, units: [unit, unit, unit])
    if !isPlain { calibration.warnings.append(AxisDirections.warning) }
    if isPlain, let origin = affine?.origin, [origin.x, origin.y, origin.z].allSatisfy(\.isFinite) {
      calibration.origin = origin
    }
  }

  private static func sampleType(ofCode code: Int) -> SampleType? {
    switch code {
    case 2: .uint8
    case 4: .int16
    case 8: .int32
    case 16: .float32
    case 64: .float64
    case 256: .int8
    case 512: .uint16
    case 768: .uint32
    case 1024: .int64
    case 1280: .uint64
    default: nil
    }
  }
}
