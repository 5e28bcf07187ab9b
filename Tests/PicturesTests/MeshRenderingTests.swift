import MeshProcessing
import Pictures
import Testing
import Volumes

@Suite struct MeshRenderingTests {
  private let red = RGB(r: 220, g: 30, b: 30)
  private let blue = RGB(r: 30, g: 30, b: 220)

  private func view(
    azimuth: Double = 0, elevation: Double = 90, size: Int = 200
  ) -> SceneView {
    SceneView(
      azimuth: azimuth, elevation: elevation, width: size, height: size, background: .white,
      margin: 10)
  }

  @Test func emptySceneIsBackground() {
    let background = RGB(r: 12, g: 200, b: 99)
    let view = SceneView(width: 31, height: 17, background: background)
    #expect(Picture(of: [], view: view) == Picture(width: 31, height: 17, fill: background))
    #expect(
      Picture(of: [(TriangleMesh(), red)], view: view)
        == Picture(width: 31, height: 17, fill: background))
  }

  @Test(arguments: [(0.0, 90.0), (30, 30), (-115, -20)])
  func sphereCoversItsDisk(azimuth: Double, elevation: Double) {
    let mesh = icosphere(center: [7, -3, 11], radius: 2.5, subdivisions: 5)
    let picture = Picture(
      of: [(mesh, red)], view: view(azimuth: azimuth, elevation: elevation, size: 800))
    let covered = Double(picture.pixels.count { $0 != .white })
    let disk = Double.pi * 390 * 390
    #expect(abs(covered / disk - 1) < 0.01)
  }

  @Test func scaleAndCenterAreKept() {
    var view = view()
    view.pixelsPerUnit = 20
    view.center = [1, 0, 0]
    let picture = Picture(of: [(icosphere(radius: 2), red)], view: view)
    let columns = (0..<200).filter { picture[$0, 100] != .white }
    #expect(columns.first == 40 && columns.last == 119)
  }

  @Test func brightestIsTowardsTheLight() throws {
    // On black, so that no pixel at the edge is bright from what is behind it.
    var view = view()
    view.background = .black
    let picture = Picture(of: [(icosphere(radius: 1), red)], view: view)
    let brightness = picture.pixels.map { Int($0.r) + Int($0.g) + Int($0.b) }
    let brightest = try #require(brightness.indices.max { brightness[$0] < brightness[$1] })
    let (x, y) = (brightest % 200 - 100, brightest / 200 - 100)
    #expect(x < -10 && y < -10, "the light comes from the upper left")
    #expect(x * x + y * y < 60 * 60, "and from the side of the viewer")
    #expect(brightness[150 * 200 + 150] < brightness[brightest] * 3 / 4)
  }

  @Test func nearerHidesFarther() {
    let near = (mesh: icosphere(center: [0, 0, -5], radius: 1), color: red)
    let far = (mesh: icosphere(center: [0, 0, 5], radius: 1), color: blue)
    for scene in [[near, far], [far, near]] {
      let picture = Picture(of: scene, view: view())
      #expect(picture[100, 100].r > picture[100, 100].b)
      #expect(!picture.pixels.contains { $0.b > $0.r })
    }
    let below = Picture(of: [near, far], view: view(elevation: -90))
    #expect(below[100, 100].b > below[100, 100].r)
  }

  @Test func likeSlicesXIsRightAndYIsDown() {
    let middle = (mesh: icosphere(radius: 1), color: RGB(grey: 128))
    let right = (mesh: icosphere(center: [4, 0, 0], radius: 1), color: red)
    let below = (mesh: icosphere(center: [0, 4, 0], radius: 1), color: blue)
    let picture = Picture(of: [middle, right, below], view: view())
    // 6 units on 180 pixels, from -1.
    #expect(picture[160, 40].r > 2 * picture[160, 40].b)
    #expect(picture[40, 160].b > 2 * picture[40, 160].r)
    #expect(picture[40, 40].r == picture[40, 40].b && picture[40, 40] != .white)
    #expect(picture[160, 160] == .white)
  }

  @Test func withElevationZeroZIsDown() {
    let middle = (mesh: icosphere(radius: 1), color: red)
    let deep = (mesh: icosphere(center: [4, 9, 4], radius: 1), color: blue)
    let picture = Picture(of: [middle, deep], view: view(elevation: 0))
    #expect(picture[40, 40].r > picture[40, 40].b)
    #expect(picture[160, 160].b > picture[160, 160].r)
  }

  @Test func azimuthMovesTheViewerTowardsMinusX() {
    let near = (mesh: icosphere(center: [-5, 0, 0], radius: 1), color: red)
    let far = (mesh: icosphere(center: [5, 0, 0], radius: 1), color: blue)
    let picture = Picture(of: [far, near], view: view(azimuth: 90, elevation: 0))
    #expect(picture[100, 100].r > picture[100, 100].b)
  }

  @Test func neighboursLeaveNoSeam() {
    let picture = Picture(of: [(square(side: 3), red)], view: view())
    let inside = Set((11..<189).flatMap { y in (11..<189).map { picture[$0, y] } })
    #expect(inside.count <= 2, "one colour, apart from rounding")
    #expect(!inside.contains(.white))
  }

  @Test func innerSideIsDarker() {
    let outer = Picture(of: [(square(side: 3), red)], view: view())[100, 100]
    let inner = Picture(of: [(square(side: 3).flipped(), red)], view: view())[100, 100]
    #expect(inner != .white && inner.r < outer.r)
  }

  @Test func coloursOfVerticesBlendBetweenThem() {
    // Low at the left side of the square, high at the right one.
    let painted = PaintedMesh(
      square(side: 3), values: [-1, 1, 1, -1], colormap: .coolToWarm, low: -1, high: 1)
    let picture = Picture(painted: [painted], view: view())
    let (left, middle, right) = (picture[15, 100], picture[100, 100], picture[184, 100])
    #expect(left.b > 2 * left.r && right.r > 2 * right.b)
    #expect(abs(Int(middle.r) - Int(middle.b)) < 60)
    let reds = (11..<189).map { picture[$0, 100].r }
    #expect(zip(reds, reds.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func oneColourIsThatOfEveryVertex() {
    let mesh = icosphere(radius: 2)
    #expect(
      Picture(painted: [PaintedMesh(mesh, color: red)], view: view())
        == Picture(of: [(mesh, red)], view: view()))
  }

  @Test func sceneIsTheSameOnAnyNumberOfThreads() {
    let scene = [
      (mesh: icosphere(radius: 2), color: red),
      (mesh: icosphere(center: [1, 1, 1], radius: 2), color: blue),
    ]
    let pictures = [1, 2].map { threads in
      Parallel.$threads.withValue(threads) {
        Picture(of: scene, view: view(azimuth: 20, elevation: 40))
      }
    }
    #expect(pictures[0] == pictures[1])
  }

  @Test func verticesThatAreNotFiniteAreLeftOut() {
    let mesh = square(side: 3)
    let broken = TriangleMesh(
      positions: mesh.positions + [[.nan, 0, 0], [.infinity, 1, 1]],
      triangles: mesh.triangles + [Triangle(0, 4, 5)])
    #expect(
      Picture(of: [(broken, red)], view: view()) == Picture(of: [(mesh, red)], view: view()))
  }
}
