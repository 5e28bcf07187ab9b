import Pictures
import Testing
import Volumes

@Suite struct VolumePictureTests {
  @Test func sliceMapsLowMiddleAndHighExactly() throws {
    let volume = try Volume<UInt16>(
      grid: Grid(size: [5, 1, 2]), voxels: [9, 9, 9, 9, 9, 50, 100, 355, 610, 60_000])
    let picture = volume.slice(z: 1, low: 100, high: 610)
    #expect(picture.width == 5 && picture.height == 1)
    #expect(picture.pixels == [0, 0, 128, 255, 255].map { RGB(grey: $0) })
  }

  @Test func sliceKeepsRowsAndColumns() throws {
    let voxels = (0..<6).map { UInt8($0) }
    let volume = try Volume<UInt8>(grid: Grid(size: [3, 2, 1]), voxels: voxels)
    let picture = volume.slice(z: 0, low: 0, high: 255)
    #expect(picture[2, 0] == RGB(grey: 2) && picture[0, 1] == RGB(grey: 3))
    #expect(picture == Image.uint8(volume).slice(z: 0, low: 0, high: 255))
  }

  @Test func notANumberHasItsOwnColour() throws {
    let volume = try Volume<Float>(
      grid: Grid(size: [3, 1, 1]), voxels: [.nan, .infinity, -.infinity])
    let picture = volume.slice(z: 0, low: 0, high: 1, colormap: .viridis)
    #expect(picture[0, 0] == Colormap.viridis.notANumber)
    #expect(picture[1, 0] == Colormap.viridis.color(at: 1))
    #expect(picture[2, 0] == Colormap.viridis.color(at: 0))
  }

  @Test func projectionShowsTheGreatestNumber() throws {
    let volume = try Volume<Float>(
      grid: Grid(size: [2, 2, 2]), voxels: [1, .nan, 0, -7, 0, 3, .nan, -9])
    let picture = volume.maximumProjection(low: 0, high: 255)
    #expect(picture.pixels == [1, 3, 0, 0].map { RGB(grey: $0) })
    #expect(picture == Image.float32(volume).maximumProjection(low: 0, high: 255))
  }

  @Test func projectionIsTheSameOnAnyNumberOfThreads() throws {
    let size = SIMD3(67, 90, 5)
    let voxels = (0..<67 * 90 * 5).map { UInt8($0 * 7919 % 251) }
    let volume = try Volume<UInt8>(grid: Grid(size: size), voxels: voxels)
    let pictures = [1, 2].map { threads in
      Parallel.$threads.withValue(threads) { volume.maximumProjection(low: 0, high: 255) }
    }
    #expect(pictures[0] == pictures[1])
  }

  @Test func outlineTouchesBorderPixelsOnly() throws {
    // 0 0 0 0 0 0
    // 0 1 1 1 2 0
    // 0 1 1 1 2 0
    // 0 1 1 1 2 0
    var voxels = [UInt32](repeating: 0, count: 24)
    for y in 1...3 {
      for x in 1...3 { voxels[y * 6 + x] = 1 }
      voxels[y * 6 + 4] = 2
    }
    let labels = try LabelVolume(grid: Grid(size: [6, 4, 1]), voxels: voxels)
    var picture = Picture(width: 6, height: 4, fill: .black)
    picture.outline(labels, z: 0)
    for y in 0..<4 {
      for x in 0..<6 {
        let label = voxels[y * 6 + x]
        let isDrawn = label != 0 && !(x == 2 && y == 2)
        #expect(picture[x, y] == (isDrawn ? Colormap.objectColor(label) : .black))
      }
    }
  }

  @Test func outlineStaysThinOnALargerPicture() throws {
    let labels = try LabelVolume(
      grid: Grid(size: [3, 3, 1]), voxels: [0, 0, 0, 0, 7, 0, 0, 0, 0])
    var picture = Picture(width: 12, height: 12, fill: .black)
    picture.outline(labels, z: 0)
    #expect(picture.pixels.count { $0 == Colormap.objectColor(7) } == 12)
    #expect(picture[4, 4] == Colormap.objectColor(7) && picture[5, 5] == .black)
  }
}
