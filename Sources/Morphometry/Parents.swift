internal import MeshProcessing
public import Volumes

/// What an object has to do with the larger one that it lies in, as a nucleus in its cell: from voxels alone.
public struct ParentMeasurements: Sendable, Hashable {
  /// The label of the parent: the one that most of the object's voxels have, of two the smaller. 0 where none has any, and
  /// nothing else is known.
  public let label: UInt32
  /// The part of the object's voxels that lie in the parent; NaN without one.
  public let overlap: Double
  /// Voxels of the object, wherever they lie, over voxels of the parent; NaN without one.
  public let volumeFraction: Double
  /// From the mean of the parent's voxels to that of the object's, in units; NaN without a parent.
  public let offset: Double
  /// How many objects have this parent, itself among them; 0 without one.
  public let childCount: Int
}

/// The parents of all objects.
public struct Parents: Sendable {
  private let byObject: [UInt32: ParentMeasurements]

  /// - Parameters:
  ///   - objects: Of the labels.
  ///   - parents: As large as the labels and placed as they are; 0 is nobody.
  public init(of objects: [LabelObject], in labels: LabelVolume, parents: LabelVolume) {
    precondition(labels.grid.size == parents.grid.size, "labels and parents differ in size")
    let shares = Parallel.map(objects.count) { labels.largestShare(of: objects[$0], in: parents) }
    let known = Dictionary(uniqueKeysWithValues: parents.objects().map { ($0.label, $0) })
    let children = Dictionary(shares.map { ($0.label, 1) }, uniquingKeysWith: +)
    byObject = Dictionary(
      uniqueKeysWithValues: zip(objects, shares).map { object, share in
        let parent = known[share.label].map { parent in
          ParentMeasurements(
            label: share.label, overlap: Double(share.count) / Double(object.voxelCount),
            volumeFraction: Double(object.voxelCount) / Double(parent.voxelCount),
            offset: length(object.centroid(on: labels.grid) - parent.centroid(on: labels.grid)),
            childCount: children[share.label] ?? 0)
        }
        return (object.label, parent ?? .none)
      })
  }

  /// The parent of an object, by the label of the object.
  public subscript(label: UInt32) -> ParentMeasurements? { byObject[label] }
}

extension ParentMeasurements {
  fileprivate static let none = ParentMeasurements(
    label: 0, overlap: .nan, volumeFraction: .nan, offset: .nan, childCount: 0)
}

extension Volume where Element == UInt32 {
  /// The label of another volume that most voxels of an object have, and how many of them; 0 where none has any.
  fileprivate func largestShare(
    of object: LabelObject, in parents: LabelVolume
  ) -> (label: UInt32, count: Int) {
    var counts: [UInt32: Int] = [:]
    forEachVoxel(of: object) { place in
      let index = object.lower &+ place
      let parent = parents.voxels[grid.offset(index.x, index.y, index.z)]
      if parent != 0 { counts[parent, default: 0] += 1 }
    }
    let largest = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return (largest?.key ?? 0, largest?.value ?? 0)
  }
}
