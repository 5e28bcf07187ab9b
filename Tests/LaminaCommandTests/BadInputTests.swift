import Fixtures
import Foundation
import Testing
import VolumeIO
import Volumes

@Suite("Bad input") struct BadInputTests {
  let folder: TemporaryFolder
  var out: String { "\(folder.path)/out" }
  init() throws { folder = try TemporaryFolder() }

  private func write<V: Voxel>(
    _ size: SIMD3<Int>, as image: (Volume<V>) -> Image, _ value: (Int, Int, Int) -> V
  ) throws -> String {
    let path = "\(folder.path)/stack.tif"
    try image(Volume(size, value)).write(to: path)
    return path
  }

  private func expectRefusal(of path: String, _ word: String, _ comment: Comment) throws {
    let command = try Command.run("measure", path, "-o", out)
    #expect(command.status == 1, comment)
    #expect(command.errorLines.count == 1, comment)
    #expect(command.errors.contains(path), comment)
    #expect(command.errors.contains(word), "\(command.errors)")
    #expect(command.output.isEmpty, comment)
    #expect(!FileManager.default.fileExists(atPath: out), comment)
  }

  @Test("files that are no stack")
  func noStack() throws {
    try expectRefusal(of: folder.file("empty.tif", []), "empty", "an empty file")
    try expectRefusal(of: folder.file("text.tif", Array("a,b\n1,2\n".utf8)), "text", "a text file")
    let header: [UInt8] = [0x49, 0x49, 42, 0, 0, 0, 0, 0]
    try expectRefusal(of: folder.file("zero.tif", header), "damaged", "a TIFF of no pages")
    let sample =
      FileManager.default.contents(atPath: "\(Command.package)/\(Command.sample)") ?? Data()
    let half = Array(sample.prefix(sample.count / 2))
    try expectRefusal(of: folder.file("half.tif", half), "damaged", "a truncated TIFF")
    try expectRefusal(of: "\(folder.path)/missing.tif", "No such file", "a missing path")
  }

  @Test("stacks in which nothing can be found")
  func nothingToFind() throws {
    let single = try write(.one, as: Image.uint16) { _, _, _ in 5 }
    try expectRefusal(of: single, "single voxel", "one voxel")
    let equal = try write(SIMD3(8, 8, 8), as: Image.uint16) { _, _, _ in 7 }
    try expectRefusal(of: equal, "all voxels have the value 7", "all equal")
    let nan = try write(SIMD3(8, 8, 8), as: Image.float32) { x, y, z in
      x == 3 && y == 2 && z == 1 ? .nan : Float(x)
    }
    try expectRefusal(of: nan, "x 3, y 2, z 1", "a NaN voxel")
    let huge = try write(SIMD3(8, 8, 8), as: Image.float64) { x, y, z in
      x == 3 && y == 2 && z == 1 ? 1e300 : Double(x)
    }
    try expectRefusal(of: huge, "x 3, y 2, z 1 is beyond 3.4e38", "a value that no float holds")
  }

  @Test(
    "voxels of no size, in the stack's unit",
    arguments: ["1e300", "1,1,1e13", "1e-300", "1e-13,1,1"])
  func spacings(spacing: String) throws {
    let command = try Command.run("measure", Command.sample, "--spacing", spacing, "-o", out)
    #expect(command.status == 1)
    #expect(command.errors.contains("is no voxel size"))
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test("a stack of zeros is a table without rows, and says so")
  func zeros() throws {
    let path = try write(SIMD3(8, 8, 8), as: Image.uint8) { _, _, _ in 0 }
    let command = try Command.run("measure", path, "-o", out)
    #expect(command.status == 0)
    #expect(command.errors.contains("every voxel is 0"))
    let lines = folder.contents("out/measurements.csv").split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 1)
  }

  @Test("what cannot be printed is an error, and closed streams are none")
  func streams() throws {
    let lamina = Command.path
    func shell(_ words: String) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "\"$0\" \(words)", lamina]
      process.currentDirectoryURL = URL(fileURLWithPath: Command.package)
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    if FileManager.default.fileExists(atPath: "/dev/full") {
      #expect(try shell("info \(Command.sample) > /dev/full 2> /dev/null") == 1)
    }
    // Files must not get the numbers of the streams: warnings would be written into them.
    let arguments = "measure \(Command.sample) --sigma 0.5 --min-volume 20 -o"
    #expect(try shell("\(arguments) \(out) 2> /dev/null > /dev/null") == 0)
    #expect(try shell("\(arguments) \(folder.path)/closed <&- >&- 2>&-") == 0)
    #expect(files(below: out) == files(below: "\(folder.path)/closed"))
  }

  @Test("a single slice is a slab, and said to be one")
  func slice() throws {
    let path = try write(SIMD3(20, 20, 1), as: Image.uint8) { x, y, _ in
      (5..<15).contains(x) && (5..<15).contains(y) ? 200 : 10
    }
    let command = try Command.run("measure", path, "-o", out)
    #expect(command.status == 0)
    #expect(command.errors.contains("one voxel thick"))
  }

  @Test("a folder that cannot be written to")
  func unwritable() throws {
    let blocker = folder.file("file", [1])
    let command = try Command.run("measure", Command.sample, "-o", "\(blocker)/out")
    #expect(command.status == 1)
    #expect(command.errors.contains("\(blocker)/out"))
    #expect(command.errors.contains("cannot be"))
  }

  @Test("a stack without calibration is measured in voxels, loudly")
  func uncalibrated() throws {
    let path = "\(folder.path)/stack.tif"
    let volume = try Volume<UInt8>(
      grid: Grid(size: SIMD3(9, 9, 9)),
      voxels: (0..<729).map {
        $0 == 364 || $0 == 365 ? 200 : 0
      })
    try Image.uint8(volume).write(to: path)
    let command = try Command.run("measure", path, "-o", out, "--sigma", "0")
    #expect(command.status == 0)
    #expect(command.errors.contains("voxel size is unknown"))
    let record = String(decoding: folder.contents("out/run.json"), as: UTF8.self)
    #expect(record.contains("\"unit\" : \"voxel\""))
    #expect(try Command.run("measure", path, "-o", out, "--force", "--sigma", "0.5um").status == 1)
  }
}
