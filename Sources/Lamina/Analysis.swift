internal import LibC
public import MeshProcessing
public import Morphometry
internal import Reconstruction
public import Volumes

/// One object of an analysis: its measurements and its surface.
public struct AnalyzedObject: Sendable {
  public let measurements: ObjectMeasurements
  /// The surface, smoothed and simplified as the options say, in world coordinates.
  public let mesh: TriangleMesh
}

/// Surfaces and measurements of every object of an image.
///
/// ```swift
/// let stack = try Stack(contentsOf: "nuclei.tif")
/// let analysis = try Analysis(of: stack.image)
/// for nucleus in analysis.objects { print(nucleus.measurements.surface.surfaceArea) }
/// ```
public struct Analysis: Sendable {
  public let segmentation: Segmentation
  /// In the order of their labels.
  public let objects: [AnalyzedObject]

  /// Runs the whole way from an image to its objects and keeps every surface in memory.
  public init(of image: Image, options: AnalysisOptions = .init()) throws {
    segmentation = try Segmentation(of: image, options: options)
    objects = try segmentation.mapObjects(options: options) { $0 }
  }
}

extension Segmentation {
  /// Reconstructs and measures every object, hands each on as soon as it is done, and keeps what
  /// comes back, in the order of the labels.
  ///
  /// Objects are worked on in parallel and their surfaces are not kept, so memory stays with the few
  /// objects at hand.
  /// - Parameters:
  ///   - parents: A label image as large as this one with what the objects lie in, for ``ColumnSet/parents``.
  ///   - body: Runs on several threads at once, in no particular order of objects.
  public func mapObjects<Result: Sendable>(
    options: AnalysisOptions, parents: LabelVolume? = nil, clock: StageClock = .init(),
    _ body: @Sendable (AnalyzedObject) throws -> Result
  ) throws -> [Result] {
    try mapObjects(
      options: options, pointSpread: pointSpread(options), parents: parents, clock: clock, body)
  }

  /// As ``mapObjects(options:parents:clock:_:)`` with the point-spread function of ``pointSpread(_:)``.
  func mapObjects<Result: Sendable>(
    options: AnalysisOptions, pointSpread: PointSpreadEstimate?, parents: LabelVolume?,
    clock: StageClock, _ body: @Sendable (AnalyzedObject) throws -> Result
  ) throws -> [Result] {
    let scene = surroundings(options.columns.parts, parents: parents, clock)
    guard options.columns.parts.contains(.surfaceNeighbours) else {
      return try mapSurfaces(
        options: options, pointSpread: pointSpread, crofton: scene.crofton, clock: clock
      ) { try body(analyze($0, $1, options: options, among: scene, clock: clock)) }
    }
    // Here all surfaces have to be there before the first one is measured.
    let surfaces = try mapSurfaces(
      options: options, pointSpread: pointSpread, crofton: scene.crofton, clock: clock
    ) { $1 }
    let crowd = try clock.time("neighbours") {
      scene.adding(try neighbours(surfaces.map(\.mesh), within: options.neighbourDistance))
    }
    return try Parallel.map(objects.count) { index in
      try body(
        analyze(objects[index], surfaces[index], options: options, among: crowd, clock: clock))
    }
  }

  /// Reconstructs every object, hands each on as soon as it is done, and keeps what comes back, in the
  /// order of the labels.
  func mapSurfaces<Result: Sendable>(
    options: AnalysisOptions, pointSpread: PointSpreadEstimate?, crofton: CroftonEstimator,
    clock: StageClock, _ body: @Sendable (LabelObject, EstimatedSurface) throws -> Result
  ) throws -> [Result] {
    let estimators = try maskEstimators(options, crofton)
    let grey = try greyEstimator(options, pointSpread)
    let nets =
      options.surface == .nets ? clock.time("surface") { labels.surfaceNets(relaxations: 16) } : nil
    // The largest first, so that no thread is left with a large one at the end.
    let order = objects.indices.sorted {
      (objects[$1].voxelCount, $0) < (objects[$0].voxelCount, $1)
    }
    let results = try Parallel.map(order.count) { position in
      let object = objects[order[position]]
      let surface = try clock.time("surface") {
        try self.surface(
          of: object, options: options, mask: estimators[order[position]], grey: grey, nets: nets,
          curvatureScale: curvatureScale(of: object, given: options.curvatureScale))
      }
      return try body(object, surface)
    }
    var sorted: [Result?] = Array(repeating: nil, count: results.count)
    for (position, result) in results.enumerated() { sorted[order[position]] = result }
    return sorted.compactMap { $0 }
  }

