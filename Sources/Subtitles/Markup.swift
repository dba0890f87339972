/// Tells text from formatting.
///
/// One is made for a file, and its buffers are used again for each entry.
struct Markup {
  enum Dialect {
    /// Tags and entities: SubRip, WebVTT and plain text.
    case html
    /// Override blocks in braces.
    case ass
  }

  /// Text in UTF-8 without formatting; lines end with "\n" and control characters are left out.
  private(set) var text: [UInt8] = []
  /// Who the voice tags name.
  private(set) var voices: [String] = []
  /// Whether a part of it draws a shape.
  private(set) var holdsDrawing = false

  private let dialect: Dialect
  private let finder: TextTraits.Finder
  private var index = 0
  private var end = 0
  private var isDrawing = false
  private var isRuby = false
  private var isReading = false
  /// The first closing brace at or after `index`, so that all searches together pass the text once.
  private var closingBrace = 0

  init(_ dialect: Dialect, _ finder: TextTraits.Finder = .init()) {
    self.dialect = dialect
    self.finder = finder
  }

  /// The text of a short piece.
  static func text(of source: String, _ dialect: Dialect) -> String {
    let bytes = Array(source.utf8)
    var markup = Markup(dialect)
    markup.read(0..<bytes.count, of: bytes.span)
    return markup.text[...].string
  }

  /// Forgets what was read before.
  mutating func clear() {
    text.removeAll(keepingCapacity: true)
    if !voices.isEmpty { voices = [] }
    holdsDrawing = false
    isDrawing = false
    isRuby = false
    isReading = false
  }

  /// - Parameter source: valid UTF-8.
  mutating func read(_ part: Range<Int>, of source: Span<UInt8>) {
    clear()
    index = part.lowerBound
    end = part.upperBound
    closingBrace = index
    while index < end {
      appendPlain(source)
      guard index < end else { return }
      let isRead =
        switch source[index] {
        case UInt8(ascii: "<"): readTag(source)
        case UInt8(ascii: "{"): readBraces(source)
        case UInt8(ascii: "\\"): readEscape(source)
        case UInt8(ascii: "&"): readEntity(source)
        default: false
        }
      if !isRead { appendSpecial(source) }
    }
  }

  /// All bytes up to the next that may mean something else than itself.
  private mutating func appendPlain(_ source: Span<UInt8>) {
    let start = index
    index = finder.position(of: .markup, in: start..<end, source)
    if index > start, !isDrawing, !isReading { text.append(start..<index, of: source) }
  }

  /// One character that is no markup.
  private mutating func appendSpecial(_ source: Span<UInt8>) {
    let first = source[index]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : 3
    let next = min(index + length, end)
    defer { index = next }
    guard !isDrawing, !isReading else { return }
    if first == 0x0D {
      if index + 1 >= end || source[index + 1] != UInt8(ascii: "\n") { text.append(0x0A) }
    } else if first < 0x80 {
      append(Unicode.Scalar(first))
    } else if next - index == length {
      var value = UInt32(first & (length == 2 ? 0x1F : 0x0F))
      for position in (index + 1)..<next { value = value << 6 | UInt32(source[position] & 0x3F) }
      switch value {
      case 0x80..<0xA0, 0x2028, 0x2029, 0xFEFF: append(Unicode.Scalar(value) ?? "\u{FFFD}")
      default: text.append(index..<next, of: source)
      }
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    guard !isDrawing, !isReading else { return }
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: text.append(0x0A)
    case 0x09: text.append(0x20)
    case 0..<0x20, 0x7F..<0xA0, 0xFEFF: break
    case 0..<0x80: text.append(UInt8(scalar.value))
    default: text.append(contentsOf: UTF8.encode(scalar) ?? .init())
    }
  }

  // MARK: Tags

