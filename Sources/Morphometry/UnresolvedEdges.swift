internal import LibC

/// How sharp the edges of an object are that a blur does not let see, as a blur that is wider shows.
///
/// Through a blur of standard deviation s a sharp edge is as round as the blur makes it: its curvature is as 1/s, and what the
/// area has lost beside it grows with s. Where the surface is smooth the curvature stays, and the loss grows with s⁴.
/// In between are edges that are rounded themselves. Of one of any angle, rounded by up to three s, the loss grows
/// with s to the power
///
///      p = 1 + 3 sqrt(1 - a)        a from the curvature of its crest, which is as s to the power -a
///
/// within 0.3, as was found from the blurred pictures of wedges of 45 to 120 degrees.
public struct UnresolvedEdges: Sendable {
  /// The part of the loss that may be at such edges, from 0 to 1.
  public let possible: Double
  /// The part of the loss that is likely to be at such edges, from 0 to ``possible``.
  public let share: Double
  /// p, from 1 to 4.
  public let power: Double

  /// Of the vertices that are not resolved these bend most as an edge does: its crest. Those beside it bend less
  /// through the narrow blur, and no less through the wide one.
  private static let crest = 0.1

  /// - Parameters:
  ///   - meanCurvatures: H at the vertices of a surface, in 1/unit.
  ///   - wide: H of the same surface through a wider blur; `nan` where it is not known.
  ///   - widthRatio: Of the wide to the narrow blur, more than 1.
  ///   - unresolved: The vertices where it bends too strongly for the narrow blur. Without any there are no edges.
  public init(
    _ meanCurvatures: [Float], wide: [Double], widthRatio: Double, unresolved: [Int]
  ) {
    let exponents = unresolved.map { Double(meanCurvatures[$0]) / wide[$0] }.filter { $0 > 0 }
      .map { min(max(log($0) / log(widthRatio), 0), 1) }.sorted(by: >)
    guard !exponents.isEmpty else {
      (possible, share, power) = (0, 0, 4)
      return
    }
    power = 1 + 3 * (1 - exponents[Int(Self.crest * Double(exponents.count))]).squareRoot()
    let narrow = meanCurvatures.map { Double($0) }
    let known = wide.indices.filter { !wide[$0].isNaN }
    func bending(_ vertices: [Int], _ curvatures: [Double], _ power: Double) -> Double {
      vertices.reduce(0) { $0 + pow(abs(curvatures[$1]), power) }
    }
    // The area that a blur takes is as the square of the curvature, over an edge as 1/s; of what bends most, as the
    // fourth power shows, all may be edges.
    let whole = bending(known, narrow, 2)
    let fading = (1 - bending(known, wide, 2) / whole) / (1 - 1 / widthRatio)
    possible = min(bending(unresolved, narrow, 4) / bending(known, narrow, 4), 1)
    share = min(bending(unresolved, narrow, 2) / whole * min(max(fading, 0), 1), possible)
  }
}
