/// Reads a page as a browser does, as far as tags and attributes go.
enum Markup {
  private static let tags: Set<String> = [
    "!doctype", "a", "b", "body", "button", "code", "dd", "div", "dl", "dt", "form", "h1", "h2",
    "head", "header", "html", "img", "input", "label", "li", "link", "main", "meta", "nav", "ol",
    "option", "p", "progress", "script", "section", "select", "span", "table", "tbody", "td", "th",
    "thead", "time", "title", "tr", "track", "ul", "video",
  ]

  /// Tags and attributes that no template has.
  static func problems(in page: String) -> [String] {
    var problems: [String] = []
    var rest = Array(page.unicodeScalars)[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[(start + 1)...]
      guard let first = rest.first, first.properties.isAlphabetic || first == "/" || first == "!"
      else { continue }
      problems += readTag(&rest)
    }
    if page.unicodeScalars.contains("\u{0}") { problems.append("a zero byte") }
    return problems
  }

  private static func readTag(_ rest: inout ArraySlice<Unicode.Scalar>) -> [String] {
    var problems: [String] = []
    let name = take(&rest) { $0 == " " || $0 == ">" || $0 == "\n" }
    let word = (name.hasPrefix("/") ? String(name.dropFirst()) : name).lowercased()
    if !tags.contains(word) { problems.append("<\(name)") }
    var source: String?
    while let scalar = rest.first, scalar != ">" {
      if scalar == " " || scalar == "\n" {
        rest.removeFirst()
        continue
      }
      let attribute = take(&rest) { $0 == "=" || $0 == " " || $0 == ">" || $0 == "\n" }
      if attribute.lowercased().hasPrefix("on") { problems.append("\(word) \(attribute)") }
      guard rest.first == "=" else { continue }
      rest.removeFirst()
      guard rest.first == "\"" else {
        problems.append("\(word) \(attribute) without quotes")
        continue
      }
      rest.removeFirst()
      let value = take(&rest) { $0 == "\"" }
      if !rest.isEmpty { rest.removeFirst() }
      if ["href", "src", "action", "formaction"].contains(attribute) {
        if attribute == "src" { source = value }
        let isLocal = ["/", "?", "#"].contains { value.hasPrefix($0) }
        if !isLocal || value.hasPrefix("//") { problems.append("\(attribute)=\(value)") }
      }
    }
    if word == "script", !name.hasPrefix("/"), source != "/assets/page.js" {
      problems.append("a script of its own")
    }
    return problems
  }

  private static func take(
    _ rest: inout ArraySlice<Unicode.Scalar>, until isEnd: (Unicode.Scalar) -> Bool
  ) -> String {
    let end = rest.firstIndex(where: isEnd) ?? rest.endIndex
    var text = String.UnicodeScalarView()
    text.append(contentsOf: rest[..<end])
    rest = rest[end...]
    return String(text)
  }
}
