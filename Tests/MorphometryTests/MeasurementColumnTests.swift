import Fixtures
import MeshProcessing
import Morphometry
import Phantoms
import Testing
import Volumes

@Suite("Columns of the table") struct MeasurementColumnTests {
  @Test("every name is there once, is one plain word, and is defined")
  func names() {
    for set in ColumnSet.allCases {
      let names = set.columns.map(\.name)
      #expect(Set(names).count == names.count)
      // Two come beside another table.
      #expect(names.first?.lowercased() == "label" || set == .slow || set == .parents)
      for column in set.columns {
        #expect(column.name.allSatisfy { $0.isASCII && $0 != "," && !$0.isWhitespace })
        #expect(column.definition.count > 3)
      }
    }
    for column in MeasurementColumn.all {
      #expect(column.name.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "_" || $0.isNumber) })
      #expect(column.definition.count > 5)
    }
  }

  @Test("what the issue of the table asks for is there")
  func required() {
    let names = Set(MeasurementColumn.core.map(\.name))
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
    #expect(unit("minkowski_w0_20_xx") == "µm⁵")
    #expect(unit("feret_max") == "µm")
  }

  @Test("a mesh alone has what a mesh can have, and nan for the rest")
  func meshAlone() {
    let row = ObjectMeasurements(
      meshAlone: .icosphere(radius: 3, subdivisions: 4), label: 5)
    func number(_ name: String) -> Double? { Self.number(name, of: row) }
    #expect((0.99...1).contains((number("surface_area") ?? 0) / (36 * .pi)))
    #expect((0.99...1.001).contains(number("sphericity") ?? 0))
    #expect((0.98...1.02).contains((number("mean_curvature") ?? 0) * 3))
    #expect(number("euler_number") == 2)
    #expect(number("watertight") == 1)
    #expect(number("surface_area_crofton")?.isNaN == true)
    #expect(number("intensity_mean")?.isNaN == true)
  }

  @Test("all columns of a box, in closed form; without voxels what needs them is nan")
  func allOfABox() throws {
    let row = ObjectMeasurements(
      meshAlone: .box(SIMD3(2, 3, 6)), label: 1, columns: .all)
    let area = 72.0
    let expected: [String: Double] = [
      "isoperimetric_quotient": 36 * .pi * 36 * 36 / (area * area * area),
      "compactness_1": 36 / (Double.pi.squareRoot() * area * area.squareRoot()),
      "extent": 1, "semi_axis_1": 6 * (5.0 / 12).squareRoot(),
      "semi_axis_3": 2 * (5.0 / 12).squareRoot(), "axis_1_z": 1, "axis_2_y": 1, "axis_3_x": -1,
      "elongation_r1_r2": 2, "flatness_r2_r3": 1.5, "elongation_r2_r1": 0.5,
      "flatness_r3_r1": 1 / 3.0, "obb_length_1": 6, "obb_length_2": 3, "obb_length_3": 2,
      "feret_max": 7, "feret_min": 2, "mean_breadth": 5.5, "hull_volume": 36, "hull_area": area,
      "solidity": 1, "convexity": 1, "minkowski_w1": 24, "minkowski_w3": 4 * .pi / 3,
      "minkowski_w1_02_xx": 12, "edge_length_max": 45.0.squareRoot(), "edge_length_min": 2,
    ]
    for (name, value) in expected {
      let found = Self.number(name, of: row) ?? .nan
      #expect(abs(found / value - 1) < 1e-6, "\(name) \(found)")
    }
    for name in ["concavity_volume", "hull_area_excess", "gauss_bonnet_residual"] {
      #expect(abs(Self.number(name, of: row) ?? .nan) < 1e-9, "\(name)")
    }
    // The largest angle of a right-angled triangle is that; the smallest of the narrowest side face.
    #expect(abs((Self.number("min_angle", of: row) ?? .nan) - 18.434948822922) < 1e-6)
    #expect(Self.number("discrete_compactness", of: row)?.isNaN == true)
  }

