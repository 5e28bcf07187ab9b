import Lamina
import Testing

@Suite("Causes of uncertainty in the table") struct UncertaintyColumnTests {
  @Test(
    "squared, they add up to the whole, and those of a mask are known",
    arguments: ["surface_area_u", "volume_u", "mean_curvature_integral_u"])
  func quadrature(name: String) throws {
    var options = AnalysisOptions()
    options.inputIsLabels = true
    options.columns = .all
    let mask = try Phantom(solid: .ellipsoid(semiAxes: SIMD3(11, 8, 6))).mask.image(as: .uint8)
    let row = try Analysis(of: mask, options: options).objects[0].measurements
    func number(_ name: String) -> Double {
      let column = MeasurementColumn.all.first { $0.name == name }
      guard case .number(let number) = column?.value(row) else { return .nan }
      return number
    }
    let causes = ["sampling", "relief", "series", "level", "blur"].map { number("\(name)_\($0)") }
    let sum = causes.reduce(0) { $0 + $1 * $1 }
    #expect(abs(sum.squareRoot() / number(name) - 1) < 1e-9)
    #expect(causes[0] > 0 && causes[3] == 0 && causes[4] == 0)
  }
}
