import Expressions
import Foundation
import Logging
import Media
import Settings
import Store
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// Reads the cues, in both languages where there are two, and divides them into batches.
  func transcribe(_ episode: EpisodeRecord, _ path: FilePath) async throws {
    board.post(episode.id, "reading subtitles", fraction: 0.05)
    let languages = languages(of: episode)
    let streams = try probeResult(of: episode).streams
    if let objection = SpokenLanguages.objection(to: languages.source, streams) {
      try await store.record(.otherLanguage, of: episode.id, reason: objection, now: Self.now)
      logger.notice("episode skipped", metadata: ["reason": "\(objection)"])
      return
    }
    try await store.clearLook(at: episode.id)
    let shelf = try await subtitleShelf(of: episode)
    try expectSettled(shelf, of: episode)
    let choice = try await subtitleChooser(of: episode, path).choose(from: shelf)
    let adoption = try await store.adoptionStanding(of: episode.id)
    if let source = choice.source?.stored, adoption != .never,
      try await adopt(episode, path, source, choice.target?.stored)
    {
      return
    }
    guard adoption != .only else {
      return try await store.leaveAlone(episode.id, now: Self.now)
    }
    guard let source = choice.source?.stored else {
      return try await recordMissing(choice, shelf, of: episode)
    }
    guard !pool.lanes(for: languages.source).isEmpty else {
      let reason = """
        no extractor knows the language '\(languages.source)' (the lexicon knows English only): if the dialogue is \
        in English, set languages.source to en; else set extraction.provider, then: langflix retry
        """
      try await store.record(.providerMissing, of: episode.id, reason: reason, now: Self.now)
      logger.notice("episode needs a provider", metadata: ["reason": "\(reason)"])
      return
    }
    for problem in choice.problems {
      logger.warning("subtitles left out", metadata: ["reason": "\(problem)"])
    }
    if try await handOver(episode, path, source.transcript) { return }
    try await record(source, choice.target?.stored, of: episode)
  }

  private func recordMissing(
    _ choice: SubtitleChoice, _ shelf: SubtitleShelf, of episode: EpisodeRecord
  ) async throws {
    let reason = Self.missingReason(languages(of: episode).source, shelf, choice.problems)
    guard
      try await store.recordSubtitlesMissing(of: episode.id, reason: reason, now: Self.now)
    else { return }
    // What came to lie there while this step looked was told to the store before the episode waited for it.
    if try await subtitleShelf(of: episode) != shelf {
      try await store.record(.subtitlesArrived, of: episode.id, now: Self.now)
      return
    }
    logger.notice("episode needs subtitles", metadata: ["reason": "\(reason)"])
  }

  /// Records the cues. Of an earlier transcript the answered batches stay whose lines are the same, and clips that are
  /// published already.
  private func record(
    _ source: StoredTranscript, _ target: StoredTranscript?, of episode: EpisodeRecord
  ) async throws {
    if try await reuse(of: episode, in: source, target) { return }
    let answered = try await store.batches(of: episode.id).filter(\.isAnswered).map(\.batch)
    let kept = Batch.carried(answered, into: source.transcript)
    let batches = try batches(
      of: source.transcript, besides: kept, for: request(for: episode, hasTarget: target != nil))
    var moved: MovedSelection?
    if let former = try await store.transcript(of: episode.id, role: "source")?.transcript,
      former != source.transcript
    {
      moved = try await movedSelection(of: episode, from: former, to: source.transcript)
      // Of another file's dialogue only what holds is decided.
      if episode.formerFingerprint != nil { moved?.settledThrough = 0 }
    }
    try await store.recordTranscripts(
      of: episode.id, source: source, target: target, kept: kept, batches: batches, moved: moved,
      now: Self.now)
    logger.info(
      "subtitles read",
      metadata: [
        "cues": "\(source.transcript.cues.count)", "from": "\(source.origin)",
        "batches": "\(batches.count)", "kept": "\(kept.count)",
        "target": "\(target?.origin ?? "none")",
      ])
  }

  // MARK: - What there is

  func subtitleShelf(of episode: EpisodeRecord) async throws -> SubtitleShelf {
    let places = try await store.locations(of: episode.id)
    let streams = try probeResult(of: episode).streams
    return try await disk.run { try SubtitleShelf(beside: places, streams: streams) }
  }

  func subtitleChooser(of episode: EpisodeRecord, _ path: FilePath) throws -> SubtitleChooser {
    let library = settings.libraries.first { $0.name == episode.library }
    return SubtitleChooser(
      reader: SubtitleReader(
        media: media, disk: disk, settings: library?.subtitles ?? settings.subtitles),
      languages: languages(of: episode), length: try probeResult(of: episode).duration, path: path)
  }

  /// Half a subtitle file must not pass for the whole dialogue. A person who asks knows what lies there.
  func expectSettled(_ shelf: SubtitleShelf, of episode: EpisodeRecord) throws {
    guard episode.origin != .request, let youngest = shelf.youngest else { return }
    let age = Self.now - youngest
    guard age >= 0, age < settings.watch.settle.seconds else { return }
    throw StepFailure(.wait(settings.watch.settle), "its subtitles are still being written")
  }

  static func missingReason(
    _ language: String, _ shelf: SubtitleShelf, _ problems: [String]
  ) -> String {
    let wanted =
      "put subtitles beside the episode, named like it, such as <episode>.\(language).srt"
    let pictures = shelf.pictures(in: language)
    var reasons = problems
    if !pictures.isEmpty {
      reasons.append(
        "its own subtitles are pictures (\(pictures.joined(separator: ", "))), which are not read")
    }
    if !reasons.isEmpty { return reasons.joined(separator: "; ") + "; \(wanted)" }
    let fitting = shelf.sources.filter { $0.language == language }
    if !fitting.isEmpty {
      let kinds = fitting.map { $0.isCommentary ? "a commentary" : "forced subtitles" }
      return
        "in \(language) it has only \(Set(kinds).sorted().joined(separator: " and ")): \(wanted)"
    }
    let others = Set(shelf.sources.compactMap(\.language)).subtracting([language]).sorted()
    if !others.isEmpty {
      return "it has subtitles in \(others.joined(separator: ", ")), none in \(language): \(wanted)"
    }
    return "no \(language) subtitles beside it or inside it: \(wanted)"
  }
}
