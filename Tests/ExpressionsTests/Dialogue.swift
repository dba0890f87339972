import Expressions
import Subtitles

/// A transcript of lines, each 2 s long and 0.5 s after the one before; nil is a pause of 5 s.
func dialogue(_ lines: [String?]) -> Transcript {
  var time = MediaTime.zero
  var cues: [Cue] = []
  for line in lines {
    guard let line else {
      time = time + .seconds(5)
      continue
    }
    cues.append(Cue(number: 0, start: time, end: time + .seconds(2), text: line))
    time = time + .seconds(2.5)
  }
  return Transcript(language: "en", cues: cues)
}

func candidate(
  _ phrase: String, _ form: String? = nil, cues: [Int], usefulness: Double = 0.5
) -> Candidate {
  Candidate(
    phrase: phrase, dictionaryForm: form ?? phrase, cueNumbers: cues, partOfSpeech: "verb",
    meaning: "a meaning", usefulness: usefulness)
}

/// A small generator with a fixed seed, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