  private mutating func readTag(_ source: Span<UInt8>) -> Bool {
    guard index + 1 < end else { return false }
    let first = source[index + 1]
    guard first == UInt8(ascii: "/") || first.isASCIILetter || first.isASCIIDigit else {
      return false
    }
    var close = index + 1
    while close < end, source[close] != UInt8(ascii: ">") {
      guard source[close] != UInt8(ascii: "<"), source[close] != UInt8(ascii: "\n") else {
        return false
      }
      close += 1
    }
    guard close < end else { return false }
    let content = (index + 1)..<close
    if first.isASCIIDigit {
      // "<00:01:02.500>" times a word; "<3" is a heart.
      for position in content {
        let byte = source[position]
        guard byte.isASCIIDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") else {
          return false
        }
      }
    } else {
      apply(tag: content, of: source)
    }
    index = close + 1
    return true
  }

  private mutating func apply(tag content: Range<Int>, of source: Span<UInt8>) {
    let isClosing = source[content.lowerBound] == UInt8(ascii: "/")
    let start = content.lowerBound + (isClosing ? 1 : 0)
    var nameEnd = start
    while nameEnd < content.upperBound, source[nameEnd].isASCIILetter { nameEnd += 1 }
    let name = start..<nameEnd
    func isName(_ wanted: StaticString) -> Bool {
      name.count == wanted.utf8CodeUnitCount && source.hasPrefix(wanted, in: name)
    }
    if isName("br") {
      append("\n")
    } else if isName("v"), !isClosing {
      addVoice(source.string(content))
    } else if isName("ruby") {
      isRuby = !isClosing
      isReading = false
    } else if isRuby, isName("rt") || isName("rp") {
      // How characters are read stands above them and is no part of the line.
      isReading = !isClosing
    }
  }

  private mutating func addVoice(_ tag: String) {
    let annotation = tag.unicodeScalars.drop { !$0.properties.isWhitespace }
    let voice = Array(Self.text(of: annotation.text, .html).unicodeScalars)[...].trimmed.text
    if !voice.isEmpty { voices.append(voice) }
  }

  // MARK: Braces

  private mutating func readBraces(_ source: Span<UInt8>) -> Bool {
    closingBrace = max(closingBrace, index)
    while closingBrace < end, source[closingBrace] != UInt8(ascii: "}") { closingBrace += 1 }
    guard closingBrace < end else { return false }
    let content = (index + 1)..<closingBrace
    switch dialect {
    case .ass: applyDrawing(in: content, of: source)
    case .html: guard Self.isOverride(content, of: source) else { return false }
    }
    index = closingBrace + 1
    return true
  }

  /// "{\an8}", or "{y:i}" as of MicroDVD.
  private static func isOverride(_ content: Range<Int>, of source: Span<UInt8>) -> Bool {
    guard let first = content.first else { return false }
    var start = first
    while start < content.upperBound, source[start] == 0x20 { start += 1 }
    if start < content.upperBound, source[start] == UInt8(ascii: "\\") { return true }
    return source[first].isASCIILetter && content.count > 1
      && source[first + 1] == UInt8(ascii: ":")
  }

  /// "\p1" begins a drawing, whose commands are no text, and "\p0" ends it.
  private mutating func applyDrawing(in content: Range<Int>, of source: Span<UInt8>) {
    for position in content.dropLast(2) where source[position] == UInt8(ascii: "\\") {
      guard source[position + 1] == UInt8(ascii: "p"), source[position + 2].isASCIIDigit else {
        continue
      }
      isDrawing = source[position + 2] != UInt8(ascii: "0")
      holdsDrawing = holdsDrawing || isDrawing
    }
  }

  // MARK: Escapes and entities

  /// Converters leave "\N" and "\h" in SubRip too.
  private mutating func readEscape(_ source: Span<UInt8>) -> Bool {
    guard index + 1 < end else { return false }
    switch (source[index + 1], dialect) {
    case (UInt8(ascii: "N"), _), (UInt8(ascii: "n"), .ass): append("\n")
    case (UInt8(ascii: "h"), _): append(" ")
    default: return false
    }
    index += 2
    return true
  }

  private mutating func readEntity(_ source: Span<UInt8>) -> Bool {
    guard dialect == .html else { return false }
    let window = (index + 1)..<min(index + 10, end)
    guard let close = window.first(where: { source[$0] == UInt8(ascii: ";") }),
      let scalar = Self.scalar(named: source.string(index + 1..<close))
    else { return false }
    append(scalar)
    index = close + 1
    return true
  }
}
