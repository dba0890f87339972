import Subtitles

/// A transcript as sentences and pauses: what contexts are made of.
///
/// A sentence is a run of cues that begins and ends with one: every cue is in exactly one, in order. It ends with a
/// cue that closes with a full stop, a question or an exclamation mark and that the next does not run on from, before
/// a change of speaker, and before a silence; never between cues of one time. Subtitles that hardly mark the ends of sentences, as Korean ones do, have one
/// cue for each sentence.
package struct Dialogue: Sendable {
  package let transcript: Transcript
  package let sentences: [Context]
  /// Position in `sentences` for each cue, by number - 1.
  private let sentenceOfCue: [Int]

  /// A pause longer than this ends the exchange.
  package static let silence = MediaTime.milliseconds(2_500)
  /// No context is longer, whatever is configured; a sentence beyond it is divided at its longest pauses.
  package static let longest = MediaTime.seconds(30)
  /// Below this share of cues that end a sentence by a mark, the marks mean nothing.
  private static let leastMarkedShare = 0.2

  package init(transcript: Transcript) {
    self.transcript = transcript
    let cues = transcript.cues
    let marked = cues.count { SentenceMarks.closes($0.text) }
    let trustsMarks = Double(marked) >= Self.leastMarkedShare * Double(cues.count)
    var sentences: [Context] = []
    var first = 1
    for (position, cue) in cues.enumerated() {
      let next = cues.indices.contains(position + 1) ? cues[position + 1] : nil
      // Two people in one entry are heard together.
      if let next, next.sharesEntry(with: cue) { continue }
      guard
        !trustsMarks
          || next.map({ SentenceMarks.endsSentence(cue, before: $0, Self.silence) })
            ?? true
      else { continue }
      sentences += Self.divided(Context(firstCue: first, lastCue: cue.number), cues)
      first = cue.number + 1
    }
    self.sentences = sentences
    sentenceOfCue = sentences.enumerated().flatMap { index, sentence in
      repeatElement(index, count: sentence.lastCue - sentence.firstCue + 1)
    }
  }

  /// From the start of the first cue to the end of the last, whichever cue ends last.
  package func length(of context: Context) -> MediaTime {
    Self.length(of: context, transcript.cues)
  }

  package func start(of context: Context) -> MediaTime {
    transcript.cues[context.firstCue - 1].start
  }

  package func end(of context: Context) -> MediaTime {
    Self.end(of: context, transcript.cues)
  }

  /// The whole sentences that hold these cues.
  package func sentences(holding cues: ClosedRange<Int>) -> Context {
    sentences[sentenceOfCue[cues.lowerBound - 1]]
      .union(sentences[sentenceOfCue[cues.upperBound - 1]])
  }

  /// The sentence before a context of whole sentences, unless a silence parts them.
  package func sentence(before context: Context) -> Context? {
    guard context.firstCue > 1 else { return nil }
    let sentence = sentences[sentenceOfCue[context.firstCue - 2]]
    return start(of: context) - end(of: sentence) > Self.silence ? nil : sentence
  }

  /// The sentence after a context of whole sentences, unless a silence parts them.
  package func sentence(after context: Context) -> Context? {
    guard context.lastCue < transcript.cues.count else { return nil }
    let sentence = sentences[sentenceOfCue[context.lastCue]]
    return start(of: sentence) - end(of: context) > Self.silence ? nil : sentence
  }

  /// How long nobody speaks after a sentence; the last is followed by silence.
  package func pause(after sentence: Context) -> MediaTime {
    guard sentence.lastCue < transcript.cues.count else { return Self.silence + Self.silence }
    return transcript.cues[sentence.lastCue].start - end(of: sentence)
  }

  /// Whether its last words are a question.
  package func asks(_ sentence: Context) -> Bool {
    SentenceMarks.closingMark(of: transcript.cues[sentence.lastCue - 1].text).map {
      "?\u{FF1F}\u{061F}".contains($0)
    } ?? false
  }

  private static func length(of context: Context, _ cues: [Cue]) -> MediaTime {
    end(of: context, cues) - cues[context.firstCue - 1].start
  }

  private static func end(of context: Context, _ cues: [Cue]) -> MediaTime {
    cues[(context.firstCue - 1)...(context.lastCue - 1)].map(\.end).max() ?? .zero
  }

  /// The sentence, or where it is too long for any context its parts between the longest pauses.
  private static func divided(_ sentence: Context, _ cues: [Cue]) -> [Context] {
    guard sentence.firstCue < sentence.lastCue, length(of: sentence, cues) > longest else {
      return [sentence]
    }
    let middle = (sentence.firstCue + sentence.lastCue) / 2
    // By pause, then by how near to the middle.
    let cut = (sentence.firstCue..<sentence.lastCue).max { left, right in
      (cues[left].start - cues[left - 1].end, -abs(left - middle))
        < (cues[right].start - cues[right - 1].end, -abs(right - middle))
    }
    guard let cut else { return [sentence] }
    return divided(Context(firstCue: sentence.firstCue, lastCue: cut), cues)
      + divided(Context(firstCue: cut + 1, lastCue: sentence.lastCue), cues)
  }
}
