/// Reads SAMI.
///
/// A file is a list of moments, `<SYNC Start=1200>`, each with a paragraph for each of the file's languages,
/// `<P Class=KRCC>`. A paragraph is shown until the next one of its class; one that holds nothing but a blank only
/// ends the one before. Tags are closed or not, as it happens.
struct SAMIReader {
  private struct Paragraph {
    var start: MediaTime
    var end: MediaTime?
    var text: String
  }

  private let bytes: [UInt8]
  private var index = 0
  private var start: MediaTime?
  private var end: MediaTime?
  /// The class of the paragraph that is being read, in lowercase; nil before the first of a moment.
  private var name: String?
  private var text: [UInt8] = []
  private var paragraphs: [String: [Paragraph]] = [:]
  private var languages: [String: String] = [:]
  private var leftOut = LeftOut()
  /// What closes nowhere is not searched for again.
  private var unclosed: Set<String> = []

  /// Shown at most so long where nothing ends it.
  private static let longest = MediaTime.seconds(10)

  /// Whether a line occurs in this format alone.
  static func isTelling(_ line: ArraySlice<UInt8>) -> Bool {
    line.hasPrefix(ignoringCase: "<sami") || line.hasPrefix(ignoringCase: "<sync")
  }

  /// One for each class that has paragraphs, in the order of their names.
  static func languages(in bytes: [UInt8]) -> [SubtitleLanguage] {
    var reader = SAMIReader(bytes)
    reader.read()
    return reader.result()
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read() {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<"), let tag = SAMITag(bytes, at: index) else {
        // Line ends of the file are blanks.
        if start != nil { text.append(bytes[index].isASCIIBlank ? 0x20 : bytes[index]) }
        index += 1
        continue
      }
      index = tag.range.upperBound
      switch tag.name {
      case "!--": skip(to: "-->")
      case "style":
        let first = index
        skip(to: "</style>")
        readClasses(bytes[first..<index])
      case "title": skip(to: "</title>")
      case "sync": begin(tag)
      case "p":
        finishParagraph()
        name = tag["class"].map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""
      case "/p", "/sync", "/body", "/sami": finishParagraph()
      case "br": text.append(0x0A)
      default: if start != nil { text += bytes[tag.range] }
      }
    }
    finishParagraph()
  }

  /// Behind the next `mark`; nowhere if there is none.
  private mutating func skip(to mark: String) {
    guard !unclosed.contains(mark) else { return }
    let wanted = Array(mark.utf8)
    var position = index
    while position + wanted.count <= bytes.count {
      if bytes[position] == wanted[0],
        zip(bytes[position...], wanted).allSatisfy({ $0.asciiLowercased == $1 })
      {
        index = position + wanted.count
        return
      }
      position += 1
    }
    unclosed.insert(mark)
  }

  private mutating func begin(_ tag: SAMITag) {
    finishParagraph()
    start = tag["start"].flatMap(Self.time)
    end = tag["end"].flatMap(Self.time)
    if start == nil { leftOut.add(.unusableTime) }
  }

  private static func time(_ value: ArraySlice<UInt8>) -> MediaTime? {
    value.trimmed.prefix(while: \.isASCIIDigit).wholeNumber.map { .milliseconds(Int64($0)) }
  }

  private mutating func finishParagraph() {
    defer {
      text.removeAll(keepingCapacity: true)
      name = nil
    }
    let shown = text[...].trimmed
    // Between a moment and its paragraph there is nothing.
    guard let start, name != nil || !shown.isEmpty else { return }
    guard shown.count <= TimedEntry.textLimit else {
      leftOut.add(.tooLong)
      return
    }
    paragraphs[name ?? "", default: []].append(
      Paragraph(start: start, end: end, text: Self.isBlank(shown) ? "" : shown.string))
  }

  /// `&nbsp;`, also without its semicolon or as a character, and tags.
  private static func isBlank(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let first = rest.first {
      if first.isASCIIBlank {
        rest = rest.dropFirst()
      } else if rest.hasPrefix(ignoringCase: "&nbsp") {
        rest = rest.dropFirst(5)
        if rest.first == UInt8(ascii: ";") { rest = rest.dropFirst() }
      } else if rest.starts(with: [0xC2, 0xA0]) {
        rest = rest.dropFirst(2)
      } else if first == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        rest = rest[(end + 1)...]
      } else {
        return false
      }
    }
    return true
  }

  // MARK: Languages

  /// `.KRCC { Name: Korean; lang: ko-KR; SAMIType: CC; }`
  private mutating func readClasses(_ style: ArraySlice<UInt8>) {
    for rule in style.prefix(Self.styleLimit).split(separator: UInt8(ascii: "}")) {
      let parts = rule.split(separator: UInt8(ascii: "{"), maxSplits: 1)
      guard parts.count == 2, let dot = parts[0].firstIndex(of: UInt8(ascii: ".")) else { continue }
      let name = parts[0][(dot + 1)...].trimmed.string.lowercased()
      for property in parts[1].split(separator: UInt8(ascii: ";")) {
        let pair = property.split(separator: UInt8(ascii: ":"), maxSplits: 1)
        guard pair.count == 2 else { continue }
        let key = pair[0].trimmed.string.lowercased()
        let language = LanguageTag.primary(pair[1].trimmed.string)
        // What it says of its language counts more than what it is called.
        if key == "lang" || key == "name", languages[name] == nil || key == "lang", let language {
          languages[name] = language
        }
      }
    }
  }

  private static let styleLimit = 64 * 1_024

  /// What classes are called, whatever the header says of them.
  private static let usualClasses: [String: String] = [
    "krcc": "ko", "kocc": "ko", "korcc": "ko", "kor": "ko", "krcc1": "ko", "encc": "en",
    "egcc": "en", "engcc": "en", "enuscc": "en", "usacc": "en", "encc1": "en", "ercc": "en",
    "jpcc": "ja", "jacc": "ja", "japcc": "ja", "cncc": "zh", "chcc": "zh", "zhcc": "zh",
    "frcc": "fr", "decc": "de", "escc": "es", "spcc": "es", "itcc": "it", "ptcc": "pt",
    "rucc": "ru",
  ]

  private func result() -> [SubtitleLanguage] {
    var found: [SubtitleLanguage] = []
    for (name, paragraphs) in paragraphs.sorted(by: { $0.key < $1.key }) {
      let ordered = paragraphs.enumerated().sorted {
        ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
      }.map(\.element)
      // Repeated moments of one class are shown together.
      var nexts: [MediaTime?] = []
      for (position, paragraph) in ordered.enumerated().reversed() {
        let after = position + 1 < ordered.count ? ordered[position + 1].start : nil
        nexts.append(after.map { $0 > paragraph.start ? $0 : nexts.last ?? nil } ?? nil)
      }
      var entries = TimedEntries()
      for (paragraph, next) in zip(ordered, nexts.reversed()) where !paragraph.text.isEmpty {
        let longest = paragraph.start + Self.longest
        let end = paragraph.end ?? next.map { min($0, longest) } ?? longest
        entries.add(TimeSpan(start: paragraph.start, end: end), text: paragraph.text)
      }
      found.append(
        SubtitleLanguage(
          entries, name: name.isEmpty ? nil : name.uppercased(),
          language: languages[name] ?? Self.usualClasses[name]))
    }
    if !found.isEmpty { found[0].entries.leftOut += leftOut }
    return found
  }
}
