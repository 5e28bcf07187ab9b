import Fixtures
import Lamina
import Testing

@Suite("Real stacks", .enabled(if: SharedData.isThere, "needs the shared test data"))
struct RealStackTests {
  @Test("nuclei of cells3d: as many and where an expert's labels say")
  func cells3d() throws {
    var options = AnalysisOptions()
    options.spacing = SIMD3(0.26, 0.26, 0.29)
    options.sigma = Length(0.5)
    options.minimumVolume = 20
    let stack = try Stack(contentsOf: SharedData.path("stacks/cells3d_nuclei.tif"), for: options)
    let analysis = try Analysis(of: stack.image, options: options)
    #expect((12...26).contains(analysis.objects.count))
    for object in analysis.objects {
      let topology = object.measurements.surface.topology
      #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented)
    }
    let expert = try Stack(contentsOf: SharedData.path("stacks/cells3d_nuclei_labels.tif"))
    let ours = analysis.segmentation.labels.array.map { $0 != 0 }
    let theirs = try expert.image.asLabels().array.map { $0 != 0 }
    let both = zip(ours, theirs).count { $0 && $1 }
    let sum = ours.count { $0 } + theirs.count { $0 }
    #expect(2 * Double(both) / Double(sum) >= 0.9)
  }

  @Test("a big-endian stack of ImageJ brings its calibration along")
  func autothresh() throws {
    let path = SharedData.path("stacks/neubias_nuclei_autothresh.tif")
    let grid = try Stack(contentsOf: path).image.grid
    #expect(abs(grid.spacing.x - 0.82864) < 1e-5 && abs(grid.spacing.y - 0.82864) < 1e-5)
    #expect(grid.spacing.z == 4)
    #expect(grid.unit == .micrometre && grid.calibration == .imageJ)
  }
}
