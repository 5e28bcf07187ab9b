import Fixtures
import Foundation
import Morphometry
import Testing
import Volumes

@Suite("Fractal dimension") struct FractalDimensionTests {
  private func fractal(
    _ size: SIMD3<Int>, spacing: SIMD3<Double> = .one, _ isInside: (Int, Int, Int) -> Bool
  ) throws -> FractalDimension {
    let labels = try Volume<UInt32>(size, spacing: spacing) { isInside($0, $1, $2) ? 4 : 0 }
    return FractalDimension(try #require(labels.objects().first), in: labels)
  }

  @Test("a rod has 1, a plate 2, whatever the voxels")
  func flat() throws {
    let rod = try fractal(SIMD3(5, 5, 330)) { x, y, z in x == 2 && y == 2 && z > 1 && z < 322 }
    #expect(abs(rod.dimension - 1) < 0.06 && rod.determination > 0.99)
    let plate = try fractal(SIMD3(170, 330, 3), spacing: SIMD3(2, 1, 1)) { x, y, z in
      z == 1 && x > 2 && x < 163 && y > 2 && y < 323
    }
    #expect(abs(plate.dimension - 2) < 0.1 && plate.determination > 0.99)
    #expect(plate.sizes == 4...80)
  }

  @Test("Menger's sponge: log 20 / log 3")
  func sponge() throws {
    func isSolid(_ x: Int, _ y: Int, _ z: Int) -> Bool {
      var place = SIMD3(x, y, z)
      for _ in 0..<4 {
        if [place.x % 3, place.y % 3, place.z % 3].count(where: { $0 == 1 }) > 1 { return false }
        place = SIMD3(place.x / 3, place.y / 3, place.z / 3)
      }
      return true
    }
    let sponge = try fractal(SIMD3(repeating: 81), isSolid)
    #expect(abs(sponge.dimension - log(20) / log(3)) < 0.12, "\(sponge)")
    #expect(sponge.determination > 0.99 && sponge.determination <= 1)
  }

  @Test("a ball is smooth")
  func ball() throws {
    let ball = try fractal(SIMD3(repeating: 101)) { x, y, z in
      let way = SIMD3(x - 50, y - 50, z - 50)
      return (way &* way).wrappedSum() <= 49 * 49
    }
    #expect((1.9...2.1).contains(ball.dimension), "\(ball)")
  }

  @Test("none where boxes span less than a factor of ten")
  func small() throws {
    let cube = try fractal(SIMD3(repeating: 81)) { x, y, z in
      max(x, y, z) < 79
    }
    #expect(cube.dimension.isNaN && cube.determination.isNaN)
    #expect(cube.sizes == 2...19.75)
  }
}
