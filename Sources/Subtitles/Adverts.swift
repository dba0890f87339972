/// Knows the cues that advertise a site or name who made the subtitles.
enum Adverts {
  /// Never said in dialogue; the last is of WebVTT files that hold preview pictures.
  private static let marks = [
    "opensubtitles", "addic7ed", "podnapisi", "subscene.com", "yify", "yts.mx", "tvsubtitles",
    "advertise your product or brand", "become vip member", "#xywh=",
  ]

  private static let credits = [
    "synced and corrected by", "synced & corrected by", "sync and corrections by",
    "sync & corrections by", "sync and correction by", "sync & correction by", "sync by",
    "synced by", "resync by", "resynced by", "synchronized by", "synchronised by", "corrected by",
    "subtitles by", "subtitled by", "subtitle by", "captions by", "captioned by", "captioning by",
    "transcript by", "ripped by", "encoded by", "downloaded from",
  ]

  private static let webPrefixes = ["www.", "http://", "https://"]

  /// - Parameter scalars: the cue's text without formatting; sites often stand in brackets.
  static func isAdvert(_ scalars: [Unicode.Scalar]) -> Bool {
    // Longer texts are dialogue, however they came about.
    guard scalars.count <= 400 else { return false }
    let lowered = scalars.text.lowercased()
    if marks.contains(where: { contains($0, in: lowered) }) { return true }
    let lines = lowered.split(separator: "\n").map(words)
    if lines.contains(where: { line in credits.contains { line.starts(with: $0.utf8) } }) {
      return true
    }
    return lines.allSatisfy { line in
      !line.contains(UInt8(ascii: " ")) && webPrefixes.contains { line.starts(with: $0.utf8) }
    }
  }

  /// A line without what decorates it on both sides.
  private static func words(_ line: Substring) -> Substring.UTF8View {
    var view = line.utf8
    let isWord = { (byte: UInt8) in byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 }
    while let first = view.first, !isWord(first) { view = view.dropFirst() }
    while let last = view.last, !isWord(last) { view = view.dropLast() }
    return view
  }

  private static func contains(_ mark: String, in text: String) -> Bool {
    let mark = Array(mark.utf8)
    let text = Array(text.utf8)
    guard text.count >= mark.count else { return false }
    return (0...(text.count - mark.count)).contains { text[$0...].starts(with: mark) }
  }
}
