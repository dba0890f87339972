/// A tag of a SAMI file, as people write them.
struct SAMITag {
  /// Lowercase, with "/" before it where it closes; "!--" for the begin of a comment.
  var name: String
  /// With its brackets.
  var range: Range<Int>
  private var attributes: [String: ArraySlice<UInt8>] = [:]

  /// Longer ones are no tags.
  private static let lengthLimit = 1_024

  subscript(attribute: String) -> ArraySlice<UInt8>? { attributes[attribute] }

  /// - Parameter index: of the opening bracket.
  init?(_ bytes: [UInt8], at index: Int) {
    let limit = min(bytes.count, index + Self.lengthLimit)
    var position = index + 1
    guard position < limit else { return nil }
    if bytes[position...].starts(with: Array("!--".utf8)) {
      name = "!--"
      range = index..<min(bytes.count, index + 4)
      return
    }
    let nameStart = position
    if bytes[position] == UInt8(ascii: "/") { position += 1 }
    while position < limit, bytes[position].isASCIILetter || bytes[position].isASCIIDigit {
      position += 1
    }
    name = String(decoding: bytes[nameStart..<position], as: UTF8.self).lowercased()
    guard name.utf8.contains(where: \.isASCIILetter) else { return nil }
    range = index..<position
    while position < limit, bytes[position] != UInt8(ascii: ">") {
      // Another tag begins: this one was never closed.
      guard bytes[position] != UInt8(ascii: "<") else {
        range = index..<position
        return
      }
      guard bytes[position].isASCIILetter else {
        position += 1
        continue
      }
      readAttribute(bytes, &position, limit)
    }
    guard position < limit else { return nil }
    range = index..<position + 1
  }

  /// `Name=value`, with or without blanks and quotes.
  private mutating func readAttribute(_ bytes: [UInt8], _ position: inout Int, _ limit: Int) {
    let start = position
    while position < limit, bytes[position].isASCIILetter { position += 1 }
    let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    var next = position
    while next < limit, bytes[next].isASCIIBlank { next += 1 }
    guard next < limit, bytes[next] == UInt8(ascii: "=") else { return }
    next += 1
    while next < limit, bytes[next].isASCIIBlank { next += 1 }
    guard next < limit else { return }
    let quote = bytes[next]
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    if isQuoted { next += 1 }
    let valueStart = next
    while next < limit, bytes[next] != UInt8(ascii: ">"), bytes[next] != UInt8(ascii: "<"),
      isQuoted ? bytes[next] != quote : !bytes[next].isASCIIBlank
    {
      next += 1
    }
    attributes[name] = bytes[valueStart..<next]
    position = isQuoted && next < limit && bytes[next] == quote ? next + 1 : next
  }
}
