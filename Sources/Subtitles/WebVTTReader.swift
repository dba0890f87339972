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
  private var lines: [ArraySlice<UInt8>] = []
  private var byteCount = 0

  static func isHeader(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: Array("WEBVTT".utf8)) && (line.dropFirst(6).first?.isASCIIBlank ?? true)
  }

  static func entries(in bytes: [UInt8]) -> TimedEntries {
    var reader = WebVTTReader()
    var isFirst = true
    for line in TextLines(bytes) {
      let line = line.trimmed
      if isFirst, !line.isEmpty {
        isFirst = false
        if isHeader(line) {
          reader.state = .passing
          continue
        }
      }
      reader.read(line)
    }
    reader.finish()
    return reader.found
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    guard !line.isEmpty else {
      finish()
      return
    }
    switch state {
    case .outside:
      if Self.isIgnoredBlock(line) { state = .ignoring } else { beginIfTime(line) }
    case .ignoring:
      return
    case .passing:
      if let span = TimeSpan(line) { state = .cue(span) }
    case .cue:
      if line.containsArrow {
        finish()
        beginIfTime(line)
      } else {
        byteCount += line.count + 1
        if byteCount <= TimedEntry.textLimit { lines.append(line) }
      }
    }
  }

  private mutating func beginIfTime(_ line: ArraySlice<UInt8>) {
    if let span = TimeSpan(line) {
      state = .cue(span)
    } else if line.containsArrow {
      found.leftOut.add(.unusableTime)
      state = .passing
    }
  }

  private mutating func finish() {
    if case .cue(let span) = state {
      if byteCount <= TimedEntry.textLimit {
        found.add(span, text: lines.map(\.string).joined(separator: "\n"))
      } else {
        found.leftOut.add(.tooLong)
      }
    }
    state = .outside
    lines.removeAll(keepingCapacity: true)
    byteCount = 0
  }

  private static func isIgnoredBlock(_ line: ArraySlice<UInt8>) -> Bool {
    let word = line.prefix { !$0.isASCIIBlank }.string
    return word == "NOTE"
      || ((word == "STYLE" || word == "REGION") && word.utf8.count == line.count)
  }
}
