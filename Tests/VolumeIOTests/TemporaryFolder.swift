import Foundation

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/lamina-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var entries: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }

  func file(_ name: String, _ bytes: [UInt8]) -> String {
    let target = "\(path)/\(name)"
    _ = FileManager.default.createFile(atPath: target, contents: Data(bytes))
    return target
  }

  func contents(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) } ?? []
  }
}
