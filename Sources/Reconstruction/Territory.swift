internal import Volumes

/// What a surface is drawn around, one slice at a time: how far the field lies above the level in
/// the territory of one object.
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
  let size: SIMD3<Int>
  /// How many steps there are from one slice of the image to the next. Odd, so that no step lies midway.
  let stepsPerSlice: Int

  private let field: Volume<Float>?
  private let level: Float
  private let labels: LabelVolume?
  private let label: UInt32
  private let imageSize: SIMD3<Int>
  private let spline: SplineSlices?
  /// The part of the box that lies in the image.
  private let imageLower: SIMD3<Int>
  private let imagePart: SIMD3<Int>

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
    self.size = size
    self.field = field
    self.level = level
    self.labels = labels
    self.label = label
    imageSize = grid.size
    imageLower = pointwiseMax(lower, .zero)
    imagePart = pointwiseMin(lower &+ size, grid.size) &- imageLower
    let ratio = grid.spacing.z / min(grid.spacing.x, grid.spacing.y)
    stepsPerSlice = field == nil ? 1 : min(2 * Int(min(ratio, 100) / 2) + 1, 9)
    if stepsPerSlice > 1, let field {
      spline = SplineSlices(field, lower: imageLower, size: imagePart)
    } else {
      spline = nil
    }
  }

  /// The slices of the box with those in between.
  var sliceCount: Int { (size.z - 1) * stepsPerSlice + 1 }

  /// The place of a slice along z, in slices of the image.
  func imageZ(ofSlice slice: Int) -> Double {
    Double(lower.z) + Double(slice) / Double(stepsPerSlice)
  }

  /// Writes one of the slices, counted from the lower end of the box.
  func fill(slice: Int, into values: inout [Float]) {
    let (z, step) = slice.quotientAndRemainder(dividingBy: stepsPerSlice)
    fill(imageSlice: z, into: &values)
    guard step > 0 else { return }
    var above = values
    fill(imageSlice: z + 1, into: &above)
    fill(&values, upTo: above, z: z, step: step)
  }

  /// Goes from the values of one slice towards those of the next.
  private func fill(_ values: inout [Float], upTo above: [Float], z: Int, step: Int) {
    let fraction = Double(step) / Double(stepsPerSlice)
    let offset = imageLower &- lower
    var heights: [Float] = []
    let isInImage = lower.z + z >= 0 && lower.z + z + 1 < imageSize.z
    if isInImage { spline?.interpolate(above: lower.z + z, at: fraction, into: &heights) }
    for y in 0..<size.y {
      for x in 0..<size.x {
        let i = y * size.x + x
        let (low, high) = (min(values[i], above[i]), max(values[i], above[i]))
        guard low.isFinite, high.isFinite, isInImage else {
          // What is so by decree reaches midway.
          if 2 * step > stepsPerSlice { values[i] = above[i] }
          continue
        }
        let height = heights[(y - offset.y) * imagePart.x + x - offset.x] - level
        // A field that is not a number somewhere in the column has no spline.
        values[i] =
          height == height
          ? min(max(height, low), high) : values[i] + Float(fraction) * (above[i] - values[i])
      }
    }
  }

  /// Writes the values of a slice that the image has, counted from the lower end of the box.
  private func fill(imageSlice z: Int, into values: inout [Float]) {
    var target = values.mutableSpan
    let imageZ = lower.z + z
    for y in 0..<size.y {
      let imageY = lower.y + y
      let row = y * size.x
      guard imageZ >= 0, imageZ < imageSize.z, imageY >= 0, imageY < imageSize.y else {
        for x in 0..<size.x { target[row + x] = -.infinity }
        continue
      }
      // The part of the row that lies in the image.
      let first = max(0, -lower.x)
      let end = min(size.x, imageSize.x - lower.x)
      for x in 0..<first { target[row + x] = -.infinity }
      for x in end..<max(end, size.x) { target[row + x] = -.infinity }
      let start = (imageZ * imageSize.y + imageY) * imageSize.x + lower.x
      fill(&target, row + first..<row + end, from: start + first)
    }
  }

  /// Fills a part of a row from the voxels that begin at `start`.
  private func fill(_ target: inout MutableSpan<Float>, _ part: Range<Int>, from start: Int) {
    let first = part.lowerBound
    let range = start..<start + part.count
    switch (field, labels) {
    case (let field?, let labels?):
      let heights = field.voxels.extracting(range)
      let owners = labels.voxels.extracting(range)
      for i in heights.indices {
        let height = heights[i] - level
        let isAbove = height > 0
        let isOwn = owners[i] == label
        target[first + i] =
          isAbove == isOwn && height == height ? height : isOwn ? .infinity : -.infinity
      }
    case (let field?, nil):
      let heights = field.voxels.extracting(range)
      for i in heights.indices {
        let height = heights[i] - level
        target[first + i] = height == height ? height : -.infinity
      }
    case (nil, let labels?):
      let owners = labels.voxels.extracting(range)
      for i in owners.indices { target[first + i] = owners[i] == label ? .infinity : -.infinity }
    case (nil, nil):
      preconditionFailure("a territory needs a field or labels")
    }
  }
}
