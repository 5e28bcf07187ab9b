import Morphometry
import Testing

@Suite("Choice of columns") struct ColumnChoiceTests {
  @Test("words are tables and columns; each column is there once, the label first")
  func words() throws {
    let choice = try #require(ColumnChoice("feret_max,core,solidity,volume"))
    let names = choice.columns.map(\.name)
    #expect(names.prefix(3) == ["label", "feret_max", "surface_area"])
    #expect(names.last == "solidity")
    #expect(names.count == MeasurementColumn.core.count + 2)
    #expect(Set(names).count == names.count)
  }

  @Test(
    "what is written is read again", arguments: ["core", "all,slow", "solidity", "itk,feret_max"])
  func description(text: String) throws {
    let choice = try #require(ColumnChoice(text))
    #expect(choice.description == text)
    #expect(ColumnChoice(choice.description) == choice)
  }

  @Test(
    "a word that is neither is refused",
    arguments: ["", "core,", "volumes", "Volume", "core all", "core;all"])
  func refused(text: String) {
    #expect(ColumnChoice(text) == nil)
  }

  @Test(
    "what may have been meant is named",
    arguments: [
      ("solidty", ["solidity"]), ("Solidity", ["solidity"]), ("al", ["all"]),
      ("surfac_area", ["surface_area"]), ("feret", ["feret_max", "feret_min"]),
      ("colour", []), ("", []),
    ])
  func suggestion(word: String, names: [String]) throws {
    let error = try #require(throws: UnknownColumns.self) {
      try ColumnChoice(parsing: "core,\(word),volume")
    }
    #expect(error.words == [word])
    for name in names { #expect(error.description.contains(name)) }
    #expect(error.description.contains("did you mean") == !names.isEmpty)
  }

  @Test("a column asks for what it is made of, and for nothing else")
  func parts() {
    func parts(_ text: String) -> MeasuredParts? { ColumnChoice(text)?.parts }
    #expect(parts("core") == [])
    #expect(parts("surface_area,sphericity") == [])
    #expect(parts("solidity") == .convexity)
    #expect(parts("cavities") == .shape)
    #expect(parts("feret_max,intensity_median") == [.convexity, .intensityDistribution])
    #expect(parts("invagination_depth") == .invaginations)
    #expect(parts("contact_fraction") == .contacts)
    #expect(parts("skimage")?.contains(.convexVoxels) == true)
    #expect(parts("all")?.contains(.convexVoxels) == false)
  }

  @Test("all has nothing that takes long, and everything has all")
  func slow() {
    let (all, slow) = (Set(MeasurementColumn.all.map(\.name)), MeasurementColumn.slow.map(\.name))
    #expect(all.isDisjoint(with: slow))
    let parents = ColumnSet.parents.columns.count
    #expect(ColumnChoice.everything.columns.count == all.count + slow.count + parents)
  }
}
