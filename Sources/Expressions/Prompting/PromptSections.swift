/// A prompt's text, divided: first line, notes, and the two sections.
struct PromptSections {
  /// The number in the first line.
  var number: String
  var system: PromptTemplate
  var user: PromptTemplate

  private static let header = "langflix prompt "
  private static let marks = ["=== system ===", "=== user ==="]

  init(_ text: String) throws(PromptError) {
    let hasMark = text.unicodeScalars.first == "\u{FEFF}"
    let content = hasMark ? String(text.unicodeScalars.dropFirst()) : text
    let lines = content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    number = try Self.number(in: lines.first ?? "")
    let starts = try Self.starts(in: lines)
    var templates: [PromptTemplate] = []
    for (mark, start) in zip(Self.marks, starts) {
      let end = starts.filter { $0 > start }.min() ?? lines.count
      let template = try PromptTemplate(lines: lines[(start + 1)..<end], firstLine: start + 2)
      guard !template.parts.isEmpty else {
        throw PromptError(line: start + 1, problem: "there is no text below \"\(mark)\"")
      }
      templates.append(template)
    }
    (system, user) = (templates[0], templates[1])
    guard user.parts.contains(.value(.cues)) else {
      throw PromptError(
        line: starts[1] + 1,
        problem: "the user section must hold {{cues}}, and not inside a block: the dialogue")
    }
  }

  private static func number(in line: Substring) throws(PromptError) -> String {
    let digits = line.hasPrefix(header) ? line.dropFirst(header.count) : ""
    guard (1...6).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) })
    else {
      throw PromptError(
        line: 1,
        problem: "it must be \"\(header)1\", with the number of the built-in prompt that it "
          + "was made from")
    }
    return String(digits)
  }

  /// Where the sections' marks stand, in the order of `marks`.
  private static func starts(in lines: [Substring]) throws(PromptError) -> [Int] {
    var found: [String: Int] = [:]
    for (index, line) in lines.enumerated() {
      let mark = String(line.trimmed)
      guard mark.hasPrefix("==="), mark.hasSuffix("==="), mark.count > 6 else { continue }
      guard marks.contains(mark), found[mark] == nil else {
        throw PromptError(
          line: index + 1,
          problem: "a section begins with one of \(marks.joined(separator: ", ")), each once")
      }
      found[mark] = index
    }
    var starts: [Int] = []
    for mark in marks {
      guard let start = found[mark] else {
        throw PromptError(line: lines.count, problem: "no line above is \"\(mark)\"")
      }
      starts.append(start)
    }
    return starts
  }
}

extension Substring {
  /// Without white space around it.
  var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
