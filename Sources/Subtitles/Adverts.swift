/// Knows the cues that advertise a site or name who made the subtitles.
struct Adverts {
  static let known = Adverts()

  private struct Mark {
    let bytes: [UInt8]
    /// A text without them does not hold it.
    let pairs: TextTraits

    init(_ word: String) {
      bytes = Array(word.utf8)
      pairs = .pairs(of: word)
    }
  }

  /// Never said in dialogue; the last is of WebVTT files that hold preview pictures.
  private let marks = [
    "opensubtitles", "addic7ed", "podnapisi", "subscene.com", "yify", "yts.mx", "tvsubtitles",
    "advertise your product or brand", "become vip member", "#xywh=",
  ].map(Mark.init)

  private let credits = [
    "synced and corrected by", "synced & corrected by", "sync and corrections by",
    "sync & corrections by", "sync and correction by", "sync & correction by", "sync by",
    "synced by", "resync by", "resynced by", "synchronized by", "synchronised by", "corrected by",
    "subtitles by", "subtitled by", "subtitle by", "captions by", "captioned by", "captioning by",
    "transcript by", "ripped by", "encoded by", "downloaded from",
  ].map(Mark.init)

  private let webPrefixes = ["www.", "http://", "https://"].map(Mark.init)

  /// Longer texts are dialogue, however they came about.
  private static let lengthLimit = 400

  /// - Parameters:
  ///   - text: a cue's text without formatting; sites often stand in brackets.
  ///   - traits: those of the text.
  func isAdvert(_ text: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits) -> Bool {
    guard traits.holdsPairs else { return false }
    if text.count > Self.lengthLimit {
      // Only first bytes of characters count.
      var characters = 0
      for position in text where bytes[position] & 0xC0 != 0x80 { characters += 1 }
      guard characters <= Self.lengthLimit else { return false }
    }
    for mark in marks where traits.isSuperset(of: mark.pairs) {
      if Self.contains(mark, in: text, of: bytes) { return true }
    }
    for credit in credits where traits.isSuperset(of: credit.pairs) {
      if Self.lineBegins(with: credit, in: text, of: bytes) { return true }
    }
    return webPrefixes.contains { traits.isSuperset(of: $0.pairs) } && isLinks(text, of: bytes)
  }

  /// Whether every line is a link and no more.
  private func isLinks(_ text: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    let newline = UInt8(ascii: "\n")
    var hasLine = false
    var start = text.lowerBound
    while start < text.upperBound {
      var first = start
      while first < text.upperBound, !Self.isWord(bytes[first]), bytes[first] != newline {
        first += 1
      }
      // Not for an empty line.
      if first < text.upperBound, bytes[first] == newline, first == start {
        start += 1
        continue
      }
      let rest = first..<text.upperBound
      guard webPrefixes.contains(where: { Self.begins(rest, with: $0, of: bytes) }) else {
        return false
      }
      start = bytes.position(of: newline, or: newline, in: rest)
      var end = start
      while end > first, !Self.isWord(bytes[end - 1]) { end -= 1 }
      guard !(first..<end).contains(where: { bytes[$0] == 0x20 }) else { return false }
      hasLine = true
    }
    return hasLine
  }

  private static func lineBegins(
    with mark: Mark, in text: Range<Int>, of bytes: Span<UInt8>
  ) -> Bool {
    let newline = UInt8(ascii: "\n")
    var start = text.lowerBound
    while true {
      while start < text.upperBound, !isWord(bytes[start]) { start += 1 }
      guard start < text.upperBound else { return false }
      if begins(start..<text.upperBound, with: mark, of: bytes) { return true }
      start = bytes.position(of: newline, or: newline, in: start..<text.upperBound)
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80
  }

  private static func begins(
    _ part: Range<Int>, with mark: Mark, of bytes: Span<UInt8>
  ) -> Bool {
    let mark = mark.bytes.span
    guard part.count >= mark.count else { return false }
    for offset in mark.indices
    where bytes[part.lowerBound + offset].asciiLowercased != mark[offset] {
      return false
    }
    return true
  }

  private static func contains(
    _ mark: Mark, in text: Range<Int>, of bytes: Span<UInt8>
  ) -> Bool {
    let lower = mark.bytes[0]
    let upper = lower.isASCIILetter ? lower & 0xDF : lower
    var start = text.lowerBound
    while start + mark.bytes.count <= text.upperBound {
      start = bytes.position(of: lower, or: upper, in: start..<text.upperBound)
      if begins(start..<text.upperBound, with: mark, of: bytes) { return true }
      start += 1
    }
    return false
  }
}
