/// Values at the vertices of a surface, each of which counts by the area that it stands for.
struct AreaWeighted {
  private let values: [Double]
  private let areas: [Double]
  private let whole: Double

  init(_ values: [Double], areas: [Double]) {
    precondition(
      values.count == areas.count, "\(values.count) values for \(areas.count) areas")
    self.values = values
    self.areas = areas
    whole = areas.reduce(0, +)
  }

  /// NaN without any area, as everything else here.
  var mean: Double { zip(values, areas).reduce(0) { $0 + $1.0 * $1.1 } / whole }

  var deviation: Double {
    let mean = mean
    let square = zip(values, areas).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
    return (square / whole).squareRoot()
  }

  /// The part of the area whose value is as it should be, from 0 to 1.
  func fraction(where isSo: (Double) -> Bool) -> Double {
    zip(values, areas).reduce(0) { isSo($1.0) ? $0 + $1.1 : $0 } / whole
  }

  /// The values that given parts of the area lie below, each part from 0 to 1 and the parts rising.
  ///
  /// A vertex stands half-way through its own area, and between vertices the value is linear.
  func percentiles(_ fractions: [Double]) -> [Double] {
    let order = values.indices.filter { areas[$0] > 0 }.sorted { values[$0] < values[$1] }
    guard let last = order.last else { return fractions.map { _ in .nan } }
    var found: [Double] = []
    var below = 0.0
    var previous: (value: Double, place: Double)?
    for vertex in order {
      let place = (below + areas[vertex] / 2) / whole
      while found.count < fractions.count, fractions[found.count] <= place {
        let start = previous ?? (values[vertex], place - 1)
        let way = (fractions[found.count] - start.place) / (place - start.place)
        found.append(start.value + way * (values[vertex] - start.value))
      }
      previous = (values[vertex], place)
      below += areas[vertex]
    }
    return found + fractions[found.count...].map { _ in values[last] }
  }
}
