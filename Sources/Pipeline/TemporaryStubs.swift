import Subtitles

extension SidecarName { var isCommentary: Bool { false } }
struct LanguageGuess {
  var language: String
  var confidence: Int
  static func of(_ cues: [Cue]) -> LanguageGuess? { nil }
}
extension EmbeddedSubtitles {
  static func read(
    codec: String, header: [UInt8], packets: [SubtitlePacket], styles: StyleRules
  ) -> (cues: [Cue], leftOut: LeftOut) {
    (cues(codec: codec, header: header, packets: packets), LeftOut())
  }
}
extension StyleRules {
  init(leftOut: [String], dialogue: [String]) { self.init(leftOut: leftOut) }
}
