internal import Phantoms

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension PhantomTruth {
  /// The truth that lies beside a phantom's stack, `OUT.json` beside `OUT.tif`; `nil` where there is none.
  init?(beside path: String) {
    guard let dot = path.lastIndex(of: "."),
      let data = FileManager.default.contents(atPath: "\(path[..<dot]).json")
    else { return nil }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let truth = try? decoder.decode(Self.self, from: data) else { return nil }
    self = truth
  }
}
