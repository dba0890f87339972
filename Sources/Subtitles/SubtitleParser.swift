/// Reads subtitle files.
///
/// Any bytes either parse or throw, in time that grows linearly with their number.
package enum SubtitleParser {
  /// The largest file that is read, in bytes.
  package static let byteLimit = 20 * 1_024 * 1_024

  /// - Parameter fileExtension: decides between SRT and WebVTT when a file with arrows has no
  ///   header; otherwise the content alone says what it is.
  package static func parse(
    _ bytes: [UInt8], fileExtension: String?
  ) throws(SubtitleError) -> ParsedSubtitles {
    guard bytes.count <= byteLimit else {
      throw .tooLarge(byteCount: bytes.count, limit: byteLimit)
    }
    let decoded = try DecodedText(bytes)
    guard decoded.bytes.contains(where: { !$0.isASCIIBlank }) else { throw .empty }
    guard let format = format(of: decoded.bytes, fileExtension: fileExtension) else {
      throw .unknownFormat
    }
    let entries: TimedEntries
    let cues: [Cue]
    switch format {
    case .subRip:
      entries = SubRipReader.entries(in: decoded.bytes)
      cues = CueCleaner.cues(of: entries.entries, markup: .html)
    case .webVTT:
      entries = WebVTTReader.entries(in: decoded.bytes)
      cues = CueCleaner.cues(of: entries.entries, markup: .html)
    case .ass:
      entries = ASSReader.entries(in: decoded.bytes)
      cues = CueCleaner.cues(of: entries.entries, markup: .ass)
    }
    guard !cues.isEmpty else { throw .noCues(skipped: entries.skipped) }
    return ParsedSubtitles(
      format: format, charset: decoded.charset, cues: cues, skipped: entries.skipped)
  }

  /// The first telling line decides: a hearing-impaired note may well read "[Events]".
  private static func format(of bytes: [UInt8], fileExtension: String?) -> SubtitleFormat? {
    var isFirst = true
    for line in TextLines(bytes) {
      let line = line.trimmed
      guard !line.isEmpty else { continue }
      if isFirst, WebVTTReader.isHeader(line) { return .webVTT }
      isFirst = false
      if ASSReader.isTelling(line) { return .ass }
      if TimeSpan(line) != nil {
        let name = (fileExtension ?? "").lowercased()
        return name == "vtt" || name == ".vtt" ? .webVTT : .subRip
      }
    }
    return nil
  }
}
