import Fixtures
import Lamina
import Testing

@Suite("Contacts in the table") struct ContactColumnTests {
  private func number(_ name: String, of row: ObjectMeasurements) -> Double? {
    guard let column = MeasurementColumn.all.first(where: { $0.name == name }) else { return nil }
    switch column.value(row) {
    case .number(let number): return number
    case .count(let count): return Double(count)
    default: return nil
    }
  }

  /// Two cubes side by side, a third one apart, and a voxel on the first that is too small to count.
  private func cubes(minimumVolume: Double) throws -> [ObjectMeasurements] {
    let labels = try Volume<UInt32>(SIMD3(34, 12, 13), spacing: SIMD3(repeating: 0.5)) { x, y, z in
      if x == 3 && y == 4 && z == 11 { return 7 }
      guard (1...10).contains(y), (1...10).contains(z) else { return 0 }
      return (1...10).contains(x) ? 2 : (11...20).contains(x) ? 3 : (23...32).contains(x) ? 5 : 0
    }
    var options = AnalysisOptions()
    options.inputIsLabels = true
    options.columns = .all
    options.surface = .staircase
    options.minimumVolume = minimumVolume
    return try Analysis(of: .uint32(labels), options: options).objects.map(\.measurements)
  }

  @Test("the faces of two cubes, in units; an object alone touches nothing")
  func cubes() throws {
    let rows = try cubes(minimumVolume: 1)
    #expect(rows.map(\.label) == [2, 3, 5])
    #expect(rows.map { number("neighbour_count", of: $0) } == [1, 1, 0])
    // From 5.5 to 15.5 to 27.5 voxels of 0.5.
    for (row, truth) in zip(rows, [5.0, 5, 6]) {
      let distance = try #require(number("nearest_distance", of: row))
      #expect(abs(distance - truth) < 1e-9)
    }
    for (row, truth) in zip(rows, [25.0, 25, 0]) {
      let area = try #require(number("contact_area", of: row))
      #expect(abs(area - truth) <= 0.01 * truth)
      let uncertainty = try #require(number("contact_area_u", of: row))
      #expect(abs(area - truth) <= 1.96 * uncertainty)
      let fraction = try #require(number("contact_fraction", of: row))
      #expect(abs(fraction * row.surface.surfaceArea - area) < 1e-9)
    }
  }

  @Test("what is left out of the objects is no neighbour")
  func leftOut() throws {
    let rows = try cubes(minimumVolume: 0)
    #expect(rows.map(\.label) == [2, 3, 5, 7])
    #expect(rows.map { number("neighbour_count", of: $0) } == [2, 1, 0, 1])
  }

  @Test("with surface nets, objects that touch share the triangles of their wall")
  func sharedWall() throws {
    let labels = try Volume<UInt32>(SIMD3(22, 12, 12)) { x, y, z in
      guard (1...10).contains(y), (1...10).contains(z) else { return 0 }
      return (1...10).contains(x) ? 2 : (11...20).contains(x) ? 3 : 0
    }
    var options = AnalysisOptions()
    options.inputIsLabels = true
    options.surface = .nets
    let objects = try Analysis(of: .uint32(labels), options: options).objects
    let walls = objects.map { object in
      Set(object.mesh.positions.filter { abs($0.x - 10.5) < 0.5 && $0.min() > 2 })
    }
    #expect(walls[0].count > 50 && walls[0] == walls[1])
    for object in objects {
      let surface = object.measurements.surface
      #expect(surface.topology.isWatertight && surface.topology.isManifold)
      #expect((0.97...1.02).contains(surface.volume / 1000))
      #expect((0.9...1.02).contains(surface.surfaceArea / 600))
    }
  }
}
