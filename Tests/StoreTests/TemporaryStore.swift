import Expressions
import Foundation
import GRDB
import Store
import Subtitles
import SystemPackage

/// A folder that is removed when the value goes.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("langflix-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }
}

func stamp(_ path: FilePath, size: Int64 = 10, modified: Int64 = 1) -> FileStamp {
  FileStamp(path: path, sizeBytes: size, modified: modified)
}

func batch(_ number: Int, key: String) -> PendingBatch {
  batch(number, cues: number...number, key: key)
}

func batch(_ number: Int, cues: ClosedRange<Int>, key: String) -> PendingBatch {
  let cues = cues.map { Cue(number: $0, start: .zero, end: .seconds(1), text: "Line \($0).") }
  return PendingBatch(batch: Batch(number: number, leadIn: [], cues: cues), contentKey: key)
}

/// A content key that shows what is in the batch, such as "1-3+0" for three cues without a lead-in.
@Sendable func key(of batch: Batch) -> String {
  "\(batch.cues.first?.number ?? 0)-\(batch.cues.last?.number ?? 0)+\(batch.leadIn.count)"
}

func candidate(_ phrase: String, cue: Int = 1) -> Candidate {
  Candidate(
    phrase: phrase, dictionaryForm: phrase, cueNumbers: [cue], partOfSpeech: "verb",
    meaning: "stop", usefulness: 0.9)
}

func answer(
  _ contentKey: String, extractor: String = "test 1", model: String? = nil,
  candidates: [Candidate] = [], translations: [Int: String] = [:], rawText: String = "",
  createdAt: Double = 3
) -> KeptAnswer {
  KeptAnswer(
    contentKey: contentKey, extractor: extractor, model: model,
    answer: Answer(candidates: candidates, translations: translations, rejected: ["no cue": 1]),
    usage: TokenUsage(input: 1_000, output: 200), costUSD: 0.002, latency: .milliseconds(1_500),
    rawText: rawText, createdAt: createdAt)
}

let transcript = StoredTranscript(
  transcript: Transcript(
    language: "en",
    cues: [Cue(number: 1, start: .zero, end: .seconds(1), text: "Shall we call it a day?")]),
  origin: "a test")

extension EpisodeStore {
  /// A new episode, probed.
  func transcribing(_ path: FilePath, origin: EpisodeOrigin = .news) async throws -> Int64 {
    try recordEpisodeFile(stamp(path), library: "m", origin: origin, now: 1)
    guard let found = try await episode(at: path) else { throw CancellationError() }
    _ = try await recordProbe(of: found, fingerprint: path.string, probe: "{}", now: 1)
    return found.id
  }

  /// A new episode whose batches are with the extractor.
  func extracting(
    _ path: FilePath, _ batches: [PendingBatch], origin: EpisodeOrigin = .news,
    target: StoredTranscript? = nil
  ) async throws -> Int64 {
    let id = try await transcribing(path, origin: origin)
    try await recordTranscripts(
      of: id, source: StoreTests.transcript, target: target, batches: batches, now: 2)
    return id
  }

  /// Records groups as chosen, and every cue up to the last as decided.
  @discardableResult
  func decide(
    _ groups: [Group], of id: Int64, isLast: Bool, through cue: Int? = nil, series: String? = nil
  ) async throws -> Bool {
    let settled = try await settledCue(of: id)
    let outcome = Grouping.Outcome(
      added: groups, alsoHere: [:], settledThrough: cue ?? settled, verdicts: [])
    return try await record(
      Decision(
        outcome: outcome, dropped: [:], settledBefore: settled,
        groupsBefore: try await clips(of: id).count),
      of: id, series: series, isLast: isLast, now: 10)
  }

  /// Moves an episode that is with the extractor to its end.
  func finish(_ id: Int64) async throws {
    try await record(.extracted, of: id, now: 10)
    try await decide([], of: id, isLast: true)
    try await recordPublished([], of: id, isLast: true, reason: nil, now: 10)
  }

  func pending(_ id: Int64) async throws -> [PendingBatch] {
    try await pendingBatches(of: id, leadInCues: 1, key: key(of:))
  }
}

/// The store's file as another program sees it.
func inspect<Value>(
  _ folder: TemporaryFolder, _ body: (Database) throws -> Value
) throws -> Value {
  try DatabaseQueue(path: folder.path.appending("langflix.sqlite3").string).write(body)
}
