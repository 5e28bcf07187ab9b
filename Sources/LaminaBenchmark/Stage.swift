import Foundation
import Lamina

/// What the stages start from, made once and not timed.
struct StageInputs {
  let image: Image
  /// The file that the image is in.
  let path: String
  /// The image after a Gaussian of 2 voxels.
  let field: Volume<Float>
  /// Otsu's threshold of the field.
  let level: Float
  /// The field above Otsu's threshold.
  let mask: Mask
  /// A quarter of the voxels, at random.
  let noise: Mask
  let labels: LabelVolume
  let objects: [LabelObject]
  /// Minus the distance to the background, and one voxel in each object to flood it from.
  let landscape: Volume<Float>
  let seeds: LabelVolume
  /// The surface of the field at Otsu's threshold.
  let surface: TriangleMesh
  /// Where files are written, the same for the peers.
  let scratch = NSTemporaryDirectory() + "lamina-benchmark"

  init(image: Image, path: String) throws {
    self.image = image
    self.path = path
    field = try image.gaussianBlurred(sigma: 2 * image.grid.spacing)
    level = Float(field.histogram()?.otsuThreshold ?? 0)
    mask = field.mask(above: level)
    noise = Mask.noise(on: image.grid)
    labels = try mask.connectedComponents()
    objects = labels.objects()
    var landscape = try Volume<Float>(grid: image.grid)
    landscape.subtract(try mask.distanceTransform())
    self.landscape = landscape
    seeds = try labels.summits(of: landscape)
    surface = field.isosurface(at: Float(level))
  }

  fileprivate func writeSurface(_ ending: String) throws {
    try surface.write(to: "\(scratch).\(ending)")
    try FileManager.default.removeItem(atPath: "\(scratch).\(ending)")
  }
}

/// One operation to be timed.
struct Stage: Sendable {
  let name: String
  let run: @Sendable (StageInputs) throws -> Void

  static let all: [Stage] = [
    Stage(name: "gaussian") { _ = try $0.image.gaussianBlurred(sigma: 2 * $0.image.grid.spacing) },
    Stage(name: "otsu") { _ = $0.field.histogram()?.otsuThreshold },
    Stage(name: "median3") { _ = try $0.image.medianFiltered(over: .connected(.corners)) },
    Stage(name: "opening1") { _ = $0.mask.opened(by: .connected(.faces)) },
    Stage(name: "opening2") { _ = $0.mask.opened(by: .ball(radius: 2 * $0.mask.grid.spacing)) },
    Stage(name: "components26") { _ = try $0.mask.connectedComponents(.corners) },
    Stage(name: "components26-noise") { _ = try $0.noise.connectedComponents(.corners) },
    Stage(name: "objects") { _ = $0.labels.objects() },
    Stage(name: "distance") { _ = try $0.mask.distanceTransform() },
    Stage(name: "watershed") { _ = try $0.landscape.watershed(from: $0.seeds, within: $0.mask) },
    Stage(name: "split") { inputs in
      _ = try inputs.labels.split(below: 0.9) { try inputs.labels.depths(of: $0) }
    },
    Stage(name: "isosurface") { _ = $0.field.isosurface(at: $0.level) },
    Stage(name: "surfaces") { inputs in
      _ = Parallel.map(inputs.objects.count) {
        inputs.field.isosurface(at: inputs.level, around: inputs.objects[$0], in: inputs.labels)
          .triangles.count
      }
    },
    Stage(name: "mask-surfaces") { inputs in
      _ = Parallel.map(inputs.objects.count) {
        inputs.labels.maskSurface(around: inputs.objects[$0]).triangles.count
      }
    },
    Stage(name: "joint-surfaces") { _ = $0.labels.surfaceNets() },
    Stage(name: "read") { _ = try Stack(contentsOf: $0.path) },
    Stage(name: "write-ply") { try $0.writeSurface("ply") },
    Stage(name: "write-stl") { try $0.writeSurface("stl") },
    Stage(name: "write-obj") { try $0.writeSurface("obj") },
  ]
}

extension Mask {
  fileprivate static func noise(on grid: Grid) -> Mask {
    var mask = Mask(grid: grid)
    var state: UInt64 = 1
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        for x in 0..<grid.size.x {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          if state >> 62 == 0 { mask[x, y, z] = true }
        }
      }
    }
    return mask
  }
}

extension Volume where Element == UInt32 {
  /// The lowest voxel of each object in a landscape, with its label.
  fileprivate func summits(of landscape: Volume<Float>) throws -> LabelVolume {
    var lowest: [UInt32: Int] = [:]
    for i in voxels.indices where voxels[i] != 0 {
      let known = lowest[voxels[i]]
      if known.map({ landscape.voxels[i] < landscape.voxels[$0] }) ?? true { lowest[voxels[i]] = i }
    }
    var seeds = try LabelVolume(grid: grid)
    var target = seeds.mutableVoxels
    for (label, voxel) in lowest { target[voxel] = label }
    return seeds
  }
}
