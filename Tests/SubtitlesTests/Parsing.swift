import Subtitles

/// Parses text that must parse.
func parsed(_ text: String, _ fileExtension: String? = "srt") throws -> ParsedSubtitles {
  try SubtitleParser.parse(Array(text.utf8), .init(fileExtension: fileExtension))
}

/// The texts of a file with these lines in one cue; none when nothing is left of it.
func cleaned(_ text: String) -> [Cue] {
  EmbeddedSubtitles.read(
    codec: "subrip",
    packets: [
      SubtitlePacket(start: .zero, duration: .milliseconds(2_000), payload: Array(text.utf8))
    ]
  ).cues
}

extension Cue {
  /// Start and end in milliseconds.
  var span: [Int64] { [start.milliseconds, end.milliseconds] }
}

extension MediaTime {
  static func ms(_ value: Int64) -> MediaTime { .milliseconds(value) }
}
