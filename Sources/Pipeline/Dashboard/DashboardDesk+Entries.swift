import Control
import Dashboard
import Expressions
import Foundation
import Publishing
import Store
import SystemPackage

// Rows as the dashboard shows them.
extension EpisodeEntry {
  init(_ overview: EpisodeOverview, _ doing: ProgressBoard.Change?) {
    let record = overview.record
    self.init(
      id: record.id, name: record.knownPath?.stem ?? "?", library: record.library,
      state: record.isGone ? "gone" : record.state.rawValue, origin: record.origin.rawValue,
      reason: record.reason, doing: doing?.text, fraction: doing?.fraction,
      batchesDone: overview.batchesDone, batchesFailed: overview.batchesFailed,
      batches: overview.batchesTotal, clips: overview.clipsPublished,
      clipsFailed: overview.clipsFailed, attempts: record.attempts,
      nextAttemptAt: record.nextAttemptAt, updatedAt: overview.updatedAt)
  }
}

extension ClipEntry {
  init(_ record: ClipRecord) {
    let facts = record.facts.flatMap {
      try? JSONDecoder().decode(Manifest.Clip.self, from: Data($0.utf8))
    }
    let captions = facts?.captions ?? []
    let isThere = record.hasFile && record.knownAt == nil && record.goneAt == nil
    let state =
      record.knownAt != nil ? "known" : record.goneAt != nil ? "hidden" : record.state.rawValue
    self.init(
      number: record.group.id, state: state, file: isThere ? record.file : nil,
      captions: isThere ? (captions.first { $0.language == "mul" } ?? captions.first)?.file : nil,
      reason: record.state == .failed ? record.reason : nil, durationSeconds: facts?.durationS,
      expressions: record.group.expressions.map { expression in
        ExpressionEntry(
          phrase: expression.phrase, dictionaryForm: expression.dictionaryForm,
          meaning: expression.meaning, translation: expression.details?.translation,
          level: expression.details?.level?.rawValue,
          register: expression.details?.register?.rawValue)
      })
  }
}

extension PauseEntry {
  init(_ report: PauseReport) {
    self.init(
      allSince: report.allSince, backlogSince: report.backlogSince, reason: report.reason)
  }
}

extension HistoryEntry {
  init(_ record: IncidentRecord) {
    self.init(
      at: record.at, episode: record.episode, episodeName: record.path?.stem ?? "?",
      step: record.step, reason: record.reason)
  }
}

extension FoundExpression {
  init(_ row: ExpressionRow) {
    self.init(
      expression: ExpressionEntry(
        phrase: row.phrase, dictionaryForm: row.dictionaryForm, meaning: row.meaning,
        translation: row.translation, level: row.level, register: row.register),
      episode: row.episode, episodeName: row.path?.stem ?? "?", library: row.library,
      clip: row.clip)
  }
}
