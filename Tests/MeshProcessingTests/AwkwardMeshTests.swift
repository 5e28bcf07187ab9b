import Fixtures
import MeshProcessing
import Testing

/// Small meshes of every kind that goes wrong somewhere, each by its name.
enum AwkwardMesh: String, CaseIterable, Sendable {
  case empty, verticesOnly, oneTriangle, twoTrianglesBackToBack, openStrip, coarseTetrahedron
  case degenerateTriangle, triangleOnOneVertex, allInOnePoint, allOnOneLine
  case threeTrianglesAtAnEdge, twoTetrahedraAtAVertex, insideOut, oneTriangleTurned,
    duplicateTriangle
  case unusedVertices, sphereWithHole, sphereAndSpeck, cavity, farFromOrigin
  case openSheet, sheetOfHoles, sheetsAtAVertex, threeSheetsAtAnEdge, sheetWithTurnedHalf,
    foldedSheet

  var mesh: TriangleMesh {
    let sphere = TriangleMesh.icosphere(radius: 10, subdivisions: 2)
    let tetrahedron = TriangleMesh.tetrahedron
    switch self {
    case .empty: return TriangleMesh()
    case .verticesOnly: return TriangleMesh(positions: [[0, 0, 0], [1, 0, 0]])
    case .oneTriangle: return TriangleMesh(positions: corners, triangles: [Triangle(0, 1, 2)])
    case .twoTrianglesBackToBack:
      return TriangleMesh(positions: corners, triangles: [Triangle(0, 1, 2), Triangle(0, 2, 1)])
    case .openStrip: return strip
    case .coarseTetrahedron: return tetrahedron
    case .degenerateTriangle:
      return TriangleMesh(
        positions: sphere.positions, triangles: sphere.triangles + [Triangle(0, 1, 1)])
    case .triangleOnOneVertex:
      return TriangleMesh(positions: corners, triangles: [Triangle(1, 1, 1)])
    case .allInOnePoint: return sphere.mapPositions { _ in SIMD3(1, 2, 3) }
    case .allOnOneLine: return sphere.mapPositions { SIMD3($0.x, 0, 0) }
    case .threeTrianglesAtAnEdge:
      return TriangleMesh(
        positions: corners + [[0, 0, 1], [0, -1, 0]],
        triangles: [Triangle(0, 1, 2), Triangle(1, 0, 3), Triangle(0, 1, 4)])
    case .twoTetrahedraAtAVertex:
      let other = tetrahedron.triangles.map { $0.moved { $0 == 0 ? 0 : $0 + 3 } }
      return TriangleMesh(
        positions: tetrahedron.positions + [[-1, 0, 0], [0, -1, 0], [0, 0, -1]],
        triangles: tetrahedron.triangles + other.map(\.flipped))
    case .insideOut: return sphere.flipped()
    case .oneTriangleTurned:
      return TriangleMesh(
        positions: sphere.positions,
        triangles: [sphere.triangles[0].flipped] + sphere.triangles.dropFirst())
    case .duplicateTriangle:
      return TriangleMesh(
        positions: sphere.positions, triangles: sphere.triangles + [sphere.triangles[5]])
    case .unusedVertices:
      return TriangleMesh(
        positions: [[99, 99, 99]] + sphere.positions,
        triangles: sphere.triangles.map { $0.moved { $0 + 1 } })
    case .sphereWithHole:
      return TriangleMesh(
        positions: sphere.positions, triangles: Array(sphere.triangles.dropLast(4)))
    case .sphereAndSpeck:
      return sphere.joined(with: tetrahedron.mapPositions { $0 * 1e-3 + SIMD3(20, 0, 0) })
    case .cavity:
      return sphere.joined(with: TriangleMesh.icosphere(radius: 4, subdivisions: 2).flipped())
    case .openSheet: return TriangleMesh.sheet(columns: 8, rows: 8)
    case .sheetOfHoles:
      return TriangleMesh.sheet(columns: 9, rows: 9, where: { i, j in i % 2 == 0 || j % 2 == 0 })
    case .sheetsAtAVertex:
      return TriangleMesh.sheet(columns: 8, rows: 8, where: { i, j in (i < 4) == (j < 4) })
    case .threeSheetsAtAnEdge:
      var sheets = TriangleMesh.sheet(columns: 8, rows: 8)
        .joined(with: TriangleMesh.sheet(columns: 8, rows: 4) { SIMD3($0, 4, $1) })
      sheets.mergeVertices()
      return sheets
    case .sheetWithTurnedHalf:
      let sheet = TriangleMesh.sheet(columns: 8, rows: 8)
      return TriangleMesh(
        positions: sheet.positions,
        triangles: sheet.triangles.enumerated().map { $0 < 64 ? $1.flipped : $1 })
    case .foldedSheet:
      return TriangleMesh.sheet(columns: 8, rows: 8) { SIMD3(abs($0 - 4), $1, 0) }
    case .farFromOrigin: return sphere.mapPositions { $0 + SIMD3(50_000, -30_000, 10_000) }
    }
  }

