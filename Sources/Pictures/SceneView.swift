/// From where a scene is seen, and how large its picture is. The camera is orthographic: lengths
/// are the same near and far.
///
/// World axes are those of the image, x, y, z. With azimuth 0 and elevation 90 the scene looks as
/// its slices do: x to the right, y down, seen along +z, so that the first plane is in front. Lower
/// elevations tilt the lower edge of that picture towards the viewer, until at 0 the viewer looks
/// along -y and z points down. Nothing is ever mirrored.
public struct SceneView: Sendable, Hashable {
  /// Degrees by which the viewer has gone around the z axis, from +y towards -x.
  public var azimuth: Double
  /// Degrees above the plane of x and y, on the side of the first plane.
  public var elevation: Double
  /// Pixels.
  public var width: Int
  /// Pixels.
  public var height: Int
  public var background: RGB
  /// Pixels that stay free on every side when the scene is fitted to the picture.
  public var margin: Int
  /// The scale; `nil` to fit the scene to the picture.
  public var pixelsPerUnit: Double?
  /// The world position in the middle of the picture; `nil` for the middle of the scene.
  public var center: SIMD3<Double>?

  public init(
    azimuth: Double = 30, elevation: Double = 30, width: Int = 800, height: Int = 800,
    background: RGB = RGB(r: 247, g: 248, b: 250), margin: Int = 24, pixelsPerUnit: Double? = nil,
    center: SIMD3<Double>? = nil
  ) {
    self.azimuth = azimuth
    self.elevation = elevation
    self.width = width
    self.height = height
    self.background = background
    self.margin = margin
    self.pixelsPerUnit = pixelsPerUnit
    self.center = center
  }

  /// The view in which a scene looks as the slices of its image do.
  public static func likeSlices(width: Int = 800, height: Int = 800) -> SceneView {
    SceneView(azimuth: 0, elevation: 90, width: width, height: height)
  }
}
