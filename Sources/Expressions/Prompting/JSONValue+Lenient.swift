// What models write where a text, a number or a list was asked for.

extension JSONValue {
  /// What it is, with an article.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  var isObject: Bool {
    guard case .object = self else { return false }
    return true
  }

  /// A list's elements; anything else but null as a list of one.
  var elements: [JSONValue] {
    switch self {
    case .array(let elements): elements
    case .null: []
    case .bool, .number, .string, .object: [self]
    }
  }

  /// A text as one clean line; nil for what is no text, empty, or says that there is none.
  var cleanText: String? {
    guard let string else { return nil }
    let text = PlainText.line(string)
    let saysNone = ["null", "none", "n/a", "-", "\u{2014}"].contains(text.lowercased())
    return text.isEmpty || saysNone ? nil : text
  }

  /// Whole numbers: 12, "12", "[12]", "12-13" (its two ends), [12, "13"].
  var integers: [Int] {
    switch self {
    case .number: integer.map { [$0] } ?? []
    case .string(let text): Self.integers(in: text)
    case .array(let elements):
      elements.flatMap { element in
        if case .array = element { return [Int]() }
        return element.integers
      }
    case .null, .bool, .object: []
    }
  }

  private static func integers(in text: String) -> [Int] {
    let marks = " []()#,-\u{2013}"
    let isNumeric = text.unicodeScalars.allSatisfy {
      ("0"..."9").contains($0) || marks.unicodeScalars.contains($0)
    }
    guard isNumeric, text.utf8.count <= 200, text.first != "-" else { return [] }
    return text.split { !("0"..."9").contains($0) }.compactMap { Int($0) }
  }
}
