// The surfaces of all objects of a stack, coloured by their mean curvature, as a PNG: blue where they are hollow, red
// where they bulge, the more the sharper.
//
//     swift run -c release DrawCurvature [STACK.tif [PICTURE.png [SIGMA [ELEVATION]]]]
import Foundation
import Lamina

let arguments = CommandLine.arguments.dropFirst() + []
let path = arguments.first ?? "Examples/Data/nuclei.tif"
let target = arguments.dropFirst().first ?? "curvature.png"

var options = AnalysisOptions()
options.sigma = arguments.dropFirst(2).first.flatMap { Length($0) } ?? Length("0.5um")
options.fillHoles = true
options.splitting = .byDistance
options.curvatureScale = .voxels(2)

let image = try Stack(contentsOf: path).image
// What is smaller than 500 voxels has no curvature to speak of.
options.minimumVolume = 500 * image.grid.voxelVolume
let objects = try Analysis(of: image, options: options).objects

// One over half of the median radius, as one digit and zeros: twice the curvature of a ball of that size.
let radii = objects.map { $0.measurements.surface.equivalentDiameter / 2 }.sorted()
let limit = Double(String(format: "%.0e", 2 / radii[radii.count / 2])) ?? 1

let surfaces = objects.map {
  PaintedMesh(
    $0.mesh, values: $0.measurements.surface.curvature.mean, colormap: .coolToWarm, low: -limit,
    high: limit)
}
let elevation = arguments.dropFirst(3).first.flatMap { Double($0) } ?? 50
let view = SceneView(azimuth: 0, elevation: elevation, width: 760, height: 620, background: .white)
let bar = Picture(
  colorBar: .coolToWarm, title: "H 1/\(image.grid.unit.rawValue)",
  labels: ["\(-limit)", "\(-limit / 2)", "0", "\(limit / 2)", "\(limit)"], height: 300)
let picture = Picture(painted: surfaces, view: view).beside(bar, gap: 8, background: .white)
try Data(picture.png()).write(to: URL(fileURLWithPath: target))
print("\(target): \(picture.width) x \(picture.height), \(objects.count) objects")
