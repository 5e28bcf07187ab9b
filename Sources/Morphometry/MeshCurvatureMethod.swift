/// How the curvature at the vertices of a mesh is found where there is no image to find it from.
///
/// Whatever the method, the integrals of H and K over the surface are the sums over ``angles``. All methods see a
/// neighbourhood of the curvature scale: what bends more sharply comes out flatter, and an edge of a box is as round as
/// the scale is long. How they compare is in the article Accuracy.
public enum MeshCurvatureMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// Interpolated corrected curvature measures, of positions and normals together.
  ///
  /// On a triangle with corners a, b, c the normals u, v, w of its vertices vary linearly. With their mean m it holds
  ///
  ///     of the area   m · (b - a) × (c - a) / 2
  ///     of H          m · ((u - w) × (b - a) + (v - u) × (c - a)) / 4
  ///     of K          u · v × w / 2
  ///
  /// each of which is exact on a sphere if the normals are. Spread over the neighbourhood, H and K are divided by the
  /// first. Normals are means over the triangles around a vertex, weighted by area. Lachaud, Romon, Thibert &
  /// Coeurjolly 2020, doi:10.1111/cgf.14067; convergence with normals that converge: Lachaud, Romon & Thibert 2022,
  /// doi:10.1007/s00454-022-00399-4.
  ///
  /// As fast as ``angles`` and far less upset by uneven triangles. An open border holds no curvature.
  case corrected
  /// A paraboloid is fitted to the normals of the vertices around each one.
  ///
  /// In the plane across the mean normal of the neighbourhood, with x and y from its centre, the paraboloid
  /// z = -(a x² + 2 b x y + c y²) / 2 has normals whose components in the plane are a x + b y and b x + c y, to the
  /// first order. Least squares give a, b and c; H = (a + c) / 2 and K = a c - b². A vertex counts by its area times a
  /// Gaussian of its distance. On spheres and cylinders normals are proportional to places at any distance, so that
  /// there the fit has no bias; a fit to heights, as it is more often made, is too large by 2 s² / R² at the scale s.
  ///
  /// The least noisy on the surfaces of grey values, at some thirty times the time. An open border does not matter to
  /// it; 0 where neighbours do not span a plane. After Goldfeather & Interrante 2004, doi:10.1145/966131.966134, who
  /// fit positions and normals of the neighbours, and Rusinkiewicz 2004, doi:10.1109/TDPVT.2004.1335277, who takes the
  /// second fundamental form from the normals of a triangle.
  case quadric
  /// The angles that a polyhedron has between its triangles and around its vertices.
  ///
  /// An edge holds half of its length times the angle between its triangles of H, positive where convex; a vertex
  /// holds of K the angle that is missing to a full turn, or to half a turn on an open border: their sum is 2 pi times
  /// the Euler number of a closed mesh, exactly. Both are spread over the neighbourhood, together with the area, and
  /// divided by it, so that the mean over the surface is always the integral over the area. Cohen-Steiner & Morvan
  /// 2003, doi:10.1145/777792.777839.
  ///
  /// Angles at triangles of almost no area are arbitrary, and on an open border K is that of the border line. The
  /// cotangent formula (Meyer, Desbrun, Schröder & Barr 2003, doi:10.1007/978-3-662-05105-4_2) has the same error in H,
  /// within a tenth of it, on meshes from voxels, and is not here.
  case angles
}
