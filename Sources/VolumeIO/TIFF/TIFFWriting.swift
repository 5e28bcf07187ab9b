internal import CTIFF
internal import CZlib
internal import Files
internal import Volumes

/// Writes a volume as a stack of pages, one a slice.
struct TIFFWriter: VolumeOperation {
  /// Who is to find the calibration.
  enum Metadata { case imageJ, ome }

  let path: String
  /// Where to write until the file is whole.
  let partial: String
  let metadata: Metadata

  func run<V: Voxel>(on volume: Volume<V>) throws(FileWriteError) {
    let log = MessageLog()
    let bytes = volume.grid.voxelCount * MemoryLayout<V>.stride
    // Deflate can make incompressible data a little longer.
    let mode = bytes > 3 << 30 ? "w8" : "w"
    guard
      let file = TIFFFile(path: partial, mode: mode, memoryLimit: 1 << 30, log: log)
    else { throw failure(log) }
    let rows = rowsPerStrip(volume.grid, V.self)
    let stripsPerPage = (volume.grid.size.y + rows - 1) / rows
    for pages in Parallel.pieces(of: volume.grid.size.z, size: max(1, 64 / stripsPerPage)) {
      // Many strips are packed at once, and then written in their order.
      let strips = Parallel.map(pages.count * stripsPerPage) { index in
        let (page, strip) = index.quotientAndRemainder(dividingBy: stripsPerPage)
        let start = volume.grid.offset(0, strip * rows, pages.lowerBound + page)
        let count = min(rows, volume.grid.size.y - strip * rows) * volume.grid.size.x
        return deflated(volume.voxels.extracting(start..<start + count))
      }
      for (page, z) in pages.enumerated() {
        describePage(of: volume.grid, as: V.self, in: file, isFirst: z == 0)
        for strip in 0..<stripsPerPage {
          guard file.writePackedStrip(strip, strips[page * stripsPerPage + strip]) else {
            throw failure(log)
          }
        }
        guard file.finishDirectory() else { throw failure(log) }
      }
    }
  }

  private func describePage<V: Voxel>(
    of grid: Grid, as _: V.Type, in file: TIFFFile, isFirst: Bool
  ) {
    file.set(TIFFTAG_IMAGEWIDTH, UInt32(grid.size.x))
    file.set(TIFFTAG_IMAGELENGTH, UInt32(grid.size.y))
    file.set(TIFFTAG_BITSPERSAMPLE, Int32(MemoryLayout<V>.stride * 8))
    file.set(TIFFTAG_SAMPLESPERPIXEL, Int32(1))
    let format =
      V.isFloatingPoint
      ? SAMPLEFORMAT_IEEEFP : V.typeName.hasPrefix("u") ? SAMPLEFORMAT_UINT : SAMPLEFORMAT_INT
    file.set(TIFFTAG_SAMPLEFORMAT, format)
    file.set(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK)
    file.set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG)
    // No predictor: ImageJ does not undo it.
    file.set(TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE)
    file.set(TIFFTAG_ROWSPERSTRIP, UInt32(rowsPerStrip(grid, V.self)))
    if grid.isCalibrated {
      file.set(TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE)
      file.set(TIFFTAG_XRESOLUTION, 1 / grid.spacing.x)
      file.set(TIFFTAG_YRESOLUTION, 1 / grid.spacing.y)
    }
    guard isFirst else { return }
    let description =
      switch metadata {
      case .imageJ: imageJDescription(of: grid)
      case .ome: omeXML(describing: grid, voxelType: V.typeName)
      }
    file.setText(TIFFTAG_IMAGEDESCRIPTION, description)
  }

  private func imageJDescription(of grid: Grid) -> String {
    var lines = ["ImageJ=1.54f", "images=\(grid.size.z)", "slices=\(grid.size.z)"]
    if grid.isCalibrated {
      // In ASCII, which every reader knows.
      lines.append("unit=\(grid.unit == .micrometre ? "micron" : grid.unit.rawValue)")
      lines.append("spacing=\(grid.spacing.z)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Strips of about 1 MB.
  private func rowsPerStrip<V: Voxel>(_ grid: Grid, _: V.Type) -> Int {
    min(grid.size.y, max(1, 1 << 20 / (grid.size.x * MemoryLayout<V>.stride)))
  }

  private func deflated<V: Voxel>(_ voxels: Span<V>) -> [UInt8] {
    unsafe voxels.withUnsafeBytes { source in
      let bound = compressBound(uLong(source.count))
      return unsafe [UInt8](unsafeUninitializedCapacity: Int(bound)) { target, count in
        var size = bound
        // SAFETY: zlib writes at most the bound, which is enough for any input.
        let status = unsafe compress2(
          target.baseAddress, &size, source.baseAddress?.assumingMemoryBound(to: UInt8.self),
          uLong(source.count), Z_DEFAULT_COMPRESSION)
        precondition(status == Z_OK, "zlib cannot pack a strip: \(status)")
        count = Int(size)
      }
    }
  }

  private func failure(_ log: MessageLog) -> FileWriteError {
    let reason =
      log.errors.first?.replacing("\(partial): ", with: "") ?? "the system would not take the file"
    return FileWriteError(
      path: path, reason: "\(reason); free some space, or choose another folder")
  }
}
