internal import LibC
public import Volumes

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The exact measurements of a phantom, and how it was made.
public struct PhantomTruth: Codable, Sendable, Hashable {
  public let shape: String
  /// Radius; semi-axes; major and minor radius; radius and height of a capsule's tube; half side
  /// and edge radius of a rounded cube; radius of the sphere of equal volume.
  public let radii: [Double]
  /// In square units.
  public let surfaceArea: Double
  /// In cubic units.
  public let volume: Double
  /// The area-weighted mean of H, in 1/unit.
  public let meanCurvature: Double
  /// In units.
  public let meanCurvatureIntegral: Double
  /// The smallest and the largest H, in 1/unit; to about 1 % for bumpy, lobed and nucleus.
  public let meanCurvatureMin: Double
  public let meanCurvatureMax: Double
  /// Of H², the Willmore energy.
  public let squaredMeanCurvatureIntegral: Double
  public let gaussianCurvatureIntegral: Double
  /// Of the surface.
  public let eulerNumber: Int
  public let equivalentDiameter: Double
  public let sphericity: Double
  /// Centre of mass, in world coordinates.
  public let centroid: [Double]
  /// The grey value half-way between background and foreground.
  public let halfLevel: Double
  public let foreground: Double
  public let background: Double
  public let spacing: [Double]
  public let unit: LengthUnit
  public let shift: [Double]
  /// Quaternion x, y, z, w.
  public let rotation: [Double]
  public let sampling: PhantomSampling
  public let blur: [Double]
  public let noise: Double
  /// Absent without a camera that counts photons.
  public let snr: Double?
  public let readNoise: Double?
  /// Absent for an even stain.
  public let texture: StainTexture?
  public let seed: UInt64

  /// The truth as JSON with sorted keys.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return try Array(encoder.encode(self)) + [10]
  }
}

extension Phantom {
  /// What a perfect measurement of the phantom would give.
  public var truth: PhantomTruth {
    let sphereOfEqualVolume = cbrt(6 * solid.volume / .pi)
    return PhantomTruth(
      shape: solid.name, radii: solid.radii, surfaceArea: solid.surfaceArea, volume: solid.volume,
      meanCurvature: solid.meanCurvatureIntegral / solid.surfaceArea,
      meanCurvatureIntegral: solid.meanCurvatureIntegral,
      meanCurvatureMin: solid.meanCurvatures.lowerBound,
      meanCurvatureMax: solid.meanCurvatures.upperBound,
      squaredMeanCurvatureIntegral: solid.squaredMeanCurvatureIntegral,
      gaussianCurvatureIntegral: solid.gaussianCurvatureIntegral, eulerNumber: solid.eulerNumber,
      equivalentDiameter: sphereOfEqualVolume,
      sphericity: .pi * sphereOfEqualVolume * sphereOfEqualVolume / solid.surfaceArea,
      centroid: (center + rotation.rotated(solid.centroid)).list,
      halfLevel: (foreground + background) / 2, foreground: foreground,
      background: background, spacing: spacing.list, unit: unit, shift: shift.list,
      rotation: rotation.quaternion, sampling: sampling, blur: blur.list, noise: noise, snr: snr,
      readNoise: snr.map { _ in readNoise }, texture: texture, seed: seed)
  }
}

extension Solid {
  fileprivate var radii: [Double] {
    switch self {
    case .sphere(let radius): [radius]
    case .ellipsoid(let axes): axes.list
    case .torus(let major, let minor): [major, minor]
    case .capsule(let radius, let height): [radius, height]
    case .roundedCube(let half, let edge): [half, edge]
    case .star(let shape): [shape.radius]
    }
  }
}

extension SIMD3<Double> {
  fileprivate var list: [Double] { [x, y, z] }
}
