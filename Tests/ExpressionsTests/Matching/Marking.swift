import Expressions
import Subtitles

/// A row of a table: what is said, cues parted by "|", what is looked for, and the cues again with
/// what is found in brackets.
struct MatchCase: Sendable, CustomStringConvertible {
  var said: String
  var phrase: String
  var marked: String?
  var language = "en"

  init(_ said: String, _ phrase: String, _ marked: String?, language: String = "en") {
    self.said = said
    self.phrase = phrase
    self.marked = marked
    self.language = language
  }

  var description: String { "\(phrase) in \(said)" }

  func found(_ kind: PhraseFinder.Kind) -> String? {
    let cues = spoken(said)
    return PhraseFinder(cues: cues, language: language)
      .match(phrase, kind, in: [cues.indices]).map { marking($0.spans, in: cues) }
  }
}

func spoken(_ lines: String) -> [Cue] {
  dialogue(lines.split(separator: "|").map(String.init)).cues
}

/// The cues' texts with brackets around spans, parted by "|".
func marking(_ spans: [CueSpan], in cues: [Cue]) -> String {
  cues.map { cue in
    var bytes = Array(cue.text.utf8)
    for span in spans.reversed() where span.cueNumber == cue.number {
      bytes.insert(UInt8(ascii: "]"), at: span.end)
      bytes.insert(UInt8(ascii: "["), at: span.start)
    }
    return String(decoding: bytes, as: UTF8.self)
  }.joined(separator: "|")
}
