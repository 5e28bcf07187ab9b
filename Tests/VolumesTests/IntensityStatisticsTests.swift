import Fixtures
import Testing
import Volumes

@Suite("Intensity statistics") struct IntensityStatisticsTests {
  @Test("are those of the object's voxels and of no others")
  func object() throws {
    let labels = try Volume<UInt32>(SIMD3(5, 4, 3)) { x, y, z in UInt32((x + y + z) % 3) }
    let volume = try Volume<UInt16>(SIMD3(5, 4, 3)) { x, y, z in UInt16(x * 100 + y * 10 + z) }
    for object in labels.objects() {
      let values = labels.array.indices.filter { labels.array[$0] == object.label }.map {
        Double(volume.array[$0])
      }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let found = Image.uint16(volume).statistics(of: object, in: labels)
      #expect(found.count == values.count)
      #expect(abs(found.mean - mean) < 1e-9)
      #expect(abs(found.standardDeviation - variance.squareRoot()) < 1e-9)
      #expect(found.minimum == values.min())
      #expect(found.maximum == values.max())
    }
  }

  @Test("a large offset costs no digits")
  func offset() throws {
    let volume = try Volume<Double>(SIMD3(100, 10, 1)) { x, _, _ in 1e9 + Double(x % 2) }
    let found = Image.float64(volume).statistics()
    #expect(abs(found.standardDeviation - 0.5) < 1e-6)
    #expect(found.mean == 1e9 + 0.5)
  }

  @Test("NaN and infinity are counted apart")
  func nonFinite() throws {
    let volume = try Volume<Float>(SIMD3(4, 1, 1)) { x, _, _ in [1, .nan, 3, .infinity][x] }
    let found = Image.float32(volume).statistics()
    #expect(found.count == 2)
    #expect(found.nonFiniteCount == 2)
    #expect(found.mean == 2)
    #expect(Image.float32(volume).firstVoxelBeyondFloats() == SIMD3(1, 0, 0))
  }

  @Test("the mode is the most frequent grey level, and how often it is there")
  func mode() throws {
    let volume = try Volume<Int16>(SIMD3(6, 1, 1)) { x, _, _ in [-5, 3, 3, 7, -5, 3][x] }
    let mode = Image.int16(volume).mode()
    #expect(mode.value == 3)
    #expect(mode.count == 3)
  }
}
