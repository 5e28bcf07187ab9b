internal import LibC

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Why results cannot be put into a folder.
public enum ResultFolderError: Error, Sendable, CustomStringConvertible {
  /// The folder holds results already.
  case occupied(path: String, by: String)
  /// A file or folder cannot be made, moved or removed.
  case unwritable(path: String, reason: String)

  public var description: String {
    switch self {
    case .occupied(let path, let name):
      "\(path) already holds results (\(name)); choose another folder, or replace them with --force"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}

/// A folder that receives the results of a run whole or not at all.
///
/// Everything is first written into a hidden folder inside of it. ``commit()`` moves the finished
/// files to their places, the table last. A run that is killed leaves only the hidden folder, which
/// the next run removes.
public final class ResultFolder {
  public let path: String
  private let staging: String
  private let names: [String]
  private let replaces: Bool
  private var isOpen = true

  private static let stagingPrefix = ".lamina-partial-"

  /// Opens a folder for results of the given names, which stand for files or folders.
  ///
  /// - Parameters:
  ///   - names: What the run will leave, in the order in which it is to appear.
  ///   - force: Replace results that are there already. Without it they are an error.
  public init(
    _ path: String, for names: [String], force: Bool = false
  ) throws(ResultFolderError) {
    self.path = path
    self.names = names
    replaces = force
    staging = "\(path)/\(Self.stagingPrefix)\(getpid())"
    if !force, let name = names.first(where: { Self.exists("\(path)/\($0)") }) {
      throw .occupied(path: path, by: name)
    }
    try Self.makeFolder(path)
    Self.removeAbandonedStaging(in: path)
    try Self.makeFolder(staging)
  }

  /// Where to write a file for now.
  public func place(for name: String) -> String { "\(staging)/\(name)" }

  /// Makes a folder among the results and says where it is for now.
  public func folder(for name: String) throws(ResultFolderError) -> String {
    try Self.makeFolder(place(for: name))
    return place(for: name)
  }

  /// Moves what was written to its place.
  public func commit() throws(ResultFolderError) {
    isOpen = false
    defer { Self.remove(staging) }
    // The last to appear is the first to go: what is there without it is not finished.
    for name in names.reversed() where Self.exists("\(path)/\(name)") && replaces {
      try Self.move("\(path)/\(name)", to: "\(staging)/replaced-\(name)")
    }
    for name in names where Self.exists("\(staging)/\(name)") {
      try Self.move("\(staging)/\(name)", to: "\(path)/\(name)")
    }
  }

  /// Removes what was written, and the folder too when it was made for it and is empty.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    Self.remove(staging)
    unsafe rmdir(path)
  }

  deinit { discard() }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  private static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  private static func makeFolder(_ path: String) throws(ResultFolderError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: reason(of: error))
    }
  }

  private static func move(_ path: String, to target: String) throws(ResultFolderError) {
    do { try FileManager.default.moveItem(atPath: path, toPath: target) } catch {
      throw .unwritable(path: target, reason: reason(of: error))
    }
  }

  /// The system's own word for an error, on one line.
  private static func reason(of error: any Error) -> String {
    if let error = error as? CocoaError, let cause = error.underlying as? POSIXError {
      return unsafe String(cString: strerror(cause.code.rawValue))
    }
    return "\(error)"
  }

  /// Removes the hidden folders of runs that are no longer alive.
  private static func removeAbandonedStaging(in path: String) {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for entry in entries where entry.hasPrefix(stagingPrefix) {
      guard let process = Int32(entry.dropFirst(stagingPrefix.count)) else { continue }
      if kill(process, 0) != 0 && errno == ESRCH { remove("\(path)/\(entry)") }
    }
  }
}
