/// Reads subtitle files.
///
/// Any bytes either parse or throw, in time that grows linearly with their number.
package enum SubtitleParser {
  package static func parse(
    _ bytes: [UInt8], _ options: SubtitleOptions = .init()
  ) throws(SubtitleError) -> ParsedSubtitles {
    // Also where there is more of it than is read.
    if let foreign = ForeignFormat(binary: bytes) { throw .unsupported(foreign) }
    guard bytes.count <= options.byteLimit else {
      throw .tooLarge(byteCount: bytes.count, limit: options.byteLimit)
    }
    let decoded = try DecodedText(bytes, language: options.language, forced: options.charset)
    guard decoded.bytes.contains(where: { !$0.isASCIIBlank }) else { throw .empty }
    let format = try format(of: decoded.bytes, fileExtension: options.fileExtension)
    let found: [SubtitleLanguage]
    switch format {
    case .subRip: found = [SubtitleLanguage(SubRipReader.entries(in: decoded.bytes))]
    case .webVTT: found = [SubtitleLanguage(WebVTTReader.entries(in: decoded.bytes))]
    case .ass:
      found = [SubtitleLanguage(ASSReader.entries(in: decoded.bytes, styles: options.styles))]
    case .sami: found = SAMIReader.languages(in: decoded.bytes)
    case .microDVD: found = [SubtitleLanguage(try MicroDVDReader.entries(in: decoded.bytes))]
    }
    var leftOut = LeftOut()
    var tracks: [ParsedSubtitles.Track] = []
    for language in found {
      leftOut += language.entries.leftOut
      let cues = CueCleaner.cues(
        of: language.entries, markup: format == .ass ? .ass : .html, &leftOut)
      guard !cues.isEmpty else { continue }
      tracks.append(.init(name: language.name, language: language.language, cues: cues))
    }
    guard !tracks.isEmpty else { throw .noCues(leftOut) }
    return ParsedSubtitles(
      format: format, charset: decoded.charset, tracks: tracks, leftOut: leftOut)
  }

  /// The first telling line decides: a hearing-impaired note may well read "[Events]".
  private static func format(
    of bytes: [UInt8], fileExtension: String?
  ) throws(SubtitleError) -> SubtitleFormat {
    var isFirst = true
    for line in TextLines(bytes) {
      let line = line.trimmed
      guard !line.isEmpty else { continue }
      if isFirst, WebVTTReader.isHeader(line) { return .webVTT }
      isFirst = false
      if ASSReader.isTelling(line) { return .ass }
      if SAMIReader.isTelling(line) { return .sami }
      if MicroDVDReader.isTelling(line) { return .microDVD }
      if let foreign = ForeignFormat(line: line) { throw .unsupported(foreign) }
      if TimeSpan(line) != nil {
        let name = (fileExtension ?? "").lowercased()
        return name == "vtt" || name == ".vtt" ? .webVTT : .subRip
      }
    }
    throw .unknownFormat
  }
}