  /// The closed surface of one object, in world coordinates, and what is known of it.
  private func surface(
    of object: LabelObject, options: AnalysisOptions, mask: MaskEstimator?, grey: GreyEstimator?,
    nets: SurfaceComplex?, curvatureScale: Double
  ) throws -> EstimatedSurface {
    if let nets { return EstimatedSurface(mesh: nets.surface(of: object.label)) }
    if let exact = try grey?.surface(of: object, curvatureScale: curvatureScale) { return exact }
    var surface: EstimatedSurface
    if let smooth = try mask?.surface(of: object, in: labels, curvatureScale: curvatureScale) {
      surface = smooth
    } else if options.surface == .grey, let field, let threshold {
      surface = EstimatedSurface(
        mesh: field.isosurface(at: Float(threshold), around: object, in: labels))
    } else {
      surface = EstimatedSurface(mesh: labels.maskSurface(around: object))
      surface.quality.isTooSmall = mask != nil
    }
    surface.quality.isBlurred = options.surface == .grey && options.pointSpread != nil
    return surface
  }

  private func greyEstimator(
    _ options: AnalysisOptions, _ pointSpread: PointSpreadEstimate?
  ) throws -> GreyEstimator? {
    guard options.surface == .grey, let pointSpread, let field = try filteredImage(options)
    else { return nil }
    return try GreyEstimator(
      image: image, field: field, labels: labels, threshold: threshold,
      filter: try options.resolvedSigma(on: grid), pointSpread: pointSpread)
  }

  /// The smoothed image with all of its light, of which a local threshold has taken away the surroundings.
  private func filteredImage(_ options: AnalysisOptions) throws -> Volume<Float>? {
    guard !isGiven, case .local = options.threshold else { return field }
    return try image.gaussianBlurred(sigma: options.resolvedSigma(on: grid))
  }

  /// The point-spread function that surfaces are made with; `nil` where none is asked for, or where the objects do not
  /// tell.
  public func pointSpread(_ options: AnalysisOptions) throws -> PointSpreadEstimate? {
    guard options.surface == .grey else { return nil }
    switch options.pointSpread {
    case .gaussian(let sigma): return try PointSpreadEstimate(known: sigma, on: grid)
    case .optics(let optics):
      return try PointSpreadEstimate(known: optics.sigma(on: grid), on: grid)
    case .estimated:
      guard let field = try filteredImage(options) else { return nil }
      return try PointSpreadEstimate(
        of: self, field: field, threshold: threshold, filter: options.resolvedSigma(on: grid))
    case nil: return nil
    }
  }

  /// For every object how the surface of its mask is made, where surfaces are made from masks.
  private func maskEstimators(
    _ options: AnalysisOptions, _ crofton: CroftonEstimator
  ) throws -> [MaskEstimator?] {
    let isFromMask = options.surface == .mask || (options.surface == .grey && threshold == nil)
    guard isFromMask else { return objects.map { _ in nil } }
    let sizes = Parallel.map(objects.count) { index in
      let area = crofton.surfaceArea(of: objects[index], in: labels)
      let volume = Double(objects[index].voxelCount) * grid.voxelVolume
      return MaskEstimator.size(thickness: 3 * volume / area, spacing: grid.spacing)
    }
    let needed = Array(Set(sizes))
    let sampling = SamplingUncertainty(spacing: grid.spacing)
    let estimators = try Parallel.map(needed.count) {
      try MaskEstimator(needed[$0], spacing: grid.spacing, sampling: sampling)
    }
    let bySize = Dictionary(uniqueKeysWithValues: zip(needed, estimators))
    return sizes.map { bySize[$0] }
  }

  /// The scale at which the curvature of an object's surface is reported, in units: the one that is
  /// given, or 1.1 r^(1/3) voxels for an object as large as a sphere of r voxels, the scale that
  /// balances noise against blur.
  ///
  /// Coeurjolly, Lachaud & Levallois 2014, doi:10.1016/j.cviu.2014.04.013 (the exponent).
  func curvatureScale(of object: LabelObject, given: Length?) throws -> Double {
    if let given = try given?.requiredSigma(on: grid) { return given.geometricMean }
    let radius = cbrt(3 * Double(object.voxelCount) / (4 * .pi))
    return 1.1 * cbrt(radius) * cbrt(grid.voxelVolume)
  }
}
