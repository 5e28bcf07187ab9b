public import MeshProcessing
public import Morphometry
public import VolumeIO
public import Volumes

/// What the surfaces are drawn through.
public enum SurfaceSource: String, Sendable, Hashable, Codable, CaseIterable {
  /// The grey values at the threshold: sub-voxel, without a staircase.
  case grey
  /// The label image alone, without the staircase of its voxels.
  case mask
  /// The label image alone, midway between voxels: for comparison with other tools. Its area is too
  /// large by 9 % and more.
  case staircase
  /// The label image alone, as relaxed surface nets: objects that touch share their wall.
  case nets
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
  /// Which of several series of images, counted from 1; `nil` for the one with the most slices.
  public var series: Int?
  /// Which resolution of an OME-Zarr, 1 for the full one; `nil` for that too.
  public var level: Int?
  /// The part of the image that is read; `nil` for all.
  public var box: VoxelBox?
  /// The input is a label image: it is not segmented again, and there are no grey values to draw through.
  public var inputIsLabels = false
  /// Standard deviation of the Gaussian before the threshold; `nil` for the smallest voxel spacing
  /// on all three axes. It moves a surface of mean curvature H inwards by about sigma² H.
  public var sigma: Length?
  public var threshold = ThresholdMethod.otsu
  /// The radius of the ball that the mask is opened with: what it does not fit into goes.
  public var opening: Length?
  /// The radius of the ball that the mask is closed with after that: gaps that it does not fit into
  /// are filled.
  public var closing: Length?
  /// Fill the cavities of the objects.
  public var fillHoles = false
  /// How touching objects are cut apart; `nil` for not at all.
  public var splitting: Splitting?
  public var connectivity = VoxelConnectivity.corners
  /// Objects smaller than this volume, in cubic units of the image, are left out.
  public var minimumVolume = 0.0
  /// Leave out the objects that the border of the image cuts.
  public var clearBorder = false
  public var surface = SurfaceSource.grey
  /// The microscope's point-spread function. With it, each surface runs at half of its own object's contrast, and
  /// what blur does to it is undone.
  public var pointSpread: PointSpread?
  /// The scale at which curvature is reported, the standard deviation of a Gaussian; `nil` for one that
  /// grows with the object. Where a surface is freed from staircase or noise by a wider blur than that, it is
  /// the blur.
  public var curvatureScale: Length?
  /// How curvature is found at the vertices of a surface that has no field to take it from.
  public var meshCurvature = MeshCurvatureMethod.corrected
  /// Whether mesh files carry the curvature at their vertices. Not together with ``simplification``, which makes
  /// other vertices than those that were measured.
  public var curvatureMap = false
  public var smoothing = SmoothingChoice.none
  /// The fraction of triangles that exported meshes keep; `nil` for all.
  public var simplification: Double?
  /// Other objects within this distance are counted; `nil` for none.
  public var neighbourDistance: Length?
  /// What the table holds, and so what is measured beyond the usual.
  public var columns = ColumnChoice.core

  public init() {}
}
