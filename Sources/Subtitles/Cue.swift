/// One timed subtitle line.
package struct Cue: Sendable, Hashable, Codable {
  /// Position in its transcript, from 1; what prompts, answers and manifests name a cue by.
  package var number: Int
  package var start: MediaTime
  package var end: MediaTime
  /// What is shown: lines joined by "\n", without markup.
  package var text: String
  /// Who speaks, where the subtitles say it.
  package var speaker: String?

  package init(
    number: Int, start: MediaTime, end: MediaTime, text: String, speaker: String? = nil
  ) {
    self.number = number
    self.start = start
    self.end = end
    self.text = text
    self.speaker = speaker
  }

  /// Whether two cues are said by two people in one entry of a file: then they have the same time, for nobody knows
  /// when the one ends and the other begins.
  package func sharesEntry(with other: Cue) -> Bool { start == other.start && end == other.end }

  /// Whether it begins with another speaker than the cue before it.
  package func changesSpeaker(after previous: Cue) -> Bool {
    if let speaker, speaker != previous.speaker { return true }
    return sharesEntry(with: previous)
  }

  /// The text on one line, as people read it aloud.
  package var spoken: String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

/// An episode's cues in one language, in time order; `cues[i].number == i + 1`.
package struct Transcript: Sendable, Hashable, Codable {
  /// BCP 47 primary language subtag, such as "en" or "ko"; "und" when nothing says it.
  package var language: String
  package var cues: [Cue]

  /// Sorts by start time and numbers the cues anew.
  package init(language: String, cues: [Cue]) {
    self.language = language
    let ordered = cues.enumerated().sorted {
      ($0.element.start, $0.element.end, $0.offset) < ($1.element.start, $1.element.end, $1.offset)
    }
    self.cues = ordered.enumerated().map { position, entry in
      var cue = entry.element
      cue.number = position + 1
      return cue
    }
  }

  package subscript(number number: Int) -> Cue? {
    // Wrapping, for a number may come from an answer and be anything.
    cues.indices.contains(number &- 1) ? cues[number &- 1] : nil
  }
}
