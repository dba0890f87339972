/// Tells text from formatting.
struct Markup {
  enum Dialect {
    /// Tags and entities: SubRip, WebVTT and plain text.
    case html
    /// Override blocks in braces.
    case ass
  }

  /// Text without formatting; lines end with "\n" and control characters are left out.
  private(set) var text: [Unicode.Scalar] = []
  /// Who the voice tags name.
  private(set) var voices: [String] = []

  /// Whether a part of it draws a shape.
  private(set) var holdsDrawing = false

  private let source: [Unicode.Scalar]
  private let dialect: Dialect
  private var index = 0
  private var isDrawing = false
  private var isReading = false
  /// The first closing brace at or after `index`, so that all searches together pass the text once.
  private var closingBrace = 0

  init(_ source: String, _ dialect: Dialect) {
    self.source = Array(source.unicodeScalars)
    self.dialect = dialect
    text.reserveCapacity(self.source.count)
    while index < self.source.count {
      if !readTag(), !readBraces(), !readEscape(), !readEntity() {
        append(self.source[index])
        index += 1
      }
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    guard !isDrawing, !isReading else { return }
    switch scalar.value {
    case 0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: text.append("\n")
    case 0x0D: if index + 1 >= source.count || source[index + 1] != "\n" { text.append("\n") }
    case 0x09: text.append(" ")
    case 0..<0x20, 0x7F..<0xA0, 0xFEFF: break
    default: text.append(scalar)
    }
  }

  // MARK: Tags

  private mutating func readTag() -> Bool {
    guard source[index] == "<", index + 1 < source.count else { return false }
    let first = source[index + 1]
    guard first == "/" || first.isASCIILetter || first.isASCIIDigit else { return false }
    var end = index + 1
    while end < source.count, source[end] != ">" {
      guard source[end] != "<", source[end] != "\n" else { return false }
      end += 1
    }
    guard end < source.count else { return false }
    let content = source[(index + 1)..<end]
    if first.isASCIIDigit {
      // "<00:01:02.500>" times a word; "<3" is a heart.
      guard content.allSatisfy({ $0.isASCIIDigit || $0 == ":" || $0 == "." }) else { return false }
    } else {
      apply(tag: content)
    }
    index = end + 1
    return true
  }

  private mutating func apply(tag content: ArraySlice<Unicode.Scalar>) {
    let isClosing = content.first == "/"
    let name = content.dropFirst(isClosing ? 1 : 0).prefix { $0.isASCIILetter }
    switch name.text.lowercased() {
    case "br": append("\n")
    case "v" where !isClosing:
      let annotation = content.drop { !$0.properties.isWhitespace }.text
      let voice = Markup(annotation, .html).text[...].trimmed.text
      if !voice.isEmpty { voices.append(voice) }
    // How characters are read stands above them and is no part of the line.
    case "rt", "rp": isReading = !isClosing
    case "ruby": isReading = false
    default: break
    }
  }

  // MARK: Braces

  private mutating func readBraces() -> Bool {
    guard source[index] == "{" else { return false }
    closingBrace = max(closingBrace, index)
    while closingBrace < source.count, source[closingBrace] != "}" { closingBrace += 1 }
    guard closingBrace < source.count else { return false }
    let content = source[(index + 1)..<closingBrace]
    switch dialect {
    case .ass: applyDrawing(in: content)
    case .html: guard Self.isOverride(content) else { return false }
    }
    index = closingBrace + 1
    return true
  }

  /// "{\an8}", or "{y:i}" as of MicroDVD.
  private static func isOverride(_ content: ArraySlice<Unicode.Scalar>) -> Bool {
    if content.first(where: { $0 != " " }) == "\\" { return true }
    guard let first = content.first, first.isASCIILetter else { return false }
    return content.dropFirst().first == ":"
  }

  /// "\p1" begins a drawing, whose commands are no text, and "\p0" ends it.
  private mutating func applyDrawing(in content: ArraySlice<Unicode.Scalar>) {
    for position in content.indices.dropLast(2) where content[position] == "\\" {
      guard content[position + 1] == "p", content[position + 2].isASCIIDigit else { continue }
      isDrawing = content[position + 2] != "0"
      holdsDrawing = holdsDrawing || isDrawing
    }
  }

  // MARK: Escapes and entities

  /// Converters leave "\N" and "\h" in SubRip too.
  private mutating func readEscape() -> Bool {
    guard source[index] == "\\", index + 1 < source.count else { return false }
    switch (source[index + 1], dialect) {
    case ("N", _), ("n", .ass): append("\n")
    case ("h", _): append(" ")
    default: return false
    }
    index += 2
    return true
  }

  private mutating func readEntity() -> Bool {
    guard dialect == .html, source[index] == "&" else { return false }
    let window = source[(index + 1)..<min(index + 10, source.count)]
    guard let end = window.firstIndex(of: ";"),
      let scalar = Self.scalar(named: source[(index + 1)..<end].text)
    else { return false }
    append(scalar)
    index = end + 1
    return true
  }

  private static func scalar(named name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    case "nbsp": return "\u{A0}"
    case "lrm": return "\u{200E}"
    case "rlm": return "\u{200F}"
    default:
      guard name.first == "#" else { return nil }
      let digits = name.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return number.flatMap(Unicode.Scalar.init)
    }
  }
}
