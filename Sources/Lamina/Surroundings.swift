internal import LibC
internal import MeshProcessing
internal import Morphometry
internal import Volumes

/// What the measurement of an object takes from all the others; what no column is made of is not there.
struct Surroundings: Sendable {
  let crofton: CroftonEstimator
  /// By label.
  let contacts: [UInt32: ContactMeasurements]
  let background: Background?
  let parents: Parents?
  /// By label.
  private(set) var neighbours: [UInt32: SurfaceNeighbours] = [:]

  func adding(_ neighbours: [UInt32: SurfaceNeighbours]) -> Surroundings {
    var more = self
    more.neighbours = neighbours
    return more
  }
}

extension Segmentation {
  func surroundings(
    _ parts: MeasuredParts, parents: LabelVolume?, _ clock: StageClock
  ) -> Surroundings {
    Surroundings(
      crofton: CroftonEstimator(spacing: grid.spacing),
      contacts: parts.contains(.contacts) ? clock.time("contacts") { contacts() } : [:],
      background: parts.contains(.surroundings)
        ? clock.time("background") { Background(of: labels) } : nil,
      parents: clock.time("parents") {
        parents.map { Parents(of: objects, in: labels, parents: $0) }
      })
  }

  /// How near the surfaces of the objects, in their order, are to each other.
  func neighbours(
    _ surfaces: [TriangleMesh], within distance: Length?
  ) throws -> [UInt32: SurfaceNeighbours] {
    let distance = try distance?.required(on: grid).geometricMean
    let neighbours = SurfaceNeighbours.all(among: surfaces, within: distance)
    return Dictionary(uniqueKeysWithValues: zip(objects.map(\.label), neighbours))
  }
}

extension SIMD3<Double> {
  /// One length for what is a number of voxels along each axis.
  var geometricMean: Double { cbrt(x * y * z) }
}
