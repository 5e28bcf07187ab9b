internal import Volumes

/// One image of an OME document.
struct OMEImage {
  /// Which planes a run of pages holds.
  struct TiffData {
    let firstPage: Int?
    /// The first plane, from 0.
    let firstZ: Int
    let firstChannel: Int
    let firstFrame: Int
    let planeCount: Int?
    /// The file that has the pages; `nil` for the one that is read.
    var file: String?

    init(_ attributes: [String: String]) {
      func number(_ name: String) -> Int? { attributes[name].flatMap { Int($0) } }
      firstPage = number("IFD")
      firstZ = number("FirstZ") ?? 0
      firstChannel = number("FirstC") ?? 0
      firstFrame = number("FirstT") ?? 0
      planeCount = number("PlaneCount")
    }
  }

  /// For example `XYZCT`: what varies first, second and so on from one page to the next.
  let dimensionOrder: String
  /// Voxels along x, y and z; 0 where the document does not say.
  let sizes: SIMD3<Int>
  /// Channels times the samples of a pixel.
  let channelCount: Int
  let frameCount: Int
  /// `uint16`, `float` and so on, as OME spells it.
  let type: String
  private let physicalSizes: [Double?]
  private let units: [String?]
  var tiffData: [TiffData] = []

  init(pixels attributes: [String: String]) {
    func size(_ axis: String) -> Int { attributes["Size\(axis)"].flatMap { Int($0) } ?? 0 }
    dimensionOrder = attributes["DimensionOrder"] ?? "XYZCT"
    sizes = SIMD3(size("X"), size("Y"), size("Z"))
    channelCount = size("C")
    frameCount = size("T")
    type = attributes["Type"] ?? "?"
    physicalSizes = ["X", "Y", "Z"].map { axis in
      attributes["PhysicalSize\(axis)"].map { Double($0) ?? .nan }
    }
    // The default that the schema has.
    units = ["X", "Y", "Z"].map { attributes["PhysicalSize\($0)Unit"] ?? "µm" }
  }

  var summary: String { "\(sizes.x) x \(sizes.y) \(type)" }

  /// The type that the document says; `nil` for one that no page could have.
  var sampleType: SampleType? {
    switch type {
    case "bit": .uint8
    case "float": .float32
    case "double": .float64
    default: SampleType(rawValue: type)
    }
  }

  /// The voxel spacing, with a warning where it is missing or no length.
  var calibration: Calibration {
    var calibration = Calibration(source: .ome)
    calibration.take(physicalSizes, units: units)
    return calibration
  }
}
