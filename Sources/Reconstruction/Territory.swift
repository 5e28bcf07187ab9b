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
struct Territory {
  /// The box that the surface lies in: the object and one voxel around it.
  let lower: SIMD3<Int>
  let size: SIMD3<Int>

  private let field: Volume<Float>?
  private let level: Float
  private let labels: LabelVolume?
  private let label: UInt32
  private let imageSize: SIMD3<Int>

  /// The whole of a field, without labels.
  init(field: Volume<Float>, level: Float) {
    lower = SIMD3(repeating: -1)
    size = field.grid.size &+ 2
    self.field = field
    self.level = level
    labels = nil
    label = 0
    imageSize = field.grid.size
  }

  /// One object, with the course of its surface from a field or, without one, midway between voxels.
  init(_ object: LabelObject, in labels: LabelVolume, field: Volume<Float>?, level: Float) {
    lower = object.lower &- 1
    size = object.upper &- object.lower &+ 3
    self.field = field
    self.level = level
    self.labels = labels
    label = object.label
    imageSize = labels.grid.size
  }

  /// Writes slice `z` of the box, counted from its lower end.
  func fill(slice z: Int, into values: inout [Float]) {
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