  @Test("cavities are the parts that face inwards", arguments: [0, 1, 3])
  func cavities(count: Int) {
    var mesh = TriangleMesh.icosphere(radius: 10, subdivisions: 3, center: SIMD3(100, 0, 0))
    for place in 0..<count {
      let hole = TriangleMesh.icosphere(
        radius: 1, subdivisions: 2, center: SIMD3(96 + 4 * Double(place), 0, 0))
      mesh = mesh.joined(with: hole.flipped())
    }
    // A second solid is none.
    mesh = mesh.joined(with: .icosphere(radius: 2, subdivisions: 2, center: SIMD3(-50, 0, 0)))
    let row = ObjectMeasurements(meshAlone: mesh, label: 1, columns: .all)
    #expect(Self.number("cavities", of: row) == Double(count))
    #expect(Self.number("components", of: row) == Double(count + 2))
  }

  @Test("the sum of angles missing is 2 pi times the Euler number, within 1e-9")
  func gaussBonnet() {
    for mesh in [
      TriangleMesh.icosphere(radius: 30, subdivisions: 5),
      .torus(majorRadius: 9, minorRadius: 4, around: 90, along: 50),
    ] {
      let row = ObjectMeasurements(meshAlone: mesh, label: 1, columns: .all)
      #expect(abs(Self.number("gauss_bonnet_residual", of: row) ?? .nan) < 1e-9)
    }
  }

  /// A lopsided, dented solid with no symmetry.
  private static let potato = TriangleMesh.icosphere(radius: 1, subdivisions: 4).mapPositions { p in
    let relief = 1 + 0.2 * p.x * p.y + 0.15 * p.z * p.z * p.x - 0.3 * max(0, p.y - 0.6)
    return p * SIMD3(5, 4, 3) * relief
  }

  @Test("every column has the dimension that it states, and does not depend on the place")
  func scaling() throws {
    let row = ObjectMeasurements(meshAlone: Self.potato, label: 1, columns: .all)
    let moved = ObjectMeasurements(
      meshAlone: Self.potato.mapPositions { $0 + SIMD3(3, -2, 5) }, label: 1, columns: .all)
    let larger = ObjectMeasurements(
      meshAlone: Self.potato.mapPositions { 4 * $0 }, label: 1, columns: .all)
    var compared = 0
    for column in MeasurementColumn.all {
      guard let value = Self.number(column.name, of: row), !value.isNaN else { continue }
      var expected = value
      if case .length(let power) = column.dimension {
        for _ in 0..<abs(power) { expected *= power > 0 ? 4 : 0.25 }
      }
      let tolerance = 1e-5 * max(abs(expected), abs(value), 0.3)
      let found = try #require(Self.number(column.name, of: larger))
      #expect(abs(found - expected) < tolerance, "\(column.name) \(found) \(expected)")
      if ["bbox", "centroid"].contains(where: { column.name.hasPrefix($0) }) { continue }
      let there = try #require(Self.number(column.name, of: moved))
      #expect(abs(there - value) < tolerance, "\(column.name) \(there) \(value)")
      compared += 1
    }
    #expect(compared > 90)
  }

  @Test("turned, only what names an axis changes")
  func rotation() throws {
    let turn = Rotation(axis: SIMD3(1, 2, 3), degrees: 50)
    let row = ObjectMeasurements(meshAlone: Self.potato, label: 1, columns: .all)
    let turned = ObjectMeasurements(
      meshAlone: Self.potato.mapPositions { turn.rotated($0) }, label: 1, columns: .all)
    for column in MeasurementColumn.all {
      let name = column.name
      if name == "extent" || "xyz".contains(where: { name.hasSuffix("_\($0)") }) { continue }
      if name.hasPrefix("minkowski") && "xyz".contains(name.suffix(1)) { continue }
      guard let value = Self.number(name, of: row), !value.isNaN else { continue }
      let found = try #require(Self.number(name, of: turned))
      #expect(abs(found - value) < 1e-4 * max(abs(value), 0.1), "\(name) \(found) \(value)")
    }
  }

  @Test("nothing is measured that no column asks for")
  func lazy() {
    let row = ObjectMeasurements(meshAlone: .box(.one), label: 1)
    #expect(row.shape == nil && row.convexity == nil && row.voxelShape == nil)
  }

  private static func number(_ name: String, of row: ObjectMeasurements) -> Double? {
    guard let column = MeasurementColumn.all.first(where: { $0.name == name }) else { return nil }
    return switch column.value(row) {
    case .number(let value): value
    case .count(let count): Double(count)
    case .flag(let flag): flag ? 1 : 0
    case .words: nil
    }
  }
}
