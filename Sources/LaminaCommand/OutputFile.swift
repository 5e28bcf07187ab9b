import Lamina
import LibC

/// A file that a command is to write.
struct OutputFile {
  let path: String
  let force: Bool
  private let isNamedWell: Bool
  private let endings: String

  init(_ path: String, force: Bool, endings: [String]) {
    self.path = path
    self.force = force
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    isNamedWell = endings.contains(ending)
    self.endings = "." + endings.joined(separator: ", .")
  }

  /// An image, or the labels of an OME-Zarr.
  init(image path: String, force: Bool) {
    self.path = path
    self.force = force
    isNamedWell = ImageFileFormat(path: path) != nil
    endings = ".tif, .ome.tif, .ome.zarr or .zarr/labels/NAME"
  }

  /// Refuses a file that is there already, or a name that the command does not write, before any work
  /// is done.
  func check() throws {
    guard isNamedWell else { throw UsageError("\(path): the name must end in \(endings)") }
    let isThere = unsafe access(path, F_OK) == 0
    if isThere && !force {
      throw UsageError("\(path) is there already; choose another name, or replace it with --force")
    }
  }
}

/// Opens the folder that a command fills, unless its name is like that of a file: somebody who writes
/// `-o nuclei.fbx` or `-o table.xlsx` does not want a folder.
func resultFolder(_ path: String, for names: [String], force: Bool) throws -> ResultFolder {
  let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
  let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last ?? ""
  let isLikeAFile = 3...5 ~= ending.count && ending.contains { $0.isLetter }
  guard !isLikeAFile || isFolder(path) else {
    throw UsageError(
      "\(path): the results are a folder, and .\(ending) is no format of a file to put them all into;"
        + " for a folder of this name write \(path)/")
  }
  return try ResultFolder(path, for: names, force: force)
}

/// Whether there is a folder at a path.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
