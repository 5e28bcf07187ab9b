import ArgumentParser
import Files
import Lamina
import LibC

@main struct LaminaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lamina",
    abstract: "Surfaces and measurements of nuclei and other objects in 3D image stacks.",
    discussion: """
      The main job, from a stack to a table and a mesh per object:

        lamina measure nuclei.tif -o results

      Lengths are in the unit of the image, or carry a suffix: 0.5um, 2px (voxels of each axis).
      """,
    version: laminaVersion,
    subcommands: [
      Info.self, View.self, Filter.self, Segment.self, Labels.self, Watershed.self, Measure.self,
      MakeMesh.self,
      SweepCommand.self, Simplify.self, Smooth.self, Repair.self, Convert.self, MakePhantom.self,
      Calibrate.self, ColumnDictionary.self, ImportMesh.self,
    ])

  static func main() {
    StandardStreams.prepare()
    main(nil)
    guard let number = StandardStreams.flush() else { return }
    Console.error("standard output cannot be written: \(systemMessage(number))")
    LibC.exit(ExitCode.failure.rawValue)
  }
}
