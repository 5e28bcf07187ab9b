import Fixtures
import MeshProcessing
import Morphometry
import Testing
import Volumes

@Suite("Columns of the table") struct MeasurementColumnTests {
  @Test("every name is there once, is one plain word, and is defined")
  func names() {
    let names = MeasurementColumn.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.first == "label")
    for column in MeasurementColumn.all {
      #expect(column.name.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "_" || $0.isNumber) })
      #expect(column.definition.count > 5)
    }
  }

  @Test("what the issue of the table asks for is there")
  func required() {
    let names = Set(MeasurementColumn.all.map(\.name))
    let wanted = [
      "surface_area", "surface_area_crofton", "volume", "volume_voxel", "sphericity", "sa_to_v",
      "equivalent_diameter", "bbox_min_x", "bbox_max_z", "centroid_y", "mean_curvature",
      "mean_curvature_sd", "mean_curvature_integral", "gaussian_curvature",
      "gaussian_curvature_sd", "gaussian_curvature_integral", "euler_number", "genus",
      "touches_border", "watertight", "intensity_mean", "intensity_sd", "intensity_min",
      "intensity_max",
    ]
    #expect(names.isSuperset(of: wanted))
  }

  @Test("units follow the unit of the image")
  func units() {
    func unit(_ name: String) -> String? {
      MeasurementColumn.all.first { $0.name == name }?.unit(for: .micrometre)
    }
    #expect(unit("surface_area") == "µm²")
    #expect(unit("volume") == "µm³")
    #expect(unit("mean_curvature") == "1/µm")
    #expect(unit("gaussian_curvature") == "1/µm²")
    #expect(unit("sphericity") == "")
  }

  @Test("a mesh alone has what a mesh can have, and nan for the rest")
  func meshAlone() {
    let row = ObjectMeasurements(
      meshAlone: .icosphere(radius: 3, subdivisions: 4), label: 5)
    func number(_ name: String) -> Double? {
      guard let column = MeasurementColumn.all.first(where: { $0.name == name }) else { return nil }
      return switch column.value(row) {
      case .number(let value): value
      case .count(let count): Double(count)
      case .flag(let flag): flag ? 1 : 0
      case .words: nil
      }
    }
    #expect((0.99...1).contains((number("surface_area") ?? 0) / (36 * .pi)))
    #expect((0.99...1.001).contains(number("sphericity") ?? 0))
    #expect((0.98...1.02).contains((number("mean_curvature") ?? 0) * 3))
    #expect(number("euler_number") == 2)
    #expect(number("watertight") == 1)
    #expect(number("surface_area_crofton")?.isNaN == true)
    #expect(number("intensity_mean")?.isNaN == true)
  }
}
