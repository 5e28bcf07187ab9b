internal import Morphometry
internal import Phantoms
internal import Volumes

/// How well curvature is known at the points of the surface of a mask, found on phantoms in random positions.
struct CurvatureTrial {
  /// The area-weighted root mean square error of H, relative to that of H itself.
  let error: Double
  /// How much the angles that are missing at the vertices differ from 2 pi times the Euler number, relative to that.
  let angleDefect: Double

  init(_ shape: Calibration.Shape, radius: Double, count: Int, seed: UInt64) throws {
    var calibration = Calibration(seed: seed)
    calibration.options.inputIsLabels = true
    let trials = try Parallel.map(count) { [calibration] index in
      try Self.squares(calibration, shape, radius, seed &+ UInt64(index))
    }
    let sum = trials.reduce(SIMD2<Double>.zero) { $0 + $1.squares }
    error = (sum.x / sum.y).squareRoot()
    angleDefect = trials.reduce(0) { max($0, $1.angleDefect) }
  }

  /// The sums of the squared error of H and of H squared.
  private static func squares(
    _ calibration: Calibration, _ shape: Calibration.Shape, _ radius: Double, _ seed: UInt64
  ) throws -> (squares: SIMD2<Double>, angleDefect: Double) {
    let phantom = calibration.phantom(shape, radius: radius, seed: seed)
    let analysis = try Analysis(of: phantom.mask.image(as: .uint8), options: calibration.options)
    var sum = SIMD2<Double>.zero
    var angleDefect = 0.0
    for object in analysis.objects {
      let surface = object.measurements.surface
      let curvature = surface.curvature
      for (vertex, position) in object.mesh.positions.enumerated() {
        let exact = phantom.surfacePoint(nearest: SIMD3<Double>(position)).meanCurvature
        let error = curvature.mean[vertex] - exact
        sum += curvature.area[vertex] * SIMD2(error * error, exact * exact)
      }
      let turns = 2 * Double.pi * Double(surface.topology.eulerNumber)
      angleDefect = max(angleDefect, abs(curvature.gaussianIntegral / turns - 1))
    }
    return (sum, angleDefect)
  }
}
