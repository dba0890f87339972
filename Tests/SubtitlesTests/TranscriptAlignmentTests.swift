import Subtitles
import Testing

@Suite(.enabled(if: !SharedData.files(in: "subtitles").isEmpty, SharedData.reason))
struct SharedAlignmentTests {
  private let rates = [
    1, 25.0 / 24, 24.0 / 25, 25.0 * 1_001 / 24_000, 24_000.0 / 1_001 / 25, 1.001, 1 / 1.001,
  ]

  /// Other languages of the same short film.
  private func pairs() throws -> [(source: SharedData.Film, other: SharedData.Film)] {
    let films = try SharedData.films().filter { $0.transcript.cues.count < 200 }
    return films.flatMap { source in
      films.filter { $0.name == source.name }.map { (source, $0) }
    }
  }

  /// Each two languages once.
  private func halfOfPairs() throws -> [(source: SharedData.Film, other: SharedData.Film)] {
    try pairs().filter { $0.source.transcript.language <= $0.other.transcript.language }
  }

  private func found(
    _ other: Transcript, _ source: Transcript
  ) throws -> TranscriptAlignment {
    switch TranscriptAlignment.estimate(of: other, to: source) {
    case .aligned(let alignment): return alignment
    case .refused(let reason): throw Refusal(reason: reason)
    }
  }

  private struct Refusal: Error { var reason: String }

  @Test func languagesOfAFilmStayAsTheyAre() throws {
    for (source, other) in try pairs() {
      let alignment = try found(other.transcript, source.transcript)
      #expect(alignment.isIdentity, "\(other.name) \(other.transcript.language) \(alignment)")
      #expect(alignment.agreement > 0.8)
      #expect(alignment.applied(to: other.transcript) == other.transcript)
    }
  }

  @Test func otherFilmsAreRefused() throws {
    let films = try SharedData.films()
    for source in films {
      for other in films where other.name != source.name {
        let estimate = TranscriptAlignment.estimate(of: other.transcript, to: source.transcript)
        guard case .refused(let reason) = estimate else {
          Issue.record("\(other.name) passed for \(source.name): \(estimate)")
          continue
        }
        #expect(reason.contains("put better subtitles beside the episode"))
      }
    }
  }

  /// The English cues of Elephants Dream begin on whole seconds, 0.4 s before all others.
  private func habit(_ source: SharedData.Film, _ other: SharedData.Film) -> Double {
    let languages = [source.transcript.language, other.transcript.language]
    return source.name.hasPrefix("elephants") && languages[0] != languages[1] ? 0.5 : 0
  }

  @Test func aChangeIsFound() throws {
    let offsets = [-90.0, -12.4, 1.8, 35, 90]
    for (number, (source, other)) in try halfOfPairs().enumerated() {
      for (index, rate) in rates.enumerated() {
        let offset = offsets[(number + index) % offsets.count]
        let changed = Changed(rate: rate, offset: offset).transcript(other.transcript)
        let alignment = try found(changed, source.transcript)
        let error = Changed(rate: rate, offset: offset).error(of: alignment, changed)
        #expect(error <= 0.3 + habit(source, other), "\(other.name) \(rate) \(alignment)")
        // In ten minutes 24 and 23.976 frames a second come to differ by half a second.
        if source.name.hasPrefix("elephants"), habit(source, other) == 0 {
          #expect(abs(alignment.rate - rate) < 1e-9, "\(other.name) \(rate) \(alignment)")
        }
        #expect(abs(alignment.rate - rate) < 0.0011)
      }
    }
  }

