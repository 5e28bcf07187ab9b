// One mesh per nucleus, smoothed and simplified, in the formats that other viewers open:
// PLY (MeshLab, napari), OBJ (Blender), STL (printing), GLB (browsers, slides).
//
//     swift run -c release ExportForViewers [STACK.tif [FOLDER]]
import Foundation
import Lamina

let arguments = CommandLine.arguments.dropFirst() + []
let path = arguments.first ?? "Examples/Data/nuclei.tif"
let folder = arguments.dropFirst().first ?? "nuclei-meshes"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)

let stack = try Stack(contentsOf: path)

var options = AnalysisOptions()
options.sigma = Length("0.5um")
options.minimumVolume = 20
options.fillHoles = true
options.smoothing = SmoothingChoice(method: .taubin(iterations: 10))
options.simplification = 0.25

for nucleus in try Analysis(of: stack.image, options: options).objects {
  let name = "nucleus-\(nucleus.measurements.label)"
  for format in MeshFormat.allCases {
    try nucleus.mesh.write(
      to: "\(folder)/\(name).\(format.rawValue)",
      provenance: MeshProvenance(unit: stack.image.grid.unit, name: name))
  }
  print("\(folder)/\(name): \(nucleus.mesh.triangles.count) triangles")
}
