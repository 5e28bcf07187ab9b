import ArgumentParser
import Lamina

/// How the microscope blurs, by its result or by its optics.
struct MicroscopeArguments: ParsableArguments {
  @Option(
    help: """
      Sigma of the point-spread function, x,y,z, in the image's unit, or auto to find it from the edges of the \
      objects: surfaces then run at half of their own contrast, and what blur does to them is undone.
      """)
  var psf: PointSpread?

  @Option(help: "In place of --psf: the numerical aperture of the objective.") var na: Double?

  @Option(help: "Wavelength of the light that is seen, in nanometres.") var wavelength: Double?

  @Option(help: "Wavelength of the light that excites: a confocal microscope, its pinhole small.")
  var excitation: Double?

  @Option(help: "Of the medium before the objective (default: 1.515, oil).")
  var refractiveIndex: Double?

  /// Which of them were given, by name.
  var given: [String: Bool] {
    [
      "--psf": psf != nil, "--na": na != nil, "--wavelength": wavelength != nil,
      "--excitation": excitation != nil, "--refractive-index": refractiveIndex != nil,
    ]
  }

  /// `nil` where nothing is said of it.
  var pointSpread: PointSpread? { optics.map { .optics($0) } ?? psf }

  private var optics: MicroscopeOptics? {
    guard let na, let wavelength else { return nil }
    return MicroscopeOptics(
      numericalAperture: na, refractiveIndex: refractiveIndex ?? 1.515, wavelength: wavelength,
      excitation: excitation)
  }

  func validate() throws {
    guard given.contains(where: { $0.key != "--psf" && $0.value }) else { return }
    guard psf == nil else {
      throw ValidationError("give --psf, or --na and --wavelength, not both")
    }
    guard let optics else { throw ValidationError("--na and --wavelength go together") }
    guard optics.isPossible else {
      throw ValidationError(
        "no microscope is like this: --na has to be below --refractive-index, and wavelengths are in nanometres"
      )
    }
  }
}
