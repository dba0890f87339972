/// Reads phrases from a plain list or from Anki's export as text.
///
/// Anki's files begin with lines such as `#separator:tab`, `#html:true` and `#deck column:2`, which say what parts the
/// fields and which columns are no fields. The first field is the phrase.
package enum KnownImport {
  package static func phrases(text: String) -> (phrases: [String], skipped: Int) {
    var text = text[...]
    if text.first == "\u{FEFF}" { text.removeFirst() }
    let header = Header(&text)
    var phrases: [String] = []
    var keys: Set<PhraseKey> = []
    var skipped = 0
    for record in records(text, separator: header.separator ?? "\t", quotes: header.isPresent) {
      // Anki puts a field that begins with "#" in quotes.
      if let first = record.first, !first.isQuoted, first.text.hasPrefix("#") { continue }
      let column = record.indices.first { !header.otherColumns.contains($0 + 1) }
      let phrase = column.map { plain(record[$0].text) } ?? ""
      let key = PhraseKey(phrase)
      guard !key.text.isEmpty, phrase.count <= 200 else {
        if record.contains(where: { !$0.text.allSatisfy(\.isWhitespace) }) { skipped += 1 }
        continue
      }
      if keys.insert(key).inserted { phrases.append(phrase) }
    }
    return (phrases, skipped)
  }

  private struct Header {
    var isPresent = false
    var separator: Character?
    /// Columns that are no fields, from 1: the note's type, its deck, its tags, its identity.
    var otherColumns: Set<Int> = []

    private static let names: [Substring: Character] = [
      "tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " ",
    ]

    init(_ text: inout Substring) {
      while text.hasPrefix("#") {
        let line = text.prefix { !$0.isNewline }
        let parts = line.dropFirst().split(separator: ":", maxSplits: 1)
        guard let key = parts.first?.lowercased() else { return }
        let value = parts.count > 1 ? KnownPhrases.trimmed(parts[1]) : ""
        switch key {
        case "separator":
          separator = Self.names[Substring(value.lowercased())] ?? value.first
        case "notetype column", "deck column", "tags column", "guid column":
          if let column = Int(value) { otherColumns.insert(column) }
        case "html", "columns", "notetype", "deck", "tags", "if matches": break
        // A comment of a plain list.
        default: return
        }
        isPresent = true
        text = text[line.endIndex...].dropFirst()
      }
    }
  }

  private struct Field {
    var text = ""
    var isQuoted = false
  }

  /// Fields in quotes may hold separators, line ends, and quotes written twice.
  private static func records(
    _ text: Substring, separator: Character, quotes: Bool
  ) -> [[Field]] {
    var records: [[Field]] = []
    var record: [Field] = []
    var field = Field()
    var isQuoted = false
    var wasQuote = false
    func endField() {
      record.append(field)
      field = Field()
      wasQuote = false
    }
    for character in text {
      if isQuoted {
        if character == "\"" {
          isQuoted = false
          wasQuote = true
        } else {
          field.text.append(character)
        }
      } else if character == "\"", quotes, field.text.isEmpty || wasQuote {
        if wasQuote { field.text.append("\"") }
        field.isQuoted = true
        isQuoted = true
        wasQuote = false
      } else if character == separator {
        endField()
      } else if character.isNewline {
        endField()
        records.append(record)
        record = []
      } else {
        field.text.append(character)
        wasQuote = false
      }
    }
    endField()
    records.append(record)
    return records
  }

  /// A field as a person reads it: its first line, without HTML, sounds and clozes.
  static func plain(_ field: String) -> String {
    var text = field
    text.replace(/\[sound:[^\]]*\]/, with: "")
    text.replace(/\{\{c\d+::(.*?)(?:::.*?)?\}\}/) { $0.1 }
    text.replace(/(?i)<(br|div|p|li)\b[^>]*>/, with: "\n")
    text.replace(/<[^>]*>/, with: "")
    text.replace(/&(#[xX]?[0-9a-fA-F]+|[a-zA-Z]+);/) { entity(String($0.1)) ?? String($0.0) }
    let lines = text.split(whereSeparator: \.isNewline).map { KnownPhrases.trimmed($0) }
    let line = lines.first { !$0.isEmpty } ?? ""
    return line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func entity(_ name: String) -> String? {
    let named = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "rsquo": "’",
      "lsquo": "‘", "ldquo": "“", "rdquo": "”", "hellip": "…", "ndash": "–", "mdash": "—",
    ]
    guard name.hasPrefix("#") else { return named[name] }
    let digits = name.dropFirst()
    let isHex = digits.first == "x" || digits.first == "X"
    return UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10)
      .flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
