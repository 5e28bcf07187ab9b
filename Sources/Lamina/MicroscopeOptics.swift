internal import LibC

/// The optics of a fluorescence microscope, as far as they decide how it blurs.
public struct MicroscopeOptics: Sendable, Hashable {
  /// Numerical aperture of the objective, below the refractive index.
  public var numericalAperture: Double
  /// Of the medium between objective and specimen: 1.515 for oil, 1.333 for water, 1 for air.
  public var refractiveIndex: Double
  /// Of the light that is seen, in nanometres in vacuum.
  public var wavelength: Double
  /// Of the light that excites, in nanometres, in a confocal microscope; `nil` for a widefield one.
  public var excitation: Double?

  public init(
    numericalAperture: Double, refractiveIndex: Double, wavelength: Double,
    excitation: Double? = nil
  ) {
    self.numericalAperture = numericalAperture
    self.refractiveIndex = refractiveIndex
    self.wavelength = wavelength
    self.excitation = excitation
  }

  /// Whether these are numbers that a microscope can have.
  public var isPossible: Bool {
    let isBent = numericalAperture > 0 && numericalAperture < refractiveIndex
    return isBent && refractiveIndex <= 4
      && [wavelength, excitation ?? wavelength].allSatisfy { (100...10_000).contains($0) }
  }

  /// Standard deviation of the Gaussian that the point-spread function is closest to, across and
  /// along the optical axis, in nanometres.
  ///
  /// Widefield: the Gaussian with the curvature that the intensity of Debye's integral has in the focus, for any
  /// aperture; Zhang, Zerubia & Olivo-Marin 2007, doi:10.1364/AO.46.001819 (3D, non-paraxial). Confocal, its
  /// pinhole much smaller than the Airy disk: the product of the Gaussians of both wavelengths. An open pinhole
  /// comes close to widefield.
  ///
  /// Not in it: aberrations, and the wide skirts that a widefield microscope has and no Gaussian.
  public var sigma: (lateral: Double, axial: Double) {
    let emission = widefieldSigma(wavelength)
    guard let excitation else { return emission }
    let illumination = widefieldSigma(excitation)
    func product(_ a: Double, _ b: Double) -> Double { a * b / (a * a + b * b).squareRoot() }
    return (
      product(emission.lateral, illumination.lateral), product(emission.axial, illumination.axial)
    )
  }

  private func widefieldSigma(_ wavelength: Double) -> (lateral: Double, axial: Double) {
    let wavenumber = 2 * .pi * refractiveIndex / wavelength
    let c = cos(asin(numericalAperture / refractiveIndex))
    func power(_ halves: Double) -> Double { pow(c, halves / 2) }
    let opening = 1 - power(3)
    let lateral = 7 * opening / (4 - 7 * power(3) + 3 * power(7))
    let axial =
      4 * power(10) - 25 * power(7) + 42 * power(5) - 25 * power(3) + 4
    return (
      lateral.squareRoot() / wavenumber,
      5 * 7.0.squareRoot() * opening / (6 * axial).squareRoot() / wavenumber
    )
  }
}
