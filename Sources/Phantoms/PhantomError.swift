internal import Volumes

/// Why a phantom cannot be made.
public enum PhantomError: Error, Sendable, Hashable, CustomStringConvertible {
  case badParameter(name: String, value: String, mustBe: String)
  /// More voxels than anybody wants: the size is a mistake.
  case tooLarge(voxels: Double)
  case greyValueDoesNotFit(value: Double, type: String)
  case outOfMemory(bytes: Int)

  public var description: String {
    switch self {
    case .badParameter(let name, let value, let rule): "\(name) must be \(rule), got \(value)"
    case .tooLarge(let voxels):
      "the phantom would have \(voxels) voxels; choose a smaller solid or a larger spacing"
    case .greyValueDoesNotFit(let value, let type):
      "the grey value \(value) does not fit into \(type); choose another value or another type"
    case .outOfMemory(let bytes): "not enough memory for a phantom of \(bytes >> 20) MB"
    }
  }
}
