import Expressions
import Subtitles

extension Manifest {
  /// What became of one group's clip.
  package enum ClipResult: Sendable, Equatable {
    case made(Clip)
    case failed(String)
    /// It is to be cut.
    case pending
    /// A person deleted its file.
    case hidden
    /// A person moved its file into `known/`.
    case known

    var state: String {
      switch self {
      case .made: "published"
      case .failed: "failed"
      case .pending: "pending"
      case .hidden: "hidden"
      case .known: "known"
      }
    }
  }

  /// The manifest of an episode's groups.
  /// - Parameters:
  ///   - transcript: the source transcript that the groups name cues of.
  ///   - translations: by cue number.
  ///   - clips: by the groups' `id`; a group without one is still to be cut.
  ///   - former: clips that a person deleted or knows, as they were, in the same way.
  ///   - pendingBatches: how many batches are still out.
  package init(
    extractor: Generator, generator: Generator, madeAt: String, episode: Source,
    languages: Languages, groups: [Group], transcript: Transcript, translations: [Int: String],
    clips: [Int: ClipResult], former: [Int: Clip] = [:], dropped: [String: Int],
    failedBatches: Int, pendingBatches: Int = 0, reel: Reel? = nil, decidedThroughCue: Int? = nil,
    batches: [BatchEntry]? = nil
  ) {
    schema = Self.currentSchema
    self.generator = generator
    self.extractor = extractor
    self.madeAt = madeAt
    self.episode = episode
    self.languages = languages
    self.groups = groups.enumerated().map { position, group in
      GroupEntry(
        group, number: position + 1, clips[group.id] ?? .pending, transcript, translations)
    }
    self.dropped = dropped
    self.failedBatches = failedBatches
    self.pendingBatches = pendingBatches
    self.reel = reel
    self.decidedThroughCue = decidedThroughCue
    self.batches = batches
    for (position, group) in groups.enumerated() {
      switch clips[group.id] {
      case .hidden, .known: self.groups[position].formerClip = former[group.id]
      case .made, .failed, .pending, nil: break
      }
    }
  }

  /// Seconds to the millisecond.
  package static func seconds(_ time: MediaTime) -> Double {
    (time.seconds * 1_000).rounded() / 1_000
  }
}

extension Manifest.GroupEntry {
  fileprivate init(
    _ group: Group, number: Int, _ result: Manifest.ClipResult, _ transcript: Transcript,
    _ translations: [Int: String]
  ) {
    self.number = number
    state = result.state
    let start: Double
    switch result {
    case .made(let made):
      clip = made
      failure = nil
      start = made.sourceStartS
    case .failed(let reason):
      clip = nil
      failure = reason
      start = Manifest.seconds(group.start)
    case .pending, .hidden, .known:
      clip = nil
      failure = nil
      start = Manifest.seconds(group.start)
    }
    context = .init(
      firstCue: group.context.firstCue, lastCue: group.context.lastCue,
      startS: Manifest.seconds(group.start), endS: Manifest.seconds(group.end))
    let members = transcript.cues[(group.context.firstCue - 1)...(group.context.lastCue - 1)]
    let origin = MediaTime.seconds(start)
    cues = members.map { cue in
      .init(
        number: cue.number, startS: Manifest.seconds(cue.start - origin),
        endS: Manifest.seconds(cue.end - origin), text: cue.text, speaker: cue.speaker,
        translation: translations[cue.number])
    }
    expressions = group.expressions.map { .init($0, transcript) }
    alsoHere = group.alsoHere.map { .init($0, transcript) }
  }
}

extension Manifest.ExpressionEntry {
  fileprivate init(_ expression: Expression, _ transcript: Transcript) {
    phrase = expression.phrase
    dictionaryForm = expression.dictionaryForm
    partOfSpeech = expression.partOfSpeech
    meaning = expression.meaning
    examples = expression.examples
    usefulness = expression.usefulness
    translation = expression.details?.translation
    literalMeaning = expression.details?.literalMeaning
    register = expression.details?.register?.rawValue
    level = expression.details?.level?.rawValue
    similar = expression.details?.similar ?? []
    usageNote = expression.details?.usageNote
    cues = expression.cueNumbers
    spans = expression.spans.map { span in
      let bytes = Array((transcript[number: span.cueNumber]?.text ?? "").utf8)
      let range = max(0, span.start)..<min(bytes.count, max(span.start, span.end))
      let text = String(decoding: bytes[range], as: UTF8.self)
      let start = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).utf16.count
      return Span(
        cue: span.cueNumber, start: start, end: start + text.utf16.count, text: text)
    }
    wasMended = expression.wasMended
    score = expression.score.map(Manifest.ScoreEntry.init)
  }
}
