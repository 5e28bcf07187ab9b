import Fixtures
import Foundation
import Testing
import VolumeIO
import Volumes

/// Objects that have no smooth surface, or none that can be seen: a row each, and never an aborted table.
@Suite("lamina measure, awkward objects") struct AwkwardObjectTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func rows(
    _ labels: Volume<UInt16>, surface: String
  ) throws -> [[String: String]] {
    let (path, results) = ("\(folder.path)/labels.tif", "\(folder.path)/results")
    try Image.uint16(labels).write(to: path)
    let command = try Command.run(
      "measure", "--labels", path, "--surface", surface, "--columns", "all,slow", "-o", results,
      "--force", "--quiet")
    #expect(command.status == 0, "\(command.errors)")
    let rows = table("\(results)/measurements.csv")
    for row in rows {
      #expect(row.number("surface_area") > 0 && row.number("volume") > 0)
      #expect(row["watertight"] == "true")
      // A surface that is drawn midway between voxels does not say how well it is known.
      let isUnknown = surface != "mask" || row["flags"]?.contains("too_small") == true
      #expect(row.number("surface_area_u").isNaN == isUnknown, "\(row)")
      #expect(row.number("geodesic_diameter").isNaN || row.number("tortuosity") >= 1, "\(row)")
      #expect((0...).contains(row.number("thickness_sd")) && row.number("thickness_mean") > 0)
    }
    return rows
  }

  private static func cube(_ place: SIMD3<Int>, _ lower: SIMD3<Int>) -> Bool {
    let inside = place &- lower
    return inside.min() >= 0 && inside.max() < 6
  }

  private static func label(_ x: Int, _ y: Int, _ z: Int) -> UInt16 {
    let place = SIMD3(x, y, z)
    let fromShell = SIMD3(x - 72, y - 15, z - 15)
    let shell = (fromShell &* fromShell).wrappedSum()
    let around = Double((x - 20) * (x - 20) + (y - 40) * (y - 40)).squareRoot() - 9
    if place == SIMD3(3, 3, 3) { return 1 }
    if z == 5, (8..<20).contains(x), (8..<20).contains(y) { return 2 }
    if cube(place, SIMD3(5, 5, 12)) || cube(place, SIMD3(11, 5, 12)) { return 3 }
    if cube(place, SIMD3(25, 5, 12)) || cube(place, SIMD3(31, 11, 12)) { return 4 }
    if cube(place, SIMD3(45, 5, 12)) || cube(place, SIMD3(51, 11, 18)) { return 5 }
    if (37..<81).contains(shell) { return 6 }
    if around * around + Double((z - 30) * (z - 30)) < 9 { return 7 }
    if cube(place, SIMD3(45, 35, 25)) || cube(place, SIMD3(55, 35, 25)) { return 8 }
    return 0
  }

  @Test(
    """
    one voxel, one slice, two cubes at a face, an edge, a corner, a hollow shell, a torus, two parts: a row each
    """, arguments: ["mask", "staircase", "nets"])
  func rows(surface: String) throws {
    let rows = try rows(Volume(SIMD3(84, 56, 40)) { Self.label($0, $1, $2) }, surface: surface)
    #expect(rows.map { $0["label"] } == (1...8).map { "\($0)" })
    // Of the last one no way leads from part to part.
    #expect(rows.map { $0.number("tortuosity").isNaN } == (1...8).map { $0 == 8 })
    guard surface == "mask" else { return }
    let flags = rows.map { $0["flags"] ?? "" }
    #expect(flags[0].contains("too_small") && flags[1].contains("too_small"))
    #expect(flags[5].contains("several_surfaces") && flags[7].contains("several_surfaces"))
    #expect(flags[6].contains("handles"))
    #expect(rows.map { $0["euler_number"] } == ["2", "2", "2", "4", "4", "4", "0", "4"])
  }

  @Test(
    "an object that fills the image, a slice or a voxel: one row, of all of its voxels",
    arguments: [SIMD3(15, 12, 9), SIMD3(15, 12, 1), SIMD3(1, 1, 1)], ["mask", "staircase", "nets"])
  func full(size: SIMD3<Int>, surface: String) throws {
    let rows = try rows(Volume(size) { _, _, _ in 1 }, surface: surface)
    try #require(rows.count == 1)
    #expect(rows[0]["voxel_count"] == "\(size.x * size.y * size.z)")
    #expect(rows[0]["flags"]?.contains("touches_border") == true)
  }
}
