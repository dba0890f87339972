import Expressions
import Settings
import Store
import Subtitles

/// What an episode's expressions are chosen by, read once for a run of rounds.
struct Chooser: Sendable {
  let grouping: Grouping
  let grounding: Grounding
  /// The last cue's number.
  let lastCue: Int
  /// A batch that waits longer counts as in.
  let lateAfter: Duration

  init(
    transcript: Transcript, limits: GroupingLimits, learner: Learner, frequency: SpeechFrequency,
    lateAfter: Duration
  ) {
    grouping = Grouping(
      dialogue: Dialogue(transcript: transcript), limits: limits, learner: learner,
      frequency: frequency)
    grounding = Grounding(transcript: transcript)
    lastCue = transcript.cues.count
    self.lateAfter = lateAfter
  }

  /// Whether a round would decide more than was decided up to a cue.
  func canDecide(_ batches: [BatchStanding], settledThrough: Int, now: Double) -> Bool {
    let final = grouping.plan.finalCount(inThrough: inThrough(batches, now))
    return grouping.plan.slices.prefix(final).last.map { $0.lastCue > settledThrough } ?? false
  }

  /// One round: what can be decided by now.
  func decide(
    _ candidates: [Candidate], clips: [ClipRecord], _ batches: [BatchStanding],
    settledThrough: Int, now: Double
  ) -> Decision {
    var expressions: [Expression] = []
    var dropped: [Grounding.Rejection: Int] = [:]
    for candidate in candidates {
      switch grounding.ground(candidate) {
      case .success(let expression): expressions.append(expression)
      case .failure(let error): dropped[error.rejection, default: 0] += 1
      }
    }
    let outcome = grouping.settle(
      Grouping.Input(
        expressions: expressions, groups: clips.map(\.group), settledThrough: settledThrough,
        inThrough: inThrough(batches, now),
        unanswered: batches.filter { $0.state != .answered }.map { $0.firstCue...$0.lastCue }))
    return Decision(
      outcome: outcome, dropped: dropped, settledBefore: settledThrough,
      groupsBefore: clips.count)
  }

  private func inThrough(_ batches: [BatchStanding], _ now: Double) -> Int {
    let out = batches.first { batch in
      batch.state == .pending
        && batch.waitingSince.map { now - $0 < lateAfter.seconds } ?? true
    }
    let open = out.map { $0.firstCue - 1 } ?? lastCue
    // Late batches at the end settle nothing: there is nothing yet that they would hold up.
    guard batches.contains(where: { $0.state == .pending }) else { return open }
    return min(open, batches.last { $0.state != .pending }?.lastCue ?? 0)
  }
}

extension EpisodeSteps {
  func chooser(of episode: EpisodeRecord, _ transcript: Transcript) async throws -> Chooser {
    let languages = languages(of: episode)
    return Chooser(
      transcript: transcript, limits: limits(of: episode, transcript),
      learner: Learner(
        levels: LevelRange(languages.level),
        known: Set(try await knownPhrases(of: episode).map(PhraseKey.init)),
        given: try await given(before: episode)),
      frequency: try await speech.frequency(of: transcript, episode: episode.id),
      lateAfter: settings.extraction.lateAfter)
  }

  /// What the latest episodes of its series gave.
  private func given(before episode: EpisodeRecord) async throws -> Set<PhraseKey> {
    let count = settings.selection.repeatAfterEpisodes
    guard count > 0, let series = series(of: episode) else { return [] }
    // Another release of this very episode has the same dialogue, and gave what this one is to give.
    let hint = episode.knownPath.map(EpisodeHint.init(path:))
    let others = try await store.episodesGiving(
      bySeries: series, except: episode.id, limit: count,
      where: { $0.map(EpisodeHint.init(path:))?.episode != hint?.episode })
    return Set(try await store.formsGiven(by: others).map(PhraseKey.init))
  }

  /// The series by the file's name; nil for what names none.
  func series(of episode: EpisodeRecord) -> String? {
    episode.knownPath.map(EpisodeHint.init(path:))?.seriesKey.map { "\(episode.library)/\($0)" }
  }

  func limits(of episode: EpisodeRecord, _ transcript: Transcript) -> GroupingLimits {
    let selection = settings.selection
    let clips =
      pool.lanes(for: transcript.language).first.map { pool.lanes[$0].clips(by: settings) }
      ?? settings.extraction.lexicon.clips
    let length = (transcript.cues.map(\.end).max() ?? .zero).seconds
    return GroupingLimits(
      groups: Self.clips(clips, forSeconds: length),
      expressionsPerGroup: selection.expressionsPerClip,
      contextMinimum: MediaTime(selection.contextMinimum),
      contextMaximum: MediaTime(selection.contextMaximum),
      mergeShare: Double(selection.mergePercent) / 100)
  }

  /// - Parameter clips: for 45 minutes; what is shorter has at least half as many.
  static func clips(_ clips: Int, forSeconds length: Double) -> Int {
    max((clips + 1) / 2, Int((Double(clips) * length / 2_700).rounded()))
  }
}

extension LevelRange {
  init(_ setting: LevelSetting) {
    self.init(
      LanguageLevel(rawValue: setting.lowest) ?? .b1,
      LanguageLevel(rawValue: setting.highest) ?? .b2)
  }
}

extension MediaTime {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(microseconds: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }
}
