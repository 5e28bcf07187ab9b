/// The layout of the pixels of one page of a TIFF.
struct TIFFPage: Equatable {
  let width: Int
  let height: Int
  /// Slices of a page that is a volume; 1 for all others.
  let depth: Int
  /// Samples of a pixel: 3 for colour.
  let samples: Int
  /// The samples of a kind lie together, and not those of a pixel.
  let isPlanar: Bool
  let bits: Int
  /// What a sample is read as.
  let sampleType: SampleType
  let isCompressed: Bool
  let isJPEG: Bool
  /// Whether the pixels are cut into tiles; else they are strips of whole rows.
  let isTiled: Bool
  /// The size of a tile or strip. Those at the far ends may reach beyond the page.
  let segment: (width: Int, height: Int, depth: Int)
  /// What the numbers are to be shown as, where that is not plain grey or colour.
  let remarks: [String]

  /// The bytes of one slice of one kind of sample, once it is read.
  var sliceBytes: Int { width * height * sampleType.bytes }

  /// Pages of one stack may differ in how they are cut and packed, but not in this.
  static func == (a: TIFFPage, b: TIFFPage) -> Bool {
    a.width == b.width && a.height == b.height && a.depth == b.depth && a.samples == b.samples
      && a.sampleType == b.sampleType
  }

  /// Refuses a size that a file cannot possibly hold, before memory is asked for.
  func checkPlausibility(
    pageCount: Int, of path: String, _ number: Int? = nil, byteCount: Int
  ) throws(VolumeFileError) {
    let bytes = [height, depth, samples, pageCount].reduce(width.multipliedClamped(by: bits)) {
      $0.multipliedClamped(by: $1)
    }
    // No codec of libtiff packs real images tighter than a thousandth; constant ones are small.
    let possible =
      isCompressed ? max(byteCount.multipliedClamped(by: 2000), 64 << 20) : byteCount
    guard bytes / 8 <= possible else {
      throw .damaged(
        path: path, page: number,
        reason:
          "it claims \(pageCount) pages of \(summary), which its \(byteCount) bytes cannot hold")
    }
  }

  var summary: String {
    let colour = samples > 1 ? " x \(samples) samples" : ""
    let slices = depth > 1 ? " x \(depth)" : ""
    return "\(width) x \(height)\(slices) \(sampleType.rawValue)\(colour)"
  }
}
