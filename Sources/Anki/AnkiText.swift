/// A field's text: plain words, of which some are marked as the expression.
package struct AnkiText: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case plain(String)
    case marked(String)
    case lineBreak
  }

  package var parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }
  package init(_ text: String?) { parts = text.map { [.plain($0)] } ?? [] }

  /// As Anki keeps a field: HTML in which nothing of the text is markup, a sound or a template.
  package var html: String {
    parts.map { part in
      switch part {
      case .plain(let text): Self.escape(text)
      case .marked(let text): "<b>\(Self.escape(text))</b>"
      case .lineBreak: "<br>"
      }
    }.joined()
  }

  /// By Unicode scalars: a quote before a combining mark is a quote to a browser.
  private static func escape(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&", "<", ">", "\"", "'", "[", "]", "{", "}":
        escaped.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      case "\n", "\t": escaped.append(" ")
      // Anki separates fields by U+001F.
      case _ where scalar.properties.generalCategory == .control: break
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
