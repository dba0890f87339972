import Expressions
import Subtitles
import Testing

@Suite struct PhraseFinderPropertyTests {
  private static let languages = ["en", "ko", "ja", "de", "und"]

  @Test(arguments: 0..<40)
  func spansKeepTheirPromises(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for language in Self.languages {
      let transcript = RandomDialogue(generator: &generator).transcript
      let grounding = Grounding(transcript: transcript, language: language)
      for _ in 0..<40 {
        let named = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
          Int.random(in: -1...14, using: &generator)
        }
        let candidate = candidate(
          RandomDialogue.phrase(using: &generator), RandomDialogue.phrase(using: &generator),
          cues: named)
        guard case .success(let expression) = grounding.ground(candidate) else { continue }
        expectPromises(expression, of: candidate, in: transcript)
      }
    }
  }

  /// Only a hyphenated word, which is marked whole, may bring more than the words of the phrase.
  @Test(arguments: 0..<40)
  func exactMatchesSpellThePhrase(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let transcript = RandomDialogue(generator: &generator).transcript
    for language in ["en", "de", "ko"] {
      let finder = PhraseFinder(cues: transcript.cues, language: language)
      for _ in 0..<100 {
        let phrase = RandomDialogue.phrase(using: &generator)
        guard !finder.isSpelled(phrase),
          let match = finder.match(phrase, .spoken, in: [transcript.cues.indices]), match.isExact
        else { continue }
        let wanted = Token.words(of: phrase)
        let found = texts(of: match.spans, in: transcript)
        let tokens = Token.tokens(of: found).map {
          $0.normal.split(separator: "-").map(String.init)
        }
        let words = tokens.flatMap { $0 }
        let starts = 0...(max(0, words.count - wanted.count))
        #expect(
          starts.contains { words.dropFirst($0).starts(with: wanted) }, "\(phrase) is \(found)")
        let parts = [tokens.first, tokens.last].compactMap { $0 }.map { $0.count - 1 }
        #expect(words.count - wanted.count <= parts.reduce(0, +), "\(phrase) is \(found)")
      }
    }
  }

  /// Words that were cut from the text are found, and marked there.
  @Test(arguments: 0..<40)
  func findsWhatWasCutOut(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let transcript = RandomDialogue(generator: &generator).transcript
    for cue in transcript.cues {
      let line = cue.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      let tokens = Token.tokens(of: line)
      guard let first = tokens.indices.randomElement(using: &generator) else { continue }
      let last = min(first + Int.random(in: 0...3, using: &generator), tokens.count - 1)
      let phrase = String(
        decoding: Array(line.utf8)[tokens[first].range.lowerBound..<tokens[last].range.upperBound],
        as: UTF8.self)
      let expression = try Grounding(transcript: transcript)
        .ground(candidate(phrase, cues: [cue.number])).get()
      let spans = expression.spans
      #expect(spans.count == 1 && !expression.wasMended && spans[0].cueNumber == cue.number)
      #expect(Token.words(of: texts(of: spans, in: transcript)) == Token.words(of: phrase))
      #expect(expression.phrase == phrase)
    }
  }

  @Test(arguments: 0..<30)
  func doesNotMindWhatTheTextIs(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    func text(_ longest: Int) -> String {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...longest, using: &generator) {
        let range = [
          0x20...0x7E, 0x20...0x7E, 0xA0...0x36F, 0x590...0x6FF, 0xE00...0xE7F, 0x1100...0x11FF,
          0x2000...0x206F, 0x3000...0x30FF, 0xAC00...0xAD00, 0xFE00...0xFEFF, 0x1F1E6...0x1F64F,
        ].randomElement(using: &generator)
        let value = range.map { Int.random(in: $0, using: &generator) } ?? 0x20
        if let scalar = Unicode.Scalar(UInt32(value)) { scalars.append(scalar) }
      }
      return String(scalars)
    }
    for language in Self.languages {
      let transcript = dialogue((0..<8).map { _ in text(40) })
      let grounding = Grounding(transcript: transcript, language: language)
      for cue in transcript.cues {
        let start = Int.random(in: 0...cue.text.count, using: &generator)
        let part = String(cue.text.dropFirst(start).prefix(6))
        for phrase in [part, text(10)] {
          let candidate = candidate(phrase, text(6), cues: [cue.number])
          guard case .success(let expression) = grounding.ground(candidate) else { continue }
          expectPromises(expression, of: candidate, in: transcript)
        }
      }
      _ = PhraseIndex.phrases(
        (0..<20).map { _ in text(8) }, occurringIn: transcript.cues, language: language)
    }
  }

  /// Each word may stand for several, in a text that is nothing but such words.
  @Test(.timeLimit(.minutes(1)))
  func searchesHostileText() {
    let line = String(repeating: "it's y'all a my the one's ", count: 20)
    let transcript = dialogue((0..<300).map { _ in line })
    let phrase = "someone it's one's y'all something my one's someone it's ain't one's out"
    #expect(
      Grounding(transcript: transcript).ground(candidate(phrase, cues: Array(1...300)))
        == .failure(GroundingError(.notInCues)))
  }

  private func texts(of spans: [CueSpan], in transcript: Transcript) -> String {
    spans.map { span in
      String(
        decoding: Array(transcript.cues[span.cueNumber - 1].text.utf8)[span.start..<span.end],
        as: UTF8.self)
    }.joined(separator: " ")
  }

  private func expectPromises(
    _ expression: Expression, of candidate: Candidate, in transcript: Transcript
  ) {
    let comment: Comment = "\(candidate.phrase) / \(candidate.dictionaryForm)"
    let spans = expression.spans
    #expect(!spans.isEmpty && !expression.phrase.isEmpty, comment)
    for span in spans {
      guard let cue = transcript[number: span.cueNumber] else {
        Issue.record("no such cue; \(comment)")
        continue
      }
      let borders = Set(
        cue.text.indices.map { $0.utf16Offset(in: cue.text) } + [cue.text.utf16.count])
      let utf8 = cue.text.utf8
      guard 0 <= span.start, span.start < span.end, span.end <= utf8.count else {
        Issue.record("out of range; \(comment)")
        continue
      }
      for offset in [span.start, span.end] {
        let index = utf8.index(utf8.startIndex, offsetBy: offset)
        #expect(borders.contains(index.utf16Offset(in: cue.text)), "border; \(comment)")
      }
      #expect(
        candidate.cueNumbers.contains { abs($0 - span.cueNumber) <= Grounding.reach + 2 },
        "near; \(comment)")
    }
    for (one, next) in zip(spans, spans.dropFirst()) {
      #expect((one.cueNumber, one.end) <= (next.cueNumber, next.start), "order; \(comment)")
    }
    #expect(expression.lastCue - expression.firstCue < PhraseFinder.mostCues, comment)
    if !expression.wasMended {
      let named = candidate.cueNumbers.filter { transcript[number: $0] != nil }
      #expect(
        (named.min() ?? 0) <= expression.firstCue && expression.lastCue <= (named.max() ?? 0),
        comment)
    }
  }
}
