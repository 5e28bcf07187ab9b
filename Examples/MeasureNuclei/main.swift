// Surface area, volume and curvature of every nucleus of a stack.
//
//     swift run -c release MeasureNuclei [STACK.tif]
import Foundation
import Lamina

let path = CommandLine.arguments.dropFirst().first ?? "Examples/Data/nuclei.tif"
let stack = try Stack(contentsOf: path)

var options = AnalysisOptions()
options.sigma = Length("0.5um")
options.minimumVolume = 20  // µm³: what is smaller is debris
options.fillHoles = true  // nucleoli are dark, but no holes
options.clearBorder = true  // whole nuclei only

let analysis = try Analysis(of: stack.image, options: options)

print("label  area [µm²]  Crofton [µm²]  volume [µm³]  sphericity  mean H [1/µm]")
for nucleus in analysis.objects {
  let measured = nucleus.measurements
  let surface = measured.surface
  print(
    String(
      format: "%5d  %10.1f  %13.1f  %12.1f  %10.3f  %13.4f", measured.label, surface.surfaceArea,
      measured.voxels?.croftonArea ?? .nan, surface.volume, surface.sphericity,
      surface.curvature.meanAverage))
}
