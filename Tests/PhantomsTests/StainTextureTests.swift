import Fixtures
import Phantoms
import Testing
import Volumes

@Suite("An uneven stain") struct StainTextureTests {
  private func ball(_ texture: StainTexture?, seed: UInt64 = 1) throws -> Volume<Float> {
    var phantom = Phantom(solid: .sphere(radius: 20))
    (phantom.background, phantom.foreground, phantom.blur) = (100, 1100, SIMD3(1, 1, 1))
    phantom.texture = texture
    phantom.seed = seed
    return try phantom.volume()
  }

  @Test("varies as much as it is told, over the length that it is told")
  func statistics() throws {
    let even = try ball(nil)
    var (count, sum, squares, steps) = (0.0, 0.0, 0.0, 0.0)
    for seed in 1...6 as ClosedRange<UInt64> {
      let uneven = try ball(StainTexture(deviation: 0.2, length: 2), seed: seed)
      func stain(_ voxel: Int) -> Double { Double(uneven.voxels[voxel] - 100) / 1000 - 1 }
      for voxel in even.voxels.indices where even.voxels[voxel] > 1099 {
        guard even.voxels[voxel + 2] > 1099 else { continue }
        count += 1
        sum += stain(voxel)
        squares += stain(voxel) * stain(voxel)
        steps += stain(voxel) * stain(voxel + 2)
      }
    }
    #expect(count > 60000)
    #expect(abs(sum / count) < 0.01)
    #expect(abs((squares / count).squareRoot() - 0.2) < 0.01)
    // exp(-d² / (2 length²)) at d = length.
    #expect(abs(steps / squares - 0.607) < 0.06)
  }

  @Test("leaves the background alone")
  func background() throws {
    let (even, uneven) = (try ball(nil), try ball(StainTexture(deviation: 0.2, length: 2)))
    let outside = even.voxels.indices.filter { even.voxels[$0] < 100.001 }
    #expect(outside.count > 10000)
    #expect(outside.allSatisfy { abs(uneven.voxels[$0] - 100) < 0.01 })
  }

  @Test("a seed decides it")
  func seeds() throws {
    let texture = StainTexture(deviation: 0.3, length: 4)
    #expect(try ball(texture).array == ball(texture).array)
    #expect(try ball(texture).array != ball(texture, seed: 2).array)
  }

  @Test("as a word, or not at all", arguments: ["0.2:3", "0.2", "0.2:0", "-1:3", "a:b", "0.2:nan"])
  func words(text: String) {
    #expect((StainTexture(text) != nil) == (text == "0.2:3"))
    if let texture = StainTexture(text) { #expect(StainTexture("\(texture)") == texture) }
  }
}
