/// What can go wrong with a picture that is to be stored.
public enum PictureError: Error, Sendable, Hashable, CustomStringConvertible {
  /// libpng refused the picture, with its reason.
  case notEncodable(width: Int, height: Int, reason: String)

  public var description: String {
    switch self {
    case .notEncodable(let width, let height, let reason):
      "cannot write a picture of \(width) x \(height) pixels as PNG: \(reason)"
    }
  }
}
