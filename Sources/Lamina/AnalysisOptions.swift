public import MeshProcessing
public import Volumes

/// How the level that separates objects from background is found.
public enum ThresholdMethod: Sendable, Hashable, TextCodable {
  /// Otsu's method on the smoothed field.
  case otsu
  /// A grey value; greater is inside.
  case value(Double)

  public init?(_ description: String) {
    if description.lowercased() == "otsu" {
      self = .otsu
    } else if let value = Double(description), value.isFinite {
      self = .value(value)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .otsu: "otsu"
    case .value(let value): "\(value)"
    }
  }
}

/// What the surfaces are drawn through.
public enum SurfaceSource: String, Sendable, Hashable, Codable, CaseIterable {
  /// The grey values at the threshold: sub-voxel, without a staircase.
  case grey
  /// The label image alone, midway between voxels.
  case mask
}

/// The smoothing of the surfaces, as a word: `none`, or one of ``Smoothing``, `taubin:10`.
public struct SmoothingChoice: Sendable, Hashable, TextCodable {
  /// `nil` for no smoothing.
  public let method: Smoothing?

  public static let none = SmoothingChoice(method: nil)

  public init(method: Smoothing?) { self.method = method }

  public init?(_ description: String) {
    if description.lowercased() == "none" {
      self = .none
    } else if let method = Smoothing(description) {
      self.init(method: method)
    } else {
      return nil
    }
  }

  public var description: String { method?.description ?? "none" }
}

/// Every choice of an analysis, from the stack to the table.
public struct AnalysisOptions: Sendable, Hashable, Codable {
  /// Voxel spacing along x, y, z in ``unit``; `nil` takes what the file says.
  public var spacing: SIMD3<Double>?
  /// The unit of ``spacing``; `nil` keeps the file's, or micrometres where it has none.
  public var unit: LengthUnit?
  /// Channel and frame of a hyperstack, counted from 1; `nil` for the first.
  public var channel: Int?
  public var frame: Int?
  /// The input is a label image: it is not segmented again, and only ``SurfaceSource/mask`` is there.
  public var inputIsLabels = false
  /// Standard deviation of the Gaussian before the threshold; `nil` for the smallest voxel spacing
  /// on all three axes. It moves a surface of mean curvature H inwards by about sigma² H.
  public var sigma: Length?
  public var threshold = ThresholdMethod.otsu
  /// Fill the cavities of the objects.
  public var fillHoles = false
  public var connectivity = VoxelConnectivity.corners
  /// Objects smaller than this volume, in cubic units of the image, are left out.
  public var minimumVolume = 0.0
  /// Leave out the objects that the border of the image cuts.
  public var clearBorder = false
  public var surface = SurfaceSource.grey
  public var smoothing = SmoothingChoice.none
  /// The fraction of triangles that exported meshes keep; `nil` for all.
  public var simplification: Double?

  public init() {}
}
