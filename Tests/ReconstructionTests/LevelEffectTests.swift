import MeshProcessing
import Phantoms
import Reconstruction
import Testing
import Volumes

@Suite("What the level of a surface does") struct LevelEffectTests {
  /// A blurred ball of 10 voxels in radius on a background of 100, 1000 bright.
  private func ball(margin: Int = 10) throws -> (field: Volume<Float>, labels: LabelVolume) {
    var phantom = Phantom(solid: .sphere(radius: 10))
    phantom.background = 100
    phantom.foreground = 1000
    phantom.blur = SIMD3(repeating: 1.5)
    phantom.margin = margin
    let field = try phantom.volume()
    return (field, try field.mask(above: 400).connectedComponents(.faces))
  }

  @Test("half of the contrast, and volume and area of the surface there")
  func sphere() throws {
    let (field, labels) = try ball()
    let object = try #require(labels.objects().first)
    let effect = try #require(try field.levelEffect(on: object, in: labels, level: 400))
    #expect((545...550).contains(effect.halfLevel))
    let (before, after) = (field.isosurface(at: 400), field.isosurface(at: Float(effect.halfLevel)))
    #expect(abs(effect.volumeChange - (after.signedVolume / before.signedVolume - 1)) < 1e-9)
    #expect(abs(effect.areaChange - (after.surfaceArea / before.surfaceArea - 1)) < 1e-9)
    #expect((-0.25 ... -0.1).contains(effect.volumeChange))
  }

  @Test("at half of the contrast there is none")
  func halfLevel() throws {
    let (field, labels) = try ball()
    let object = try #require(labels.objects().first)
    let half = try #require(try field.levelEffect(on: object, in: labels, level: 400)).halfLevel
    let effect = try #require(try field.levelEffect(on: object, in: labels, level: half))
    #expect(effect.halfLevel == half && effect.volumeChange == 0 && effect.areaChange == 0)
  }

  @Test("an object without surroundings has no contrast of its own")
  func noSurroundings() throws {
    let (field, labels) = try ball(margin: 2)
    let object = try #require(labels.objects().first)
    let tight = try field.cropped(from: object.lower, to: object.upper)
    let alone = try tight.mask(above: -1).connectedComponents(.faces)
    let whole = try #require(alone.objects().first)
    #expect(try tight.levelEffect(on: whole, in: alone, level: 400) == nil)
  }
}
