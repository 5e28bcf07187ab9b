import ArgumentParser
import Lamina

/// How curvature at points is measured.
struct CurvatureArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The scale at which curvature is reported: 0.5, 0.5um or 2px (default: 1.1 r^(1/3) voxels for"
        + " an object like a sphere of r voxels; two mean edges for a mesh)."))
  var curvatureScale: Length?

  @Option(
    help: ArgumentHelp(
      "How curvature is found at the vertices of a surface that has no field to take it from: by corrected"
        + " curvature measures (corrected, the default), a fit to the normals around (quadric, slower), or the"
        + " angles between triangles (angles)."))
  var meshCurvature: MeshCurvatureMethod?

  func validate() throws {
    if let curvatureScale, curvatureScale.isZero {
      throw ValidationError(
        "--curvature-scale must be more than 0, got \(curvatureScale): curvature has no meaning below"
          + " the size of a voxel or of a triangle; leave it out for a scale that fits the object")
    }
  }

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    options.curvatureScale = curvatureScale ?? options.curvatureScale
    options.meshCurvature = meshCurvature ?? options.meshCurvature
  }
}
