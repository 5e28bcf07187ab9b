import Fixtures
import Foundation
import Lamina
import Testing

@Suite("lamina measure --parents") struct MeasureParentsTests {
  let folder: TemporaryFolder
  var out: String { "\(folder.path)/out" }
  let nuclei: String
  let cells: String

  init() throws {
    folder = try TemporaryFolder()
    nuclei = "\(folder.path)/nuclei.tif"
    cells = "\(folder.path)/cells.tif"
    func write(_ path: String, _ label: (Int) -> (Range<Int>, UInt32)?) throws {
      let volume = try Volume<UInt32>(SIMD3(60, 20, 20), spacing: SIMD3(0.5, 1, 2)) { x, y, z in
        guard let (sides, label) = label(x) else { return 0 }
        return sides.contains(y) && sides.contains(z) ? label : 0
      }
      try Image(volume).write(to: path)
    }
    // Two in the first cell, the second of which reaches out by a quarter, one in the other, one in none.
    try write(nuclei) { x in
      switch x {
      case 2..<8: (5..<10, 1)
      case 14..<22: (5..<10, 2)
      case 30..<36: (4..<8, 3)
      case 50..<56: (4..<8, 4)
      default: nil
      }
    }
    try write(cells) { x in
      switch x {
      case 0..<20: (2..<16, 7)
      case 24..<44: (2..<12, 9)
      default: nil
      }
    }
  }

  private func measure(_ more: String...) throws -> [[String: String]] {
    let command = try Command.run(
      ["measure", nuclei, "--labels", "--format", "none", "--quiet", "--force", "-o", out] + more)
    #expect(command.status == 0)
    return table("\(out)/measurements.csv")
  }

  @Test("parent, part inside, part of its volume, offset, number of children")
  func parents() throws {
    let rows = try measure("--parents", cells, "--spacing", "0.5,1,2")
    #expect(rows.map { $0["parent"] } == ["7", "7", "9", "0"])
    #expect(rows.map { $0["parent_children"] } == ["2", "2", "1", "0"])
    #expect(rows[0].number("parent_overlap") == 1 && rows[1].number("parent_overlap") == 0.75)
    // Voxels of the blocks, and their centres: 4.5, 7, 7 in a cell at 9.5, 8.5, 8.5, and so on.
    let fractions: [Double] = [150 / 3920.0, 200 / 3920.0, 96 / 2000.0]
    let steps = [(5.0, 1.5), (8, 1.5), (1, 1)].map { (x: Double, across: Double) -> Double in
      (0.25 * x * x + 5 * across * across).squareRoot()
    }
    for (row, (fraction, step)) in zip(rows, zip(fractions, steps)) {
      #expect(abs(row.number("parent_volume_fraction") - fraction) < 1e-9)
      #expect(abs(row.number("parent_offset") - step) < 1e-9)
    }
    for name in ["parent_overlap", "parent_volume_fraction", "parent_offset"] {
      #expect(rows[3][name] == "nan")
    }
    #expect(try measure().allSatisfy { $0["parent"] == nil })
    #expect(try measure("--columns", "parent").allSatisfy { $0["parent"] == "nan" })
  }

  @Test("run.json names the parents, and repeats only with them")
  func config() throws {
    _ = try measure("--parents", cells, "--columns", "core")
    let config = ["measure", nuclei, "--config", "\(out)/run.json", "-o", "\(out)2", "--quiet"]
    let refused = try Command.run(config)
    #expect(refused.status == 1 && refused.errors.contains(cells))
    #expect(try Command.run(config + ["--parents", cells]).status == 0)
    #expect(files(below: out) == files(below: "\(out)2"))
  }

  @Test("parents of another size, for meshes, or too many are refused")
  func refused() throws {
    let other = try Command.run(
      "measure", nuclei, "--labels", "--parents", Command.sample, "-o", "\(out)3")
    #expect(other.status == 1 && other.errors.contains("60"))
    let mesh = try Command.run("measure", "Meshes/cube.ply", "--parents", cells, "-o", "\(out)3")
    #expect(mesh.status == 64 && mesh.errors.contains("a mesh has no voxels"))
    let many = try Command.run(
      "measure", nuclei, "--labels", "--parents", cells, "--parents", cells, "-o", "\(out)3")
    #expect(many.status == 64)
  }
}
