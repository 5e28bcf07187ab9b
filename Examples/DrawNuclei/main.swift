// A slice of a stack with the outlines of its nuclei, beside their surfaces, as a PNG.
//
//     swift run -c release DrawNuclei [STACK.tif [PICTURE.png]]
import Foundation
import Lamina

let arguments = CommandLine.arguments.dropFirst() + []
let path = arguments.first ?? "Examples/Data/nuclei.tif"
let target = arguments.dropFirst().first ?? "nuclei.png"

let image = try Stack(contentsOf: path).image

var options = AnalysisOptions()
options.sigma = Length("0.5um")
options.minimumVolume = 20
options.fillHoles = true
options.smoothing = SmoothingChoice(method: .taubin(iterations: 10))
let analysis = try Analysis(of: image, options: options)

let zoom = 4
let middle = image.grid.size.z / 2
let statistics = image.statistics()
var slice = image.slice(z: middle, low: statistics.minimum, high: 0.6 * statistics.maximum)
  .scaled(by: zoom)
slice.outline(analysis.segmentation.labels, z: middle)

let meshes = analysis.objects.map {
  (mesh: $0.mesh, color: Colormap.objectColor($0.measurements.label))
}
let view = SceneView(azimuth: 0, elevation: 60, width: slice.height, height: slice.height)
let picture = slice.beside(Picture(of: meshes, view: view), gap: 12, background: .white)
try Data(picture.png()).write(to: URL(fileURLWithPath: target))
print("\(target): \(picture.width) x \(picture.height), \(analysis.objects.count) nuclei")
