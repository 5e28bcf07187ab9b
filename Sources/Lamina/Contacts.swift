internal import Morphometry
internal import Reconstruction
internal import Volumes

extension Segmentation {
  /// How much the objects touch each other, by label, for those that do. What was left out of the objects
  /// counts as background.
  func contacts() -> [UInt32: ContactMeasurements] {
    let known = Set(objects.map(\.label))
    var contacts: [UInt32: ContactMeasurements] = [:]
    for contact in labels.contactAreas()
    where known.contains(contact.first) && known.contains(contact.second) {
      contacts[contact.first, default: .init()].add(contact)
      contacts[contact.second, default: .init()].add(contact)
    }
    return contacts
  }
}

extension ContactMeasurements {
  fileprivate mutating func add(_ contact: ContactArea) {
    self = ContactMeasurements(
      neighbourCount: neighbourCount + 1, area: area + contact.area)
  }
}