  @Test func aChangeIsFoundInMessyFiles() throws {
    var random = SplitMix(state: 21)
    var refused = 0
    var tried = 0
    for (number, (source, other)) in try halfOfPairs().enumerated() {
      for (index, rate) in rates.enumerated() where (number + index) % 2 == 0 {
        let change = Changed(rate: rate, offset: .random(in: -90...90, using: &random))
        let messy = change.messyTranscript(other.transcript, &random)
        tried += 1
        guard let alignment = try? found(messy, source.transcript) else {
          refused += 1
          continue
        }
        if alignment.isIdentity {
          #expect(change.error(of: alignment, messy) < 0.6)
          continue
        }
        let limit = habit(source, other) == 0 ? 0.3 : 1
        #expect(change.error(of: alignment, messy) <= limit, "\(other.name) \(rate) \(alignment)")
        #expect(abs(alignment.rate - rate) < 0.0011)
      }
    }
    // Eight cues may be left of the shortest film: too few to be sure of.
    #expect(refused * 10 < tried, "\(refused) of \(tried)")
  }

  @Test func wholeFilmsAreFoundExactly() throws {
    var random = SplitMix(state: 4)
    for film in try SharedData.films() where film.transcript.cues.count > 500 {
      for rate in [1, 25.0 * 1_001 / 24_000, 1.001] {
        let change = Changed(rate: rate, offset: .random(in: -90...90, using: &random))
        let messy = change.messyTranscript(film.transcript, &random)
        let alignment = try found(messy, film.transcript)
        #expect(abs(alignment.rate - rate) < 1e-9)
        #expect(change.error(of: alignment, messy) < 0.1)
      }
    }
  }
}

@Suite struct TranscriptAlignmentTests {
  private func film(_ count: Int, seed: UInt64 = 9) -> Transcript {
    var random = SplitMix(state: seed)
    var time = 3.0
    return Transcript(
      language: "und",
      cues: (0..<count).map { _ in
        let start = time + .random(in: 0.1...4, using: &random)
        time = start + .random(in: 0.8...4, using: &random)
        return Cue(number: 0, start: .seconds(start), end: .seconds(time), text: "x")
      })
  }

  @Test func aShiftedFileIsMovedBack() throws {
    let film = film(12)
    let change = Changed(rate: 1, offset: 1.8)
    let estimate = TranscriptAlignment.estimate(of: change.transcript(film), to: film)
    guard case .aligned(let alignment) = estimate else {
      Issue.record("\(estimate)")
      return
    }
    #expect(alignment.rate == 1 && alignment.offset == .ms(1_800))
    #expect(alignment.agreement > 0.99)
    #expect("\(alignment)" == "moved by +1.8 s")
    #expect(alignment.applied(to: change.transcript(film)) == film)
  }

  @Test func aShiftBeyondTheBoundIsRefused() {
    let film = film(200)
    let estimate = TranscriptAlignment.estimate(
      of: Changed(rate: 1, offset: 180).transcript(film), to: film)
    guard case .refused(let reason) = estimate else {
      Issue.record("\(estimate)")
      return
    }
    #expect(reason.hasPrefix("it fits only if moved by +180.0 s, and more than 120 s"))
  }

  @Test func aFewCuesFitOnlyAsTheyAre() {
    let few = film(4)
    let none = Transcript(language: "und", cues: [])
    let same = TranscriptAlignment(rate: 1, offset: .zero, agreement: 1)
    #expect(TranscriptAlignment.estimate(of: few, to: few) == .aligned(same))
    for (other, count) in [(Changed(rate: 1, offset: 9).transcript(few), 4), (none, 0)] {
      guard case .refused(let reason) = TranscriptAlignment.estimate(of: other, to: few) else {
        Issue.record("\(count) cues were moved")
        continue
      }
      #expect(reason.hasPrefix("\(count) cues are too few"))
    }
  }

  @Test func aPartOfAFileThatIsRightStays() {
    let film = film(300)
    let part = Transcript(language: "und", cues: Array(film.cues[40..<60]))
    guard case .aligned(let alignment) = TranscriptAlignment.estimate(of: part, to: film) else {
      Issue.record("refused")
      return
    }
    #expect(alignment.isIdentity && alignment.agreement < 0.3)
  }

