internal import Volumes

/// What a surface is drawn around: how far the field lies above the level in the territory of one object.
///
///      own voxel           field - level                    +infinity where it is not above it
///      any other voxel     field - level                    -infinity where it is above it
///      beyond the image    -infinity
///
/// An infinite value says that the voxel is inside or outside by decree (a filled hole, a
/// neighbouring object, the border): the field cannot tell where the surface runs beside it, and it
/// runs midway.
///
/// Where the slices of the image are at least twice as far apart as its pixels, there are further
/// slices between them. There the value is interpolated by a spline but kept between those of the two
/// voxels, so that nothing is inside between two voxels outside, and the other way round.
struct Territory {
  /// The box that the surface lies in: the object and one voxel around it.
  let lower: SIMD3<Int>
  /// Points of the lattice in the box: voxels along x and y, slices and those in between along z.
  let size: SIMD3<Int>
  /// How many steps there are from one slice of the image to the next. Odd, so that no step lies midway.
  let stepsPerSlice: Int
  let grid: Grid

  let level: Float
  let label: UInt32
  private let spline: SplineSlices?
  private let field: Volume<Float>?
  private let labels: LabelVolume?

  /// The whole of a field, without labels.
  init(field: Volume<Float>, level: Float) {
    self.init(
      lower: SIMD3(repeating: -1), size: field.grid.size &+ 2, field: field, level: level,
      labels: nil, label: 0, grid: field.grid)
  }

  /// One object, with the course of its surface from a field or, without one, midway between voxels.
  init(_ object: LabelObject, in labels: LabelVolume, field: Volume<Float>?, level: Float) {
    self.init(
      lower: object.lower &- 1, size: object.upper &- object.lower &+ 3, field: field,
      level: level, labels: labels, label: object.label, grid: labels.grid)
  }

  private init(
    lower: SIMD3<Int>, size: SIMD3<Int>, field: Volume<Float>?, level: Float,
    labels: LabelVolume?, label: UInt32, grid: Grid
  ) {
    self.lower = lower
    self.field = field
    self.level = level
    self.labels = labels
    self.label = label
    self.grid = grid
    let ratio = grid.spacing.z / min(grid.spacing.x, grid.spacing.y)
    stepsPerSlice = field == nil ? 1 : min(2 * Int(min(ratio, 100) / 2) + 1, 9)
    self.size = SIMD3(size.x, size.y, (size.z - 1) * stepsPerSlice + 1)
    if stepsPerSlice > 1, let field {
      let part = (
        lower: pointwiseMax(lower, .zero), upper: pointwiseMin(lower &+ size, grid.size)
      )
      spline = SplineSlices(field, lower: part.lower, size: part.upper &- part.lower)
    } else {
      spline = nil
    }
  }

  /// How far every point of the lattice lies above the level.
  var heights: LatticeHeights {
    @_lifetime(borrow self) get {
      // SAFETY: what the spans point into belongs to the volumes that self holds.
      var (heights, owners) = (Span<Float>(), Span<UInt32>())
      if let field { heights = unsafe _overrideLifetime(field.voxels, borrowing: self) }
      if let labels { owners = unsafe _overrideLifetime(labels.voxels, borrowing: self) }
      var coefficients = Span<Float>()
      if let spline {
        coefficients = unsafe _overrideLifetime(spline.coefficients.span, borrowing: self)
      }
      return LatticeHeights(
        self, field: heights, labels: owners, spline: spline?.layout, coefficients)
    }
  }
}
