/// A symmetric 3 x 3 matrix, by its columns.
struct SymmetricMatrix: Sendable {
  var x: SIMD3<Double>
  var y: SIMD3<Double>
  var z: SIMD3<Double>

  static func diagonal(_ d: SIMD3<Double>) -> SymmetricMatrix {
    SymmetricMatrix(x: SIMD3(d.x, 0, 0), y: SIMD3(0, d.y, 0), z: SIMD3(0, 0, d.z))
  }

  /// v vᵀ.
  static func square(_ v: SIMD3<Double>) -> SymmetricMatrix {
    SymmetricMatrix(x: v.x * v, y: v.y * v, z: v.z * v)
  }

  /// a bᵀ + b aᵀ.
  static func mixed(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SymmetricMatrix {
    SymmetricMatrix(x: b.x * a + a.x * b, y: b.y * a + a.y * b, z: b.z * a + a.z * b)
  }

  static func + (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z)
  }

  static func - (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z)
  }

  static func * (factor: Double, a: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(x: factor * a.x, y: factor * a.y, z: factor * a.z)
  }

  static func * (a: SymmetricMatrix, v: SIMD3<Double>) -> SIMD3<Double> {
    a.x * v.x + a.y * v.y + a.z * v.z
  }

  var trace: Double { x.x + y.y + z.z }

  /// vᵀ adj(self) v, with the adjugate: the inverse times the determinant.
  func adjugateForm(_ v: SIMD3<Double>) -> Double {
    dot(v, v.x * cross(y, z) + v.y * cross(z, x) + v.z * cross(x, y))
  }

  /// The solution u of self u = v, by Cramer's rule.
  func solved(for v: SIMD3<Double>) -> SIMD3<Double> {
    let (yz, zx, xy) = (cross(y, z), cross(z, x), cross(x, y))
    return SIMD3(dot(v, yz), dot(v, zx), dot(v, xy)) / dot(x, yz)
  }
}

@inline(__always)
func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }

@inline(__always)
func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

@inline(__always)
func length(_ a: SIMD3<Double>) -> Double { dot(a, a).squareRoot() }
