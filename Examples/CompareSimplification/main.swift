// What simplification does to the measurements: the change of area, volume and curvature of the
// median nucleus, at several fractions of the triangles.
//
//     swift run -c release CompareSimplification [STACK.tif]
import Foundation
import Lamina

let path = CommandLine.arguments.dropFirst().first ?? "Examples/Data/nuclei.tif"
let stack = try Stack(contentsOf: path)

var options = AnalysisOptions()
options.sigma = Length("0.5um")
options.minimumVolume = 20
options.fillHoles = true
options.clearBorder = true

let nuclei = try Analysis(of: stack.image, options: options).objects
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

print("\(nuclei.count) nuclei; median change against the full mesh, in per cent")
print("fraction  triangles    area  volume  integral of H  sd of H")
for fraction in [1, 0.5, 0.1, 0.05, 0.01] {
  let pairs = nuclei.map { nucleus in
    let scale = nucleus.measurements.surface.curvature.scale
    let simplified = nucleus.mesh.simplified(to: .fraction(fraction))
    return (
      before: MeshMeasurements(nucleus.mesh, curvatureScale: scale),
      after: MeshMeasurements(simplified, curvatureScale: scale)
    )
  }
  func change(_ quantity: (MeshMeasurements) -> Double) -> Double {
    median(pairs.map { 100 * (quantity($0.after) / quantity($0.before) - 1) })
  }
  print(
    String(
      format: "%8.2f  %9.0f  %+6.2f  %+6.2f  %+13.2f  %+7.1f", fraction,
      median(pairs.map { Double($0.after.topology.triangleCount) }), change(\.surfaceArea),
      change(\.volume), change(\.curvature.meanIntegral), change(\.curvature.meanDeviation)))
}
