extension PromptTemplate {
  /// Reads a section's lines, of which the first has the number `firstLine` in its file.
  /// Empty lines around the text are left out.
  init(lines: ArraySlice<Substring>, firstLine: Int) throws(PromptError) {
    var reader = PromptTemplateReader()
    let isEmpty = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
    var first = lines.startIndex
    while first < lines.endIndex, isEmpty(lines[first]) { first += 1 }
    var end = lines.endIndex
    while end > first, isEmpty(lines[end - 1]) { end -= 1 }
    for index in first..<end {
      let number = firstLine + index - lines.startIndex
      try reader.read(lines[index], number: number)
    }
    parts = try reader.finished()
  }
}

/// Reads a section line by line; the blocks that are open form a stack.
private struct PromptTemplateReader {
  private struct Block {
    var placeholder: PromptPlaceholder
    var isInverted: Bool
    var line: Int
    var parts: [PromptTemplate.Part]
  }

  /// More would be a mistake, and rendering calls itself for each.
  private static let depthLimit = 8

  private var outer: [PromptTemplate.Part] = []
  private var open: [Block] = []

  mutating func read(_ line: Substring, number: Int) throws(PromptError) {
    if let tag = Self.blockTag(aloneIn: line) {
      try read(tag: tag, line: number)
      return
    }
    var rest = line
    while let start = rest.firstRange(of: "{{") {
      append(.text(String(rest[..<start.lowerBound])))
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
        throw PromptError(line: number, problem: "\"{{\" has no \"}}\" behind it in its line")
      }
      try read(tag: rest[start.upperBound..<end.lowerBound], line: number)
      rest = rest[end.upperBound...]
    }
    append(.text(rest + "\n"))
  }

  func finished() throws(PromptError) -> [PromptTemplate.Part] {
    if let block = open.last {
      let name = block.placeholder.rawValue
      throw PromptError(
        line: block.line, problem: "the block \"\(name)\" is never closed by {{/\(name)}}")
    }
    var parts = outer
    // The line end of the last line belongs to the file, not to the message.
    if case .text(let last) = parts.last, last.hasSuffix("\n") {
      parts[parts.count - 1] = .text(String(last.dropLast()))
    }
    return parts
  }

  private static func blockTag(aloneIn line: Substring) -> Substring? {
    let content = line.drop(while: \.isWhitespace)
    guard content.hasPrefix("{{"), let end = content.firstRange(of: "}}"),
      content[end.upperBound...].allSatisfy(\.isWhitespace)
    else { return nil }
    let tag = content.dropFirst(2)[..<end.lowerBound]
    return tag.first.map { "#^/".contains($0) } == true ? tag : nil
  }

  private mutating func read(tag: Substring, line: Int) throws(PromptError) {
    switch tag.first {
    case "#": try begin(tag, isInverted: false, line: line)
    case "^": try begin(tag, isInverted: true, line: line)
    case "/": try end(tag, line: line)
    default:
      let name = String(tag.trimmed)
      guard let placeholder = PromptPlaceholder(rawValue: name), !placeholder.isForBlocksOnly else {
        throw PromptError(
          line: line,
          problem: "{{\(PlainText.line(name, limit: 60))}} is unknown; "
            + "allowed are \(PromptPlaceholder.namesOfValues)")
      }
      append(.value(placeholder))
    }
  }

  private mutating func begin(
    _ tag: Substring, isInverted: Bool, line: Int
  ) throws(PromptError) {
    let name = String(tag.dropFirst().trimmed)
    guard let placeholder = PromptPlaceholder(rawValue: name) else {
      throw PromptError(
        line: line,
        problem: "there is no block \"\(PlainText.line(name, limit: 60))\"; "
          + "allowed are \(PromptPlaceholder.namesOfBlocks)")
    }
    guard open.count < Self.depthLimit else {
      throw PromptError(
        line: line, problem: "more than \(Self.depthLimit) blocks lie within each other")
    }
    open.append(Block(placeholder: placeholder, isInverted: isInverted, line: line, parts: []))
  }

  private mutating func end(_ tag: Substring, line: Int) throws(PromptError) {
    let name = String(tag.dropFirst().trimmed)
    guard let block = open.last, block.placeholder.rawValue == name else {
      let expected =
        open.last.map { "{{/\($0.placeholder.rawValue)}} is to come first" } ?? "no block is open"
      throw PromptError(
        line: line,
        problem: "{{/\(PlainText.line(name, limit: 60))}} closes nothing: \(expected)")
    }
    open.removeLast()
    append(.block(block.placeholder, isInverted: block.isInverted, block.parts))
  }

  private mutating func append(_ part: PromptTemplate.Part) {
    if case .text("") = part { return }
    if open.isEmpty {
      outer.append(part)
    } else {
      open[open.count - 1].parts.append(part)
    }
  }
}
