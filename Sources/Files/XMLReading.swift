internal import CExpat

/// Receives what an XML document holds, in the order of the document.
package protocol XMLReader {
  /// An element begins. Names come without the prefix of their namespace.
  mutating func start(_ element: String, _ attributes: [String: String])
  /// Text inside of an element, possibly in several pieces.
  mutating func text(_ text: String)
  mutating func end(_ element: String)
}

extension XMLReader {
  package mutating func text(_ text: String) {}
  package mutating func end(_ element: String) {}
}

/// Why an XML document could not be read to its end.
package struct XMLError: Error, Sendable, CustomStringConvertible {
  package let line: Int
  package let reason: String

  package var description: String { "line \(line) of its XML: \(reason)" }
}

extension XMLReader {
  /// Reads a document, by expat.
  ///
  /// A document type is refused: no file format that we know has one, and with it go entities that
  /// multiply or reach outside of the document.
  package mutating func read(_ document: [UInt8]) throws(XMLError) {
    guard let parser = unsafe XML_ParserCreate(nil), let length = Int32(exactly: document.count)
    else { throw XMLError(line: 0, reason: "it is too large") }
    defer { unsafe XML_ParserFree(parser) }
    let relay = XMLRelay(self)
    // SAFETY: the relay lives until the parser is done.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(relay).toOpaque())
    unsafe XML_SetElementHandler(parser, startElement, endElement)
    unsafe XML_SetCharacterDataHandler(parser, characters)
    unsafe XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
      unsafe relayed(user).hasDocumentType = true
    }
    let isWhole = unsafe document.withUnsafeBytes {
      unsafe XML_Parse(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), length, 1)
        == XML_STATUS_OK
    }
    let line = unsafe Int(XML_GetCurrentLineNumber(parser))
    guard !relay.hasDocumentType else {
      throw XMLError(line: line, reason: "it declares a document type, which is not allowed here")
    }
    guard isWhole else {
      // SAFETY: expat's messages are static.
      let reason = unsafe XML_ErrorString(XML_GetErrorCode(parser)).map {
        unsafe String(cString: $0)
      }
      throw XMLError(line: line, reason: reason ?? "it is not well-formed")
    }
    guard let reader = relay.reader as? Self else { preconditionFailure("the reader was changed") }
    self = reader
  }
}

/// Hands the events of the C parser to a reader that is a value.
private final class XMLRelay {
  var reader: any XMLReader
  var hasDocumentType = false

  init(_ reader: any XMLReader) { self.reader = reader }
}

private func relayed(_ user: UnsafeMutableRawPointer?) -> XMLRelay {
  guard let user = unsafe user else { preconditionFailure("expat has lost its reader") }
  // SAFETY: it is what the parser was set up with.
  return unsafe Unmanaged<XMLRelay>.fromOpaque(user).takeUnretainedValue()
}

/// A name without the prefix of its namespace.
private func localName(_ name: UnsafePointer<XML_Char>?) -> String {
  // SAFETY: expat ends every name.
  let name = unsafe name.map { unsafe String(cString: $0) } ?? ""
  return name.firstIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
}

private let startElement: XML_StartElementHandler = { user, name, attributes in
  let relay = unsafe relayed(user)
  guard !relay.hasDocumentType else { return }
  var values: [String: String] = [:]
  // SAFETY: names and values follow each other, and a null pointer ends the list.
  var next = unsafe attributes
  while let pair = unsafe next, let key = unsafe pair[0], let value = unsafe pair[1] {
    unsafe values[localName(key)] = unsafe String(cString: value)
    unsafe next = unsafe pair + 2
  }
  unsafe relay.reader.start(localName(name), values)
}

private let endElement: XML_EndElementHandler = { user, name in
  let relay = unsafe relayed(user)
  if !relay.hasDocumentType { unsafe relay.reader.end(localName(name)) }
}

private let characters: XML_CharacterDataHandler = { user, text, length in
  let relay = unsafe relayed(user)
  guard !relay.hasDocumentType, let text = unsafe text else { return }
  // SAFETY: expat hands out as many bytes as it says.
  let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(length))
  relay.reader.text(unsafe String(decoding: bytes, as: UTF8.self))
}
