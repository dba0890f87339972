/// Reads WebVTT: blocks between blank lines, of which only those with a time are cues.
struct WebVTTReader {
  private enum State {
    /// Between two blocks, or after a line that may be a cue's name.
    case outside
    /// In a NOTE, a STYLE or a REGION, where a time is no cue's.
    case ignoring
    /// In the header or a cue that can't be read; a time ends it even without a blank line.
    case passing
    case cue(TimeSpan)
  }

  private var found = TimedEntries()
  private var state = State.outside
  private var lines: [Range<Int>] = []
  private var byteCount = 0

  static func isHeader(_ line: ArraySlice<UInt8>) -> Bool {
    isHeader(0..<line.count, of: line.span)
  }

  private static func isHeader(_ line: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    isWord("WEBVTT", line, of: bytes)
  }

  static func entries(in file: [UInt8]) -> TimedEntries {
    let bytes = file.span
    var reader = WebVTTReader()
    reader.found = TimedEntries(byteCount: file.count)
    var cursor = LineCursor()
    var isFirst = true
    while let line = cursor.next(in: bytes) {
      let line = bytes.trimmed(line)
      if isFirst, !line.isEmpty {
        isFirst = false
        if isHeader(line, of: bytes) {
          reader.state = .passing
          continue
        }
      }
      reader.read(line, of: bytes)
    }
    reader.finish(bytes)
    return reader.found
  }

  private mutating func read(_ line: Range<Int>, of bytes: Span<UInt8>) {
    guard !line.isEmpty else {
      finish(bytes)
      return
    }
    switch state {
    case .outside:
      if Self.isIgnoredBlock(line, of: bytes) {
        state = .ignoring
      } else {
        beginIfTime(line, of: bytes)
      }
    case .ignoring:
      return
    case .passing:
      if let span = TimeSpan(line, of: bytes) { state = .cue(span) }
    case .cue:
      if bytes.containsArrow(line) {
        finish(bytes)
        beginIfTime(line, of: bytes)
      } else {
        byteCount += line.count + 1
        if byteCount <= TimedEntry.textLimit { lines.append(line) }
      }
    }
  }

  private mutating func beginIfTime(_ line: Range<Int>, of bytes: Span<UInt8>) {
    if let span = TimeSpan(line, of: bytes) {
      state = .cue(span)
    } else if bytes.containsArrow(line) {
      found.leftOut.add(.unusableTime)
      state = .passing
    }
  }

  private mutating func finish(_ bytes: Span<UInt8>) {
    if case .cue(let span) = state {
      if byteCount > TimedEntry.textLimit {
        found.leftOut.add(.tooLong)
      } else if found.begin(span) {
        for line in lines { found.addLine(line, of: bytes) }
      }
    }
    state = .outside
    lines.removeAll(keepingCapacity: true)
    byteCount = 0
  }

  private static func isIgnoredBlock(_ line: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    switch bytes[line.lowerBound] {
    case UInt8(ascii: "N"): isWord("NOTE", line, of: bytes)
    case UInt8(ascii: "S"): line.count == 5 && isWord("STYLE", line, of: bytes)
    case UInt8(ascii: "R"): line.count == 6 && isWord("REGION", line, of: bytes)
    default: false
    }
  }

  /// Whether a line begins with a word, as it is written here.
  private static func isWord(
    _ word: StaticString, _ line: Range<Int>, of bytes: Span<UInt8>
  ) -> Bool {
    word.withUTF8Buffer { word in
      guard line.count >= word.count else { return false }
      for offset in word.indices where bytes[line.lowerBound + offset] != word[offset] {
        return false
      }
      return line.count == word.count || bytes[line.lowerBound + word.count].isASCIIBlank
    }
  }
}
