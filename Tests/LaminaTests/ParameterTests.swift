import Fixtures
import Lamina
import Testing

@Suite("Parameters as text") struct ParameterTests {
  @Test(
    "lengths: in the image's unit, in another one, in voxels",
    arguments: [
      ("0.5", SIMD3(0.5, 0.5, 0.5)), ("0.5um", SIMD3(0.5, 0.5, 0.5)),
      ("500nm", SIMD3(0.5, 0.5, 0.5)),
      ("2px", SIMD3(0.5, 0.5, 1.5)), ("1e-1", SIMD3(0.1, 0.1, 0.1)), ("0", .zero),
    ])
  func lengths(text: String, expected: SIMD3<Double>) throws {
    let grid = Grid(
      size: .one, spacing: SIMD3(0.25, 0.25, 0.75), unit: .micrometre, calibration: .commandLine)
    let resolved = try #require(Length(text)?.resolved(on: grid))
    #expect((resolved - expected).max() < 1e-12 && (expected - resolved).max() < 1e-12)
  }

  @Test(
    "what is no length is none", arguments: ["", "um", "-1", "1 light-year", "nan", "inf", "1,5"])
  func noLength(text: String) { #expect(Length(text) == nil) }

  @Test("a physical length means nothing on a grid without calibration")
  func uncalibrated() {
    #expect(Length("0.5um")?.resolved(on: Grid(size: .one)) == nil)
    #expect(Length("2px")?.resolved(on: Grid(size: .one)) == SIMD3(2, 2, 2))
  }

  @Test("every parameter survives being written and read")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    var options = AnalysisOptions()
    options.spacing = SIMD3(0.1, 0.2, 0.3)
    options.unit = .nanometre
    options.channel = 2
    options.sigma = Length("2px")
    options.threshold = .value(17.25)
    options.opening = Length("1px")
    options.closing = Length("0.5um")
    options.splitting = Splitting(by: .intensity, neckShare: 0.95)
    options.fillHoles = true
    options.connectivity = .faces
    options.minimumVolume = 12.5
    options.clearBorder = true
    options.surface = .mask
    options.smoothing = SmoothingChoice("laplacian:7") ?? .none
    options.simplification = 0.125
    let image = Image.uint8(try Volume<UInt8>(SIMD3(2, 2, 2)) { _, _, _ in 0 })
    let record = RunRecord(
      input: .init(path: "a.tif", sha256: nil, image: image), parameters: options, threshold: 1,
      sigma: nil, objects: 0, meshFormat: nil, warnings: ["said"])
    let path = folder.file("run.json", try record.json())
    #expect(try RunRecord(contentsOf: path).parameters == options)
  }

  @Test(
    "an older record lacks parameters, which have their defaults; one of a newer version is refused"
  )
  func otherVersions() throws {
    let folder = try TemporaryFolder()
    func record(_ parameters: String) throws -> RunRecord {
      let text = """
        {"lamina": "0.0.1", "objects": 0, "units": {}, "warnings": [], "parameters": \(parameters),
         "input": {"path": "a.tif", "voxel_type": "uint8", "size": [1, 2, 3], "spacing": [1, 1, 1],
                   "unit": "µm", "calibration": "command line"}}
        """
      return try RunRecord(contentsOf: folder.file("run.json", Array(text.utf8)))
    }
    var options = AnalysisOptions()
    options.threshold = .value(500)
    #expect(try record("{\"threshold\": \"500\", \"psf\": null}").parameters == options)
    let error = #expect(throws: RunRecordError.self) {
      try record("{\"threshold\": \"500\", \"deconvolution\": 3}")
    }
    #expect(error?.description.contains("parameters.deconvolution") == true)
  }

  @Test(
    "methods survive being written and read",
    arguments: [
      "otsu", "otsu:3", "li", "triangle", "isodata", "yen", "mean", "min-error", "17.25",
      "hysteresis:10.0:20.5", "local:5.0µm:0.0", "local:2.0px:-3.5",
    ])
  func thresholds(text: String) { #expect(ThresholdMethod(text)?.description == text) }

  @Test("a file that is no record says where it is wrong")
  func badRecord() throws {
    let folder = try TemporaryFolder()
    for text in ["", "{", "[]", "{\"lamina\": 3}"] {
      let path = folder.file("run.json", Array(text.utf8))
      let error = #expect(throws: RunRecordError.self) { try RunRecord(contentsOf: path) }
      #expect(error?.description.contains("run.json") == true)
    }
  }
}
