import Expressions
import Foundation
import Subtitles

/// A batch of lines, numbered from `first` on; before a tab stands the speaker.
func batch(_ lines: [String], leadIn: [String] = [], first: Int = 10) -> Batch {
  let cues = (leadIn + lines).enumerated().map { index, line in
    let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
    let number = first - leadIn.count + index
    let start = MediaTime.milliseconds(Int64(number) * 2_500)
    return Cue(
      number: number, start: start, end: start + .seconds(2),
      text: parts.last ?? "", speaker: parts.count == 2 ? parts[0] : nil)
  }
  return Batch(
    number: 1, leadIn: Array(cues.prefix(leadIn.count)), cues: Array(cues.dropFirst(leadIn.count)))
}

let english = ExtractionRequest(sourceLanguage: "en", targetLanguage: nil)
let englishForKoreans = ExtractionRequest(
  sourceLanguage: "en", targetLanguage: "ko", level: LevelRange(.b1))
let koreanForEnglish = ExtractionRequest(
  sourceLanguage: "ko", targetLanguage: "en", translatesCues: true,
  hint: EpisodeHint(series: "Our Street", episode: nil))

func json(_ text: String) throws -> JSONValue {
  try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
}

func text(_ value: JSONValue, pretty: Bool = false) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
