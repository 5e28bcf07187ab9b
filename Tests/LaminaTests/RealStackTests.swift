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

  /// Voxel volumes of known ellipsoids that MorphoLibJ's own tests use.
  @Test(
    "MorphoLibJ's ellipsoids have the semi-axes in their names",
    arguments: [
      ("A30_B20_C10_T00_P00", SIMD3(30.0, 20, 10)),
      ("A45_B35_C25_T30_P20_R10", SIMD3(45, 35, 25)),
    ])
  func ellipsoids(name: String, axes: SIMD3<Double>) throws {
    let path = SharedData.path("meshes/mlj_ellipsoid_\(name).tif")
    let binary = try Stack(contentsOf: path).image.asLabels()
    let labels = try LabelVolume(binary.grid.size) { x, y, z in binary[x, y, z] > 0 ? 1 : 0 }
    let object = try #require(labels.objects().first)
    let shape = VoxelShape(object, in: labels)
    let ellipsoid = EquivalentEllipsoid(shape.moments.withVoxelExtent(.one).covariance)
    for axis in 0..<3 { #expect(abs(ellipsoid.semiAxes[axis] - axes[axis]) < 0.1) }
    #expect(abs(ellipsoid.volume / shape.moments.volume - 1) < 4e-3)
    #expect(shape.configurations.eulerNumber6 == 1)
  }
}
