import ArgumentParser
import Lamina

/// The filters of `lamina filter`.
enum FilterName: String, ExpressibleByArgument, CaseIterable {
  case gaussian, derivative, dog, mean, median, minimum, maximum, variance, sd, sobel, laplacian
  case opening, closing, tophat, background, convolve, distance, boundary

  /// The options that the filter has a use for. Of the lengths it needs all.
  fileprivate var options: Set<String> {
    switch self {
    case .gaussian: ["--sigma", "--border"]
    case .derivative: ["--sigma", "--order", "--border"]
    case .dog: ["--sigma", "--wide", "--border"]
    case .mean, .median, .minimum, .maximum, .variance, .sd: ["--radius", "--shape", "--border"]
    case .opening, .closing, .tophat: ["--radius", "--shape"]
    case .background: ["--radius"]
    case .sobel, .laplacian: ["--border"]
    case .convolve: ["--kernel", "--kernel-size", "--border"]
    case .boundary: ["--shape"]
    case .distance: []
    }
  }
}

/// The parameters of a filter.
struct FilterArguments: ParsableArguments {
  enum Shape: String, ExpressibleByArgument, CaseIterable {
    case ball, box
    case faces = "6"
    case edges = "18"
    case corners = "26"

    /// The neighbours of a voxel, where they need no radius.
    fileprivate var connectivity: VoxelConnectivity? {
      switch self {
      case .ball, .box: nil
      case .faces: .faces
      case .edges: .edges
      case .corners: .corners
      }
    }
  }

  @Option(help: "Standard deviation of the Gaussian: 0.5, 0.5um or 2px.") var sigma: Length?
  @Option(help: "Standard deviation of the wide Gaussian of dog.") var wide: Length?
  @Option(help: "Radius of the neighbourhood: 1, 0.5um or 2px.") var radius: Length?
  @Option(
    help: """
      Shape of the neighbourhood: ball (default), box, or 6, 18 or 26 neighbours without a radius.
      """)
  var shape: Shape?
  @Option(help: "Order of the derivative along x,y,z: 1,0,0 or 0,2,0 ...") var order: Triple?
  @Option(
    parsing: .unconditional,
    help: "Weights of convolve, x fastest: as many as --kernel-size says, comma-separated.")
  var kernel: NumberList?
  @Option(help: "Weights along x,y,z, odd numbers (default: a cube).") var kernelSize: Triple?
  @Option(
    parsing: .unconditional,
    help: "Beyond the border: reflect (default), nearest, or a grey value.")
  var border: BorderRule?

  /// Refuses a filter without what it needs, or with what it has no use for.
  func check(for name: FilterName) throws {
    let lengths = [("--sigma", sigma), ("--wide", wide), ("--radius", radius)]
    for (option, length) in lengths where length == nil && name.options.contains(option) {
      if option == "--radius" && shape?.connectivity != nil { continue }
      throw ValidationError("\(name.rawValue) needs \(option)")
    }
    if let shape, shape.connectivity != nil && radius != nil {
      throw ValidationError("--shape \(shape.rawValue) has no --radius")
    }
    let given =
      Dictionary(uniqueKeysWithValues: lengths.map { ($0, $1 != nil) }) + [
        "--shape": shape != nil, "--order": order != nil, "--kernel": kernel != nil,
        "--kernel-size": kernelSize != nil, "--border": border != nil,
      ]
    let taken = name.options.sorted().joined(separator: ", ")
    try refuse(
      given.filter { !name.options.contains($0.key) },
      because: "\(name.rawValue) takes \(taken.isEmpty ? "no options" : "\(taken) and no more")")
    if name == .derivative { _ = try orders() }
    if name == .convolve { _ = try weights() }
  }

