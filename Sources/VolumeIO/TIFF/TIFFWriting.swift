internal import CTIFF
internal import Files
public import Volumes

extension Image {
  /// Writes the image as a TIFF stack that ImageJ and others open with the same calibration.
  ///
  /// One page a slice, deflated, BigTIFF where classic TIFF is too small. The file appears whole or
  /// not at all; whatever was there is replaced.
  public func write(to path: String) throws(VolumeFileError) {
    do {
      try replaceFile(at: path) { partial throws(FileWriteError) in
        try perform(TIFFWriter(path: path, partial: partial))
      }
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }
}

private struct TIFFWriter: VolumeOperation {
  let path: String
  /// Where to write until the file is whole.
  let partial: String

  func run<V: Voxel>(on volume: Volume<V>) throws(FileWriteError) {
    let log = MessageLog()
    let bytes = volume.grid.voxelCount * MemoryLayout<V>.stride
    let mode = bytes > 3 << 30 ? "w8" : "w"
    guard
      let file = TIFFFile(path: partial, mode: mode, memoryLimit: 1 << 30, log: log)
    else { throw failure(log) }
    var strip: [V] = []
    for z in 0..<volume.grid.size.z {
      describePage(of: volume.grid, as: V.self, in: file, isFirst: z == 0)
      guard writePage(z, of: volume, to: file, &strip), file.finishDirectory() else {
        throw failure(log)
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
    if isFirst { file.setText(TIFFTAG_IMAGEDESCRIPTION, imageJDescription(of: grid)) }
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

  /// Writes a page strip by strip, each from a copy, because libtiff may change what it is given.
  private func writePage<V: Voxel>(
    _ z: Int, of volume: Volume<V>, to file: TIFFFile, _ strip: inout [V]
  ) -> Bool {
    let grid = volume.grid
    let rows = rowsPerStrip(grid, V.self)
    for (index, top) in stride(from: 0, to: grid.size.y, by: rows).enumerated() {
      let start = grid.offset(0, top, z)
      let count = min(rows, grid.size.y - top) * grid.size.x
      strip.removeAll(keepingCapacity: true)
      for i in start..<start + count { strip.append(volume.voxels[i]) }
      let isWritten = unsafe strip.withUnsafeMutableBytes {
        unsafe file.writeStrip(index, from: $0)
      }
      guard isWritten else { return false }
    }
    return true
  }

  private func failure(_ log: MessageLog) -> FileWriteError {
    let reason = log.errors.first ?? "the system would not take the file"
    return FileWriteError(path: path, reason: reason)
  }
}
