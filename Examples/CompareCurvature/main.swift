// How well three ways of finding curvature on a mesh do on the surfaces of phantoms, whose curvature is known at every
// point: error of H (root mean square and bias) and of K, weighted by area, in per cent of their root mean squares.
//
//     swift run -c release CompareCurvature
import Foundation
import Lamina

let solids: [Solid] = [
  .sphere(radius: 8), .sphere(radius: 20), .ellipsoid(semiAxes: SIMD3(11.08, 8.31, 5.54)),
  .torus(majorRadius: 14, minorRadius: 6),
]

/// The surface of a phantom as other programs make it: through half of the grey values of its voxels, each of
/// which has the part of the light that the solid fills it to; midway between the voxels of a mask, and that smoothed.
func surfaces(_ phantom: Phantom) throws -> [(name: String, mesh: TriangleMesh)] {
  let grey = try phantom.volume()
    .isosurface(at: Float(phantom.foreground + phantom.background) / 2)
  let staircase = try phantom.mask.volume().isosurface(at: 0.5)
  return [
    ("grey", grey), ("mask", staircase),
    ("mask, taubin:10", staircase.smoothed(by: .taubin(iterations: 10))),
  ]
}

print("solid          surface             scale  method      rms H  bias H  rms K   seconds")
for solid in solids {
  var phantom = Phantom(solid: solid)
  phantom.rotation = .random(seed: 7)
  phantom.shift = SIMD3(0.24, 0.17, 0.41)
  for (name, mesh) in try surfaces(phantom) {
    let exact = mesh.positions.map {
      solid.surfacePoint(
        nearest: phantom.rotation.inverse.rotated(SIMD3<Double>($0) - phantom.center))
    }
    for edges in [2.0, 3] {
      for method in MeshCurvatureMethod.allCases {
        let start = ContinuousClock.now
        let found = mesh.curvature(scale: edges * mesh.meanEdgeLength, method: method)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let areas = mesh.curvature(scale: 0, method: .angles).area
        func sum(_ term: (Int) -> Double) -> Double {
          areas.indices.reduce(0) { $0 + areas[$1] * term($1) }
        }
        let h = sum { exact[$0].meanCurvature * exact[$0].meanCurvature }
        let k = sum { exact[$0].gaussianCurvature * exact[$0].gaussianCurvature }
        let errorOfH = sum { pow(found.mean[$0] - exact[$0].meanCurvature, 2) }
        let errorOfK = sum { pow(found.gaussian[$0] - exact[$0].gaussianCurvature, 2) }
        let bias = sum { found.mean[$0] } / sum { exact[$0].meanCurvature } - 1
        print(
          "\(solid.name)".padding(toLength: 15, withPad: " ", startingAt: 0)
            + name.padding(toLength: 20, withPad: " ", startingAt: 0)
            + String(format: "%5.0f  ", edges)
            + method.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
            + String(
              format: "%7.1f %+7.1f %6.1f  %8.4f", 100 * (errorOfH / h).squareRoot(), 100 * bias,
              100 * (errorOfK / k).squareRoot(), seconds))
      }
    }
  }
}