  func run(_ name: FilterName, on image: Image) throws -> Image {
    let grid = image.grid
    let sigma = try sigma?.requiredSigma(on: grid) ?? .zero
    let wide = try wide?.requiredSigma(on: grid) ?? .zero
    let border = border ?? .reflect
    switch name {
    case .gaussian: return .float32(try image.gaussianBlurred(sigma: sigma, border: border))
    case .derivative:
      return .float32(
        try image.gaussianDerivative(order: orders(), sigma: sigma, border: border))
    case .dog:
      return .float32(
        try image.differenceOfGaussians(sigma: sigma, minus: wide, border: border))
    case .sobel: return .float32(try image.sobelMagnitude(border: border))
    case .laplacian: return .float32(try image.laplacian(border: border))
    case .convolve: return .float32(try image.convolved(with: weights(), border: border))
    case .background:
      return .float32(try image.backgroundSubtracted(radius: backgroundRadius(on: grid)))
    case .distance: return .float32(try image.asLabels().distanceTransform())
    case .boundary:
      let boundary = try image.asLabels().mask().boundary(shape?.connectivity ?? .faces)
      return .uint8(try boundary.asVolume(inside: 255))
    case .mean, .median, .minimum, .maximum, .variance, .sd, .opening, .closing, .tophat:
      return try filtered(image, name, over: neighbourhood(for: name, on: grid), border)
    }
  }

  /// The filters of a neighbourhood.
  private func filtered(
    _ image: Image, _ name: FilterName, over around: Neighbourhood, _ border: BorderRule
  ) throws -> Image {
    switch name {
    case .mean: .float32(try image.meanFiltered(over: around, border: border))
    case .median: try image.medianFiltered(over: around, border: border)
    case .minimum: try image.minimumFiltered(over: around, border: border)
    case .maximum: try image.maximumFiltered(over: around, border: border)
    case .variance: .float32(try image.varianceFiltered(over: around, border: border))
    case .sd: .float32(try image.standardDeviationFiltered(over: around, border: border))
    case .opening: try image.opened(by: around)
    case .closing: try image.closed(by: around)
    case .tophat: .float32(try image.whiteTopHat(over: around))
    default: preconditionFailure("\(name.rawValue) is no filter of a neighbourhood")
    }
  }

  private func orders() throws -> SIMD3<Int> {
    guard let order = order?.vector else { throw ValidationError("derivative needs --order") }
    guard let exact = exactIntegers(order), exact.min() >= 0, exact.max() <= 2 else {
      throw ValidationError("--order is 0, 1 or 2 along each axis")
    }
    return exact
  }

  private func weights() throws -> ConvolutionKernel {
    guard let weights = kernel?.numbers else { throw ValidationError("convolve needs --kernel") }
    let edge = (1...weights.count).first { $0 * $0 * $0 >= weights.count } ?? 1
    let size = kernelSize.map { exactIntegers($0.vector) ?? .zero } ?? SIMD3(repeating: edge)
    guard size.min() > 0, (0..<3).allSatisfy({ size[$0] % 2 == 1 && size[$0] <= weights.count }),
      size.x * size.y * size.z == weights.count
    else {
      throw ValidationError(
        "--kernel has \(weights.count) weights, which do not fill an odd size along each axis;"
          + " say which with --kernel-size X,Y,Z")
    }
    return ConvolutionKernel(size: size, weights: weights)
  }

  private func backgroundRadius(on grid: Grid) throws -> Double {
    let radius = try radius?.required(on: grid) ?? .zero
    guard radius.min() > 0 else { throw UsageError("background needs a --radius above 0") }
    return radius.max()
  }

  private func neighbourhood(for name: FilterName, on grid: Grid) throws -> Neighbourhood {
    let radius = try radius?.required(on: grid) ?? .zero
    let around =
      shape?.connectivity.map { Neighbourhood.connected($0) }
      ?? (shape == .box ? .box(radius: radius) : .ball(radius: radius))
    let count = around.voxelCount(on: grid)
    let limit = name == .median ? Int(Int16.max) : Neighbourhood.largestVoxelCount
    guard count <= limit else {
      throw UsageError("--radius takes in \(count) voxels; \(name.rawValue) is of at most \(limit)")
    }
    return around
  }
}

/// Three whole numbers, where they are such.
private func exactIntegers(_ vector: SIMD3<Double>) -> SIMD3<Int>? {
  guard let x = Int(exactly: vector.x), let y = Int(exactly: vector.y),
    let z = Int(exactly: vector.z)
  else { return nil }
  return SIMD3(x, y, z)
}

/// Numbers between commas.
struct NumberList: ExpressibleByArgument {
  let numbers: [Double]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else { return nil }
  }
}
