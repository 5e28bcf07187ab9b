internal import Foundation

/// A folder that is gone when the test is over.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    path = FileManager.default.temporaryDirectory.path + "/lamina-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names in the folder, sorted.
  public var entries: [String] { Self.entries(of: path) }

  public static func entries(of path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Removes a file or folder.
  public static func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: path)
  }

  /// Moves a file or folder, and makes the folder that it goes to.
  public static func move(_ path: String, to target: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: target).deletingLastPathComponent(),
      withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: path, toPath: target)
  }

  /// Writes a file and says where it is.
  public func file(_ name: String, _ bytes: [UInt8]) -> String {
    let target = "\(path)/\(name)"
    _ = FileManager.default.createFile(atPath: target, contents: Data(bytes))
    return target
  }

  /// The bytes of a file; none when it is not there.
  public func contents(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) } ?? []
  }
}
