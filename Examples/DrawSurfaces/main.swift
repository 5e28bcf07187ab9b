// One nucleus as each kind of surface shows it, as a PNG: grey values, mask, surface nets, staircase; and
// all nuclei in one complex, where those that touch share a wall.
//
//     swift run -c release DrawSurfaces [STACK.tif [PICTURE.png]]
import Foundation
import Lamina

let arguments = CommandLine.arguments.dropFirst() + []
let path = arguments.first ?? "Examples/Data/nuclei.tif"
let target = arguments.dropFirst().first ?? "surfaces.png"

var options = AnalysisOptions()
options.sigma = Length("0.5um")
options.minimumVolume = 20
options.fillHoles = true
options.splitting = .byDistance

let image = try Stack(contentsOf: path).image
let segmentation = try Segmentation(of: image, options: options)
let view = SceneView(azimuth: 30, elevation: 35, width: 420, height: 420)

/// The largest nucleus that the border does not cut.
let nucleus = segmentation.objects.filter { !$0.touchesBorder(of: image.grid) }
  .max { $0.voxelCount < $1.voxelCount }

var pictures: [Picture] = []
for surface in [SurfaceSource.grey, .mask, .nets, .staircase] {
  options.surface = surface
  let meshes = try segmentation.mapObjects(options: options) { object in
    object.measurements.label == nucleus?.label
      ? [(mesh: object.mesh, color: Colormap.objectColor(object.measurements.label))] : []
  }
  pictures.append(Picture(of: meshes.flatMap { $0 }, view: view))
}

let complex = segmentation.labels.surfaceNets(relaxations: 16)
pictures.append(
  Picture(
    of: complex.walls.map {
      (mesh: complex.surface(of: $0), color: Colormap.objectColor($0.back))
    }, view: view))

let picture = pictures.dropFirst().reduce(pictures[0]) {
  $0.beside($1, gap: 8, background: .white)
}
try Data(picture.png()).write(to: URL(fileURLWithPath: target))
print("\(target): \(picture.width) x \(picture.height)")