  @Test func timesStayAboveZeroAndInOrder() {
    let film = film(20)
    let alignment = TranscriptAlignment(rate: 24.0 / 25, offset: .seconds(-20), agreement: 1)
    let moved = alignment.applied(to: film)
    #expect(moved.cues.map(\.number) == film.cues.map(\.number))
    #expect(moved.cues.allSatisfy { $0.start >= .zero && $0.end >= $0.start })
    #expect(zip(moved.cues, moved.cues.dropFirst()).allSatisfy { $0.start <= $1.start })
    #expect(moved.cues[0].end == .zero)
  }

  @Test func itSaysWhatItDoes() {
    func words(_ rate: Double, _ offset: Double) -> String {
      "\(TranscriptAlignment(rate: rate, offset: .seconds(offset), agreement: 1))"
    }
    #expect(words(1, 0) == "as it is")
    #expect(words(1, -31.26) == "moved by -31.3 s")
    #expect(
      words(25 / (24_000.0 / 1_001), -0.4)
        == "from 25 to 23.976 frames a second and moved by -0.4 s")
    #expect(words(24.0 / 25, 0.01) == "from 24 to 25 frames a second")
  }

  @Test func hostileTimesEndInTime() {
    let one = Cue(number: 1, start: .seconds(1), end: .seconds(2), text: "x")
    let same = Transcript(language: "und", cues: [Cue](repeating: one, count: 50_000))
    let dense = Transcript(
      language: "und",
      cues: (0..<20_000).map {
        Cue(number: 0, start: .ms(Int64($0) * 50), end: .ms(Int64($0) * 50 + 40), text: "x")
      })
    _ = TranscriptAlignment.estimate(of: same, to: dense)
    guard case .refused = TranscriptAlignment.estimate(of: dense, to: film(100)) else {
      Issue.record("anything fits a cue every 50 ms")
      return
    }
  }
}

/// A file that has gone wrong in a known way: `time * rate + offset` are the right times.
private struct Changed {
  var rate: Double
  var offset: Double

  func transcript(_ film: Transcript) -> Transcript {
    Transcript(
      language: film.language,
      cues: film.cues.map { cue in
        var cue = cue
        cue.start = .seconds((cue.start.seconds - offset) / rate)
        cue.end = .seconds((cue.end.seconds - offset) / rate)
        return cue
      })
  }

  /// Without 30 % of the cues, with others split and joined, and all times up to 0.2 s off.
  func messyTranscript(_ film: Transcript, _ random: inout SplitMix) -> Transcript {
    var cues: [Cue] = []
    for cue in film.cues where Int.random(in: 0..<10, using: &random) >= 3 {
      switch Int.random(in: 0..<7, using: &random) {
      case 0:
        if let last = cues.last, (cue.start - last.end).seconds < 1 {
          cues[cues.count - 1].end = cue.end
        } else {
          cues.append(cue)
        }
      case 1:
        let share = Double.random(in: 0.3...0.7, using: &random)
        var parts = [cue, cue]
        parts[0].end = cue.start + .seconds((cue.end - cue.start).seconds * share)
        parts[1].start = parts[0].end
        cues += parts
      default: cues.append(cue)
      }
    }
    for index in cues.indices {
      cues[index].start = cues[index].start + .ms(.random(in: -200...200, using: &random))
      let end = cues[index].end + .ms(.random(in: -200...200, using: &random))
      cues[index].end = max(end, cues[index].start + .ms(100))
    }
    return transcript(Transcript(language: film.language, cues: cues))
  }

  /// By how much an alignment misses the right times, in seconds, at the worse end of the film.
  func error(of alignment: TranscriptAlignment, _ changed: Transcript) -> Double {
    [changed.cues.first?.start, changed.cues.last?.end].compactMap { $0 }.map { time in
      abs(alignment.applied(to: time).seconds - (time.seconds * rate + offset))
    }.max() ?? 0
  }
}
