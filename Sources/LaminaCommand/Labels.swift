import ArgumentParser
import Lamina

struct Labels: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the objects of a label image, and choose or renumber them.",
    discussion: """
      Prints a line per object: label, voxels, centroid in units of the image, the first and the last index of its \
      voxels along each axis, whether the border cuts it, and the labels of the objects that it touches; with \
      --measure also its grey values in another image. Labels are those of the file; objects that are written, or \
      made by --components, are numbered from 1 in raster order, and listed so. With --contacts it is a line per pair of objects that share faces of \
      voxels: the two labels, how many faces, and the area of contact with its standard uncertainty in units of the \
      image.
      """)

  @Argument(help: "A label image: each value is one object, 0 is background.") var input: String
  @Argument(help: "The label image to write (.tif); nothing is written without.") var output:
    String?

  @Flag(help: "Number the connected pieces of every label anew.") var components = false
  @Option(help: "Which voxels count as neighbours: 6, 18 or 26.")
  var connectivity = VoxelConnectivity.corners
  @Option(help: "Leave out objects of fewer voxels.") var minVoxels = 1
  @Option(help: "Keep only this many of the largest objects.") var keepLargest: Int?
  @Flag(help: "Leave out objects that the border of the image cuts.") var clearBorder = false
  @Option(help: "An image whose grey values are measured in every object.") var measure: String?
  @Flag(help: "List the pairs of objects that touch, and the area over which they do.")
  var contacts = false

  @OptionGroup(title: "Image") var image: ImageOptions

  @Flag(help: "Replace the output if it is there already.")
  var force = false

  @OptionGroup(title: "Run") var runOptions: RunOptions

  func validate() throws {
    if contacts && measure != nil {
      throw ValidationError("--measure has no place in a list of --contacts")
    }
    if let keepLargest, keepLargest < 1 { throw ValidationError("--keep-largest is at least 1") }
  }

  func run() throws {
    try runOptions.run {
      if let output { try OutputFile(output, force: force, endings: ["tif", "tiff"]).check() }
      var options = AnalysisOptions()
      image.apply(to: &options)
      let stack = try Stack(contentsOf: input, for: options)
      var labels = try naming(input) { try stack.image.asLabels() }
      if components { labels = try labels.connectedComponents(connectivity) }
      var objects = chosen(of: labels)
      if let output {
        let kept = Set(objects.map(\.label))
        labels = try labels.relabelled { kept.contains($0.label) }
        objects = labels.objects()
        try labels.labelImage(keeping: objects).write(to: output)
      }
      try contacts ? reportContacts(of: objects, in: labels) : report(objects, in: labels, options)
    }
  }

  /// The objects that stay, in the order of their labels.
  private func chosen(of labels: LabelVolume) -> [LabelObject] {
    let objects = labels.objects().filter {
      $0.voxelCount >= minVoxels && !(clearBorder && $0.touchesBorder(of: labels.grid))
    }
    guard let keepLargest else { return objects }
    return objects.sorted { ($1.voxelCount, $0.label) < ($0.voxelCount, $1.label) }
      .prefix(keepLargest).sorted { $0.label < $1.label }
  }

  private func report(
    _ objects: [LabelObject], in labels: LabelVolume, _ options: AnalysisOptions
  ) throws {
    let lines = try lines(of: objects, in: labels, options)
    if runOptions.json {
      try printJSON(["objects": lines])
    } else if !runOptions.quiet {
      print(
        "label,voxels,x,y,z,lower_x,lower_y,lower_z,upper_x,upper_y,upper_z,touches_border,neighbours"
          + (measure == nil ? "" : ",mean,sd,min,max"))
      for line in lines { print(line.csv) }
    }
  }

  private func reportContacts(of objects: [LabelObject], in labels: LabelVolume) throws {
    let kept = Set(objects.map(\.label))
    let lines = zip(labels.contacts(), labels.contactAreas())
      .filter { pair, _ in kept.contains(pair.first) && kept.contains(pair.second) }
      .map { pair, contact in
        ContactLine(
          first: pair.first, second: pair.second, faces: pair.pairCount, contactArea: contact.area,
          contactAreaU: contact.uncertainty)
      }
    if runOptions.json {
      try printJSON(["contacts": lines])
    } else if !runOptions.quiet {
      print("first,second,faces,contact_area,contact_area_u")
      for line in lines { print(line.csv) }
    }
  }

  private func lines(
    of objects: [LabelObject], in labels: LabelVolume, _ options: AnalysisOptions
  ) throws -> [LabelLine] {
    let kept = Set(objects.map(\.label))
    var neighbours: [UInt32: [UInt32]] = [:]
    for contact in labels.contacts(connectivity)
    where kept.contains(contact.first) && kept.contains(contact.second) {
      neighbours[contact.first, default: []].append(contact.second)
      neighbours[contact.second, default: []].append(contact.first)
    }
    let statistics = try measure.map { path in
      try Image(contentsOf: path, fitting: labels.grid, for: options)
        .statistics(ofObjectsIn: labels)
    }
    return objects.map { object in
      LabelLine(
        object, on: labels.grid, neighbours: neighbours[object.label]?.sorted() ?? [],
        statistics: statistics?[object.label])
    }
  }
}

/// What is said of one object.
private struct LabelLine: Encodable {
  let label: UInt32
  let voxels: Int
  let centroid: [Double]
  /// The first and the last index of its voxels along x, y, z.
  let lower: [Int]
  let upper: [Int]
  let touchesBorder: Bool
  let neighbours: [UInt32]
  let mean: Double?
  let sd: Double?
  let min: Double?
  let max: Double?

  init(
    _ object: LabelObject, on grid: Grid, neighbours: [UInt32], statistics: IntensityStatistics?
  ) {
    label = object.label
    voxels = object.voxelCount
    let place = object.centroid(on: grid)
    centroid = [place.x, place.y, place.z]
    lower = [object.lower.x, object.lower.y, object.lower.z]
    upper = [object.upper.x, object.upper.y, object.upper.z]
    touchesBorder = object.touchesBorder(of: grid)
    self.neighbours = neighbours
    mean = statistics?.mean
    sd = statistics?.standardDeviation
    min = statistics?.minimum
    max = statistics?.maximum
  }

  var csv: String {
    let place = centroid.map { $0.text(digits: 8) }.joined(separator: ",")
    let box = (lower + upper).map { "\($0)" }.joined(separator: ",")
    let around = neighbours.map { "\($0)" }.joined(separator: " ")
    let grey = [mean, sd, min, max].compactMap { $0?.text(digits: 8) }
    return
      (["\(label)", "\(voxels)", place, box, touchesBorder ? "1" : "0", around] + grey).joined(
        separator: ",")
  }
}

/// What is said of two objects that touch.
private struct ContactLine: Encodable {
  let first: UInt32
  let second: UInt32
  let faces: Int
  let contactArea: Double
  let contactAreaU: Double

  var csv: String {
    "\(first),\(second),\(faces),\(contactArea.text(digits: 8)),\(contactAreaU.text(digits: 4))"
  }
}
