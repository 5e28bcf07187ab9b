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

  @Test(
    "varies as much as it is told, over the length that it is told, and leaves the background alone"
  )
  func statistics() throws {
    let (even, uneven) = (try ball(nil), try ball(StainTexture(deviation: 0.2, length: 2)))
    let grid = even.grid
    var (count, sum, squares, steps) = (0.0, 0.0, 0.0, 0.0)
    var farthest: Float = 0
    for voxel in even.voxels.indices {
      if even.voxels[voxel] < 100.001 { farthest = max(farthest, abs(uneven.voxels[voxel] - 100)) }
      guard even.voxels[voxel] > 1099, even.voxels[voxel + 2] > 1099 else { continue }
      let stain = Double(uneven.voxels[voxel] - 100) / 1000 - 1
      let beside = Double(uneven.voxels[voxel + 2] - 100) / 1000 - 1
      count += 1
      sum += stain
      squares += stain * stain
      steps += stain * beside
    }
    #expect(farthest < 0.01)
    #expect(count > 10000 && grid.spacing == .one)
    #expect(abs(sum / count) < 0.02)
    #expect(abs((squares / count).squareRoot() - 0.2) < 0.02)
    // exp(-d² / (2 length²)) at d = length.
    #expect(abs(steps / squares - 0.607) < 0.06)
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
