import Fixtures
import Foundation
import Testing
import Volumes

@Suite("Gaussian filter") struct GaussianFilterTests {
  /// The values of Tests/Reference/gaussian.py: scipy.ndimage, float64, reflecting, truncated at 4.
  @Test("agrees with an independent implementation, anisotropic and at the border")
  func reference() throws {
    let volume = try Volume<UInt16>(SIMD3(5, 4, 3)) { x, y, z in
      UInt16((x * 37 + y * 53 + z * 71 + x * y * z * 7) % 101)
    }
    let blurred = try volume.gaussianBlurred(sigma: SIMD3(1.2, 0.8, 0.5)).array
    let expected = GaussianReference.values
    #expect(blurred.count == expected.count)
    #expect(zip(blurred, expected).allSatisfy { abs(Double($0) - $1) < 1e-3 })
  }

  @Test("sigma is in units: on a stretched grid it spans fewer voxels")
  func spacing() throws {
    func values(_ spacing: SIMD3<Double>, _ sigma: SIMD3<Double>) throws -> [Float] {
      try Volume<Float>(SIMD3(9, 9, 9), spacing: spacing) { x, y, z in
        x == 4 && y == 4 && z == 4 ? 1000 : 0
      }.gaussianBlurred(sigma: sigma).array
    }
    let stretched = try values(SIMD3(1, 2, 4), SIMD3(repeating: 2))
    #expect(stretched == (try values(.one, SIMD3(2, 1, 0.5))))
  }

  @Test("a constant stays itself", arguments: SIMD3<Int>.awkwardSizes)
  func constant(size: SIMD3<Int>) throws {
    let blurred = try Volume<UInt8>(size) { _, _, _ in 200 }.gaussianBlurred(sigma: 3)
    #expect(blurred.array.allSatisfy { abs($0 - 200) < 1e-3 })
  }

  @Test("reflection keeps the sum", arguments: SIMD3<Int>.awkwardSizes)
  func sum(size: SIMD3<Int>) throws {
    let volume = try Volume<UInt16>(size) { x, y, z in UInt16((x * 31 + y * 17 + z * 7) % 255) }
    let before = volume.array.reduce(0.0) { $0 + Double($1) }
    let after = try volume.gaussianBlurred(sigma: 1.5).array.reduce(0.0) { $0 + Double($1) }
    #expect(abs(after - before) <= 1e-5 * max(before, 1))
  }

  @Test("sigma 0 changes nothing")
  func zero() throws {
    let volume = try Volume<UInt16>(SIMD3(5, 3, 2)) { x, y, z in UInt16(x + 10 * y + 100 * z) }
    #expect(try volume.gaussianBlurred(sigma: 0).array == volume.array.map { Float($0) })
  }

  @Test("the number of threads changes no bit", arguments: SIMD3<Int>.awkwardSizes)
  func threads(size: SIMD3<Int>) throws {
    let volume = try Volume<Float>(size) { x, y, z in Float((x * 31 + y * 17 + z * 7) % 255) / 7 }
    let results = try [1, 2, 3].map { threads in
      try Parallel.$threads.withValue(threads) { try volume.gaussianBlurred(sigma: 1.3).array }
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test("derivatives are exact on linear and quadratic images, however narrow the Gaussian")
  func derivatives() throws {
    let spacing = SIMD3(0.5, 1, 2)
    let volume = try Volume<Float>(SIMD3(33, 33, 33), spacing: spacing) { x, y, z in
      let (x, y, z) = (Double(x) * 0.5, Double(y), Double(z) * 2)
      return Float(3 * x + 0.5 * y * y + y * z)
    }
    for sigma in [0, 0.2, 1, 2] {
      func derivative(_ x: Int, _ y: Int, _ z: Int) throws -> Float {
        try volume.gaussianDerivative(
          order: SIMD3(x, y, z), sigma: SIMD3(sigma, sigma, 2 * sigma)
        )[16, 16, 16]
      }
      #expect(abs(try derivative(1, 0, 0) - 3) < 1e-4)
      #expect(abs(try derivative(0, 1, 0) - (16 + 32)) < 1e-3)
      #expect(abs(try derivative(0, 2, 0) - 1) < 1e-3)
      #expect(abs(try derivative(0, 1, 1) - 1) < 1e-3)
      #expect(abs(try derivative(2, 0, 0)) < 1e-3)
    }
  }

  @Test("a derivative of a smooth image is that of the smoothed function")
  func analyticDerivative() throws {
    // A Gaussian of variance 9 smoothed by one of variance 4 is one of variance 13.
    let volume = try Volume<Float>(SIMD3(61, 61, 61)) { x, y, z in
      let square = (x - 30) * (x - 30) + (y - 30) * (y - 30) + (z - 30) * (z - 30)
      return 1000 * exp(-Float(square) / 18)
    }
    let slope = try volume.gaussianDerivative(order: SIMD3(1, 0, 0), sigma: SIMD3(2, 2, 2))
    let peak = 1000 * pow(9.0 / 13, 1.5)
    for x in [-6, -2, 0, 3, 5] {
      let expected = -Double(x) / 13 * peak * exp(-Double(x * x) / 26)
      #expect(abs(Double(slope[30 + x, 30, 30]) - expected) < 2e-3 * peak / 5)
    }
  }

  @Test("a constant border lets its value in, and the nearest border none")
  func borders() throws {
    let volume = try Volume<UInt8>(SIMD3(7, 6, 5)) { _, _, _ in 10 }
    #expect(
      try volume.gaussianBlurred(sigma: 1, border: .nearest).array.allSatisfy {
        abs($0 - 10) < 1e-4
      })
    #expect(
      try volume.gaussianBlurred(sigma: 1, border: .constant(10)).array.allSatisfy {
        abs($0 - 10) < 1e-4
      })
    let dark = try volume.gaussianBlurred(sigma: 1, border: .constant(0))
    // A corner sees an eighth of itself and a bit.
    #expect((1.9...4.0).contains(dark[0, 0, 0]))
  }
}
