import Fixtures
import Testing
import Volumes

@Suite("Volumes and grids") struct VolumeTests {
  @Test("a copy is independent")
  func valueSemantics() throws {
    let original = try Volume<UInt8>(SIMD3(2, 2, 2)) { x, _, _ in UInt8(x) }
    var copy = original
    var voxels = copy.mutableVoxels
    voxels[0] = 99
    #expect(original.array == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(copy.array[0] == 99)
  }

  @Test("world coordinates are origin plus index times spacing, at voxel centres")
  func world() {
    let grid = Grid(size: SIMD3(4, 4, 4), spacing: SIMD3(0.5, 1, 2), origin: SIMD3(10, 20, 30))
    #expect(grid.world(.zero) == SIMD3(10, 20, 30))
    #expect(grid.world(SIMD3(2, 1.5, 1)) == SIMD3(11, 21.5, 32))
    #expect(grid.index(of: grid.offset(3, 1, 2)) == SIMD3(3, 1, 2))
  }

  @Test("a volume that no machine can hold is an error")
  func outOfMemory() {
    #expect(throws: VolumeError.self) {
      try Volume<Double>(grid: Grid(size: SIMD3(1 << 20, 1 << 20, 1 << 20)))
    }
    #expect(throws: VolumeError.self) {
      try Volume<UInt8>(grid: Grid(size: SIMD3(1 << 16, 1 << 16, 1 << 14)))
    }
  }

  @Test("labels are whole numbers that are not negative")
  func labels() throws {
    let good = try Volume<Float>(SIMD3(3, 1, 1)) { x, _, _ in [0, 5, 70_000][x] }
    #expect(try Image.float32(good).asLabels().array == [0, 5, 70_000])
    for value in [Float(-1), 0.5, .nan, 1e12] {
      let bad = try Volume<Float>(SIMD3(3, 1, 1)) { x, _, _ in x == 2 ? value : 0 }
      let error = #expect(throws: LabelError.self) { try Image.float32(bad).asLabels() }
      #expect(error?.description.contains("x 2, y 0, z 0") == true)
    }
  }

  @Test("an unknown unit is never taken for another", arguments: ["", "furlong", "Mm2", "µ m"])
  func unknownUnit(spelling: String) { #expect(LengthUnit(spelling: spelling) == nil) }
}
