import Control
import Expressions
import Publishing
import Store
import SystemPackage

extension Requests {
  /// Why an episode has the clips that it has, as it was decided then.
  func explain(_ choice: EpisodeChoice) async throws -> ExplainReport {
    let id = try await id(of: choice)
    guard let overview = try await store.overview(of: id) else {
      throw ControlError(message: "there is no episode \(id); langflix status shows the numbers")
    }
    let clips = try await store.clips(of: id)
    let numbers = Dictionary(
      clips.enumerated().map { ($0.element.group.id, $0.offset + 1) }, uniquingKeysWith: { $1 })
    return ExplainReport(
      episode: StatusReporter.episode(overview),
      clips: clips.enumerated().map { ExplainReport.Clip($0.element, number: $0.offset + 1) },
      expressions: try await store.verdicts(of: id)
        .sorted {
          ($1.score.total, $0.firstCue, $0.phrase) < ($0.score.total, $1.firstCue, $1.phrase)
        }
        .map { ExplainReport.Expression($0, clip: $0.context.flatMap { numbers[$0] }) },
      dropped: try await store.droppedCandidates(of: id))
  }

  func id(of choice: EpisodeChoice) async throws -> Int64 {
    switch choice {
    case .number(let id): return id
    case .file(let bytes):
      for path in try WirePath.paths([bytes]) {
        if let record = try await store.episode(at: path) { return record.id }
        let notTaken = NotTaken(settings: workshop.settings)
        let reason = try await workshop.steps.disk.run {
          notTaken.reason(path, now: EpisodeSteps.now)
        }
        throw ControlError(message: "\(path): no episode is known there: \(reason)")
      }
      throw ControlError(message: "no file was named")
    }
  }
}

extension ExplainReport.Clip {
  fileprivate init(_ clip: ClipRecord, number: Int) {
    self.init(
      number: number, state: Self.state(of: clip), file: clip.file,
      firstCue: clip.group.context.firstCue, lastCue: clip.group.context.lastCue,
      startS: Manifest.seconds(clip.group.start), endS: Manifest.seconds(clip.group.end))
  }

  private static func state(of clip: ClipRecord) -> String {
    if clip.knownAt != nil { return "known" }
    return clip.goneAt == nil ? clip.state.rawValue : "deleted"
  }
}

extension ExplainReport.Expression {
  fileprivate init(_ verdict: Verdict, clip: Int?) {
    let score = Manifest.ScoreEntry(verdict.score)
    self.init(
      phrase: verdict.phrase, dictionaryForm: verdict.dictionaryForm, cue: verdict.firstCue,
      fate: verdict.fate.rawValue, clip: clip, total: score.total, usefulness: score.usefulness,
      levelFit: score.levelFit, rarity: score.rarity, spread: score.spread, novelty: score.novelty)
  }
}
