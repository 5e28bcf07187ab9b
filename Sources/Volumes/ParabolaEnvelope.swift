/// The lower envelope of parabolas of one width along a line: the one-dimensional step of distance
/// transforms, and of morphology with a paraboloid.
///
///      result(q) = min over p of height(p) + curvature * (q - p)²
///
/// In linear time; Felzenszwalb & Huttenlocher 2012, doi:10.4086/toc.2012.v008a019.
struct ParabolaEnvelope {
  private let curvature: Double
  /// The parabolas of the envelope from left to right: where each has its lowest point, how high that
  /// is, and from where on it is the lowest.
  private var places: [Double]
  private var heights: [Double]
  private var starts: [Double]
  private var count = 0

  init(curvature: Double, capacity: Int) {
    self.curvature = curvature
    places = Array(repeating: 0, count: capacity)
    heights = places
    starts = places
  }

  mutating func removeAll() { count = 0 }

  /// Adds the next parabola to the right. One that is infinitely high has no part in the envelope.
  @inline(__always)
  mutating func add(at place: Double, height: Double) {
    guard height < .infinity else { return }
    var start = -Double.infinity
    while count > 0 {
      let distance = place - places[count - 1]
      start =
        (place + places[count - 1]) / 2
        + (height - heights[count - 1]) / (2 * curvature * distance)
      if start > starts[count - 1] { break }
      count -= 1
      start = -.infinity
    }
    places[count] = place
    heights[count] = height
    starts[count] = start
    count += 1
  }

  /// Calls `body` with every place in a range and the height of the envelope there; infinite where
  /// there is no parabola.
  @inline(__always)
  func forEach(_ range: Range<Int>, _ body: (Int, Double) -> Void) {
    guard count > 0 else {
      for place in range { body(place, .infinity) }
      return
    }
    var index = 0
    for place in range {
      while index + 1 < count && starts[index + 1] < Double(place) { index += 1 }
      let distance = Double(place) - places[index]
      body(place, heights[index] + curvature * distance * distance)
    }
  }
}
