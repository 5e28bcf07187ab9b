/// An error whose message is complete as it stands.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Runs `body`; an error that does not say which file it is about gets the file's name in front.
func naming<Result>(_ file: String, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch {
    let message = "\(error)"
    throw UsageError(message.contains(file) ? message : "\(file): \(message)")
  }
}
