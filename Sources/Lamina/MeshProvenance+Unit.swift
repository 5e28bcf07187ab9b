public import MeshIO
public import Volumes

extension MeshProvenance {
  /// The provenance of a mesh whose coordinates are in a unit of length.
  public init(unit: LengthUnit, name: String = "mesh") {
    self.init(
      name: name, unit: unit.rawValue, metresPerUnit: unit.metres,
      generator: "Lamina \(laminaVersion)")
  }
}
