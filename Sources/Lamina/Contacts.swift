internal import LibC
internal import Morphometry
internal import Reconstruction
internal import Volumes

extension Segmentation {
  /// How far the objects are from each other and how much they touch, by label. What was left out of the objects
  /// counts as background.
  func contacts() -> [UInt32: ContactMeasurements] {
    let distances = NearestDistance.distances(among: objects.map { $0.centroid(on: grid) })
    var contacts = Dictionary(
      uniqueKeysWithValues: zip(objects, distances).map {
        ($0.label, ContactMeasurements(nearestDistance: $1))
      })
    for contact in labels.contactAreas() {
      guard let first = contacts[contact.first], let second = contacts[contact.second] else {
        continue
      }
      contacts[contact.first] = first.adding(contact)
      contacts[contact.second] = second.adding(contact)
    }
    return contacts
  }
}

extension ContactMeasurements {
  fileprivate func adding(_ contact: ContactArea) -> ContactMeasurements {
    ContactMeasurements(
      neighbourCount: neighbourCount + 1, area: area + contact.area,
      areaUncertainty: hypot(areaUncertainty, contact.uncertainty),
      nearestDistance: nearestDistance)
  }
}
