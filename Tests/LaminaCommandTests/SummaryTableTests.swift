import Fixtures
import Testing

@Suite("The table at the end of lamina measure") struct SummaryTableTests {
  @Test(
    "a value ends where its uncertainty does, and is without an exponent as long as that can be read",
    arguments: [
      ("1", #" 8\d\d\.\d ± \d\.\d "#), ("15", #" 198\d\d0 ± [5-6]\d0 "#),
      ("1000", #" \(8\.\d+ ± 0\.0\d\d\)e8 "#), ("0.001", #" 0\.0008\d+ ± 0\.0000\d+ "#),
    ])
  func digits(spacing: String, area: String) throws {
    let folder = try TemporaryFolder()
    let mask = "\(folder.path)/mask.tif"
    #expect(
      try Command.run("phantom", "ellipsoid", mask, "--radius", "8", "--mask").status == 0)
    let command = try Command.run(
      "measure", mask, "--labels", "--spacing", spacing, "--unit", "um", "-o",
      "\(folder.path)/results")
    let line = try #require(command.output.split(separator: "\n").dropFirst().first)
    #expect(try Regex(area).firstMatch(in: line) != nil, "\(line)")
  }
}
