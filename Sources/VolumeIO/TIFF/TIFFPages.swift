internal import CTIFF
internal import Files

/// The pages of a TIFF in the order of the file, found but not yet decoded.
struct TIFFPages {
  let path: String
  let byteCount: Int
  let places: [TIFFPagePlace]
  /// The layout of each page, or why it cannot be read.
  let layouts: [Result<TIFFPage, VolumeFileError>]
  /// Whether a page is a preview of another one.
  private let isReduced: [Bool]
  /// The description of the first page.
  let description: [UInt8]
  /// What is odd about the list of pages.
  let warnings: [String]

  /// Follows the chain of directories. Sub-directories, where pyramids have their smaller levels, stay
  /// aside.
  init(_ plain: PlainFile) throws {
    path = plain.path
    byteCount = plain.byteCount
    let file = try TIFFFile.reading(path, byteCount: byteCount)
    description = file.text(of: TIFFTAG_IMAGEDESCRIPTION) ?? []
    var places: [TIFFPagePlace] = []
    var layouts: [Result<TIFFPage, VolumeFileError>] = []
    var isReduced: [Bool] = []
    var link: UInt64 = 0
    repeat {
      let number = places.count + 1
      let offset = file.directoryOffset
      guard let next = try plain.linkOfTIFFDirectory(at: offset) else {
        throw VolumeFileError.damaged(
          path: path, page: number, reason: "the file ends in its directory")
      }
      link = next
      places.append(TIFFPagePlace(path: path, index: number - 1, offset: offset))
      layouts.append(Self.layout(of: number, in: file, byteCount: plain.byteCount))
      let kind = file.value(of: TIFFTAG_SUBFILETYPE, default: UInt32(0))
      isReduced.append(kind & UInt32(FILETYPE_REDUCEDIMAGE) != 0)
    } while file.readNextDirectory()
    // The last page and a damaged one end the list alike; only the message differs.
    if let reason = file.firstError {
      throw VolumeFileError.damaged(path: path, page: places.count + 1, reason: reason)
    }
    let isLoop = link != 0
    warnings =
      file.warnings
      + (isLoop ? ["its list of pages leads back into itself; each page is read once"] : [])
    self.places = places
    self.layouts = layouts
    self.isReduced = isReduced.allSatisfy { $0 } ? isReduced.map { _ in false } : isReduced
  }

  private static func layout(
    of number: Int, in file: TIFFFile, byteCount: Int
  ) -> Result<TIFFPage, VolumeFileError> {
    Result { () throws(VolumeFileError) in
      let page = try TIFFPage(file, number: number)
      try page.checkPlausibility(pageCount: 1, of: file.path, number, byteCount: byteCount)
      return page
    }
  }

  /// Pages in a row that have one layout: each run is a stack. Previews are passed over.
  var runs: [[Int]] {
    var runs: [[Int]] = []
    for page in layouts.indices where !isReduced[page] {
      if let before = runs.last?.last, haveEqualLayout(before, page) {
        runs[runs.count - 1].append(page)
      } else {
        runs.append([page])
      }
    }
    return runs
  }

  private func haveEqualLayout(_ a: Int, _ b: Int) -> Bool {
    guard case .success(let a) = layouts[a], case .success(let b) = layouts[b] else { return false }
    return a == b
  }

  /// A page in a few words, for a list of series.
  func summary(of page: Int) -> String {
    switch layouts[page] {
    case .success(let layout): layout.summary
    case .failure: "a kind that is not read"
    }
  }
}

extension TIFFFile {
  /// A handle of its own on a file, for one thread.
  static func reading(_ path: String, byteCount: Int) throws(VolumeFileError) -> TIFFFile {
    let log = MessageLog()
    // A page or its tables never need more than the file has, but for the slack of small ones.
    let limit = byteCount + 64 << 20
    guard let file = TIFFFile(path: path, mode: "rm", memoryLimit: limit, log: log) else {
      throw .damaged(path: path, page: 1, reason: log.errors.first ?? "it has no pages")
    }
    return file
  }
}