  private var strip: TriangleMesh {
    let positions = (0..<20).map { SIMD3<Float>(Float($0 / 2), Float($0 % 2), 0) }
    let triangles = (0..<18).map { (index: UInt32) in
      index % 2 == 0
        ? Triangle(index, index + 2, index + 1) : Triangle(index, index + 1, index + 2)
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }

  private var corners: [SIMD3<Float>] { [[0, 0, 0], [1, 0, 0], [0, 1, 0]] }
}

extension Triangle {
  func moved(_ index: (UInt32) -> UInt32) -> Triangle { Triangle(index(a), index(b), index(c)) }
}

extension TriangleMesh {
  static let tetrahedron = TriangleMesh(
    positions: [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]],
    triangles: [Triangle(0, 2, 1), Triangle(0, 1, 3), Triangle(1, 2, 3), Triangle(0, 3, 2)])
}

@Suite("Awkward meshes") struct AwkwardMeshTests {
  private static let goals: [SimplificationGoal] = [
    .fraction(0.5), .fraction(0.01), .triangleCount(10), .maximumError(0.1),
    .maximumAreaChange(0.01),
  ]

  @Test(
    "simplification leaves the topology as good as it was, and the volume",
    arguments: AwkwardMesh.allCases, goals)
  func simplify(awkward: AwkwardMesh, goal: SimplificationGoal) {
    let mesh = awkward.mesh
    for creaseAngle in [nil, 30.0] {
      expectNoWorse(mesh.simplified(to: goal, creaseAngle: creaseAngle), than: mesh)
    }
  }

  private func expectNoWorse(_ small: TriangleMesh, than mesh: TriangleMesh) {
    let (before, after) = (mesh.topology(), small.topology())
    #expect(after.triangleCount <= before.triangleCount)
    #expect(after.boundaryEdgeCount <= before.boundaryEdgeCount)
    #expect(after.nonManifoldEdgeCount <= before.nonManifoldEdgeCount)
    #expect(after.inconsistentEdgeCount <= before.inconsistentEdgeCount)
    #expect(after.componentCount == before.componentCount)
    #expect(after.isWatertight == before.isWatertight)
    if before.isWatertight { #expect(after.eulerNumber == before.eulerNumber) }
    #expect(small.positions.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
    if before.isWatertight && before.isConsistentlyOriented {
      let grain = coarsestStep(of: mesh) * mesh.surfaceArea
      #expect(
        abs(small.signedVolume - mesh.signedVolume) <= 1e-5 * abs(mesh.signedVolume) + grain)
    }
  }

  @Test("where all vertices are locked nothing goes", arguments: AwkwardMesh.allCases, goals)
  func lock(awkward: AwkwardMesh, goal: SimplificationGoal) {
    let mesh = awkward.mesh
    let same = mesh.simplified(to: goal, locking: Array(mesh.positions.indices))
    #expect(same.triangles.count == mesh.triangles.count)
    #expect(Set(same.positions).isSubset(of: mesh.positions))
  }

  @Test("no part falls below its minimum of triangles", arguments: AwkwardMesh.allCases)
  func minimum(awkward: AwkwardMesh) {
    let mesh = awkward.mesh
    let small = mesh.simplified(to: .fraction(0.01), keepingAtLeast: 100)
    func counts(_ mesh: TriangleMesh) -> [Int] {
      let parts = ConnectedParts(mesh)
      var counts = [Int](repeating: 0, count: parts.count)
      for triangle in mesh.triangles { counts[Int(parts.ofVertex[Int(triangle.a)])] += 1 }
      return counts
    }
    for (before, after) in zip(counts(mesh), counts(small)) { #expect(after >= min(before, 100)) }
  }

  @Test(
    "every rule for the volume leaves numbers, and pinned vertices where they are",
    arguments: AwkwardMesh.allCases, [VolumeRule.free, .keptByScaling, .keptAlongNormals])
  func volumeRules(awkward: AwkwardMesh, rule: VolumeRule) {
    let mesh = awkward.mesh
    for method in Self.methods {
      let smooth = mesh.smoothed(by: method, volume: rule)
      #expect(smooth.triangles == mesh.triangles)
      #expect(smooth.positions.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
      let pinned = mesh.smoothed(by: method, volume: rule, pinning: Array(mesh.positions.indices))
      #expect(pinned == mesh)
    }
  }

  private static let methods: [Smoothing] = [
    .laplacian(iterations: 10), .cotangentLaplacian(iterations: 10), .taubin(iterations: 10),
    .humphrey(iterations: 10), .windowedSinc(iterations: 10), .bilaplacian(iterations: 10),
    .meanCurvatureFlow(scale: 2),
  ]

  @Test(
    "smoothing leaves triangles, borders, volume and centroid", arguments: AwkwardMesh.allCases,
    methods)
  func smooth(awkward: AwkwardMesh, method: Smoothing) {
    let mesh = awkward.mesh
    let smooth = mesh.smoothed(by: method)
    #expect(smooth.triangles == mesh.triangles)
    #expect(smooth.positions.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
    let topology = mesh.topology()
    guard topology.isWatertight, topology.isConsistentlyOriented, mesh.signedVolume > 0 else {
      return
    }
    let size = mesh.longestExtent
    let grain = coarsestStep(of: mesh) * mesh.surfaceArea
    #expect(
      abs(smooth.signedVolume - mesh.signedVolume) < 1e-5 * mesh.signedVolume + grain)
    let moved = smooth.centroid - mesh.centroid
    #expect((moved * moved).sum().squareRoot() < 1e-5 * size + coarsestStep(of: mesh))
  }

  /// From one float to the next, at the vertex farthest from the origin.
  private func coarsestStep(of mesh: TriangleMesh) -> Double {
    Double(mesh.positions.map { Swift.max($0.max(), -$0.min()) }.max()?.ulp ?? 0)
  }
}
