import Control
import Foundation
import Store
import SystemPackage

// What people stop, have done once more, and forget.
extension Requests {
  func pause(backlogOnly: Bool) async throws -> PauseReport {
    let kind: WorkPause.Kind = backlogOnly ? .backlog : .all
    workshop.steps.gate.pause = try await store.pause(kind, now: EpisodeSteps.now)
    // Who waits for a slot would wait in vain; what is in flight is paid for, and is kept.
    let ranks = EpisodeOrigin.allCases.filter(workshop.steps.gate.stops).map(\.rank)
    if let rank = ranks.min() { await workshop.steps.pool.sendAway(fromRank: rank) }
    workshop.board.nudge()
    return workshop.steps.gate.report ?? PauseReport()
  }

  func resume() async throws -> PauseReport {
    try await store.resume()
    workshop.steps.gate.pause = WorkPause()
    doorbell.ring()
    workshop.board.nudge()
    return workshop.steps.gate.report ?? PauseReport()
  }

  func again(_ request: AgainRequest) async throws -> Int {
    let ids = try await ids(of: request.episodes)
    let now = EpisodeSteps.now
    let count: Int
    switch request.action {
    // One is told why it was not queued, by its file as by its number.
    case .retry where ids?.count == 1: return try await retry(.episode(ids?[0] ?? 0))
    case .retry:
      await workshop.steps.pool.reopen()
      count = try await store.retry(ids, now: now)
    case .retryFailed:
      await workshop.steps.pool.reopen()
      count = try await store.retryFailed(ids, now: now)
    case .recut: count = try await store.recut(ids, now: now)
    }
    doorbell.ring()
    return count
  }

  func forget(_ choices: [EpisodeChoice]) async throws -> [ForgetReport] {
    var reports: [ForgetReport] = []
    for id in try await ids(of: choices) ?? [] {
      guard let record = try await store.overview(of: id)?.record,
        let forgotten = try await store.forget(id, now: EpisodeSteps.now)
      else {
        throw ControlError(message: "there is no episode \(id); langflix status shows the numbers")
      }
      workshop.board.clear(id)
      reports.append(
        ForgetReport(
          id: id, name: record.knownPath?.stem ?? "?", isThere: forgotten == .leftAlone,
          folder: record.folder?.string))
    }
    return reports
  }

  /// Nil for none, which means all.
  func ids(of choices: [EpisodeChoice]) async throws -> [Int64]? {
    guard !choices.isEmpty else { return nil }
    var ids: [Int64] = []
    for choice in choices { ids.append(try await id(of: choice)) }
    return ids
  }

  func database(_ request: DatabaseRequest) async throws -> DatabaseReport {
    let store = store
    // On a queue of its own: it reads or copies every page, and other disk work must not wait.
    return try await BlockingQueue(label: "langflix.database").run {
      switch request {
      case .check: return DatabaseReport(try store.check())
      case .list: return DatabaseReport(EpisodeStore.backups(in: store.folder))
      case .backup(let target):
        let path = try target.map { try WirePath.paths([$0]) }?.first
        return DatabaseReport([try store.backUp(.manual, to: path)])
      case .restore(let backup):
        return try DatabaseDesk.prepareRestore(of: backup, in: store.folder)
      }
    }
  }
}

extension DatabaseReport {
  init(_ check: StoreCheck) {
    self.init(
      file: check.file.string, problems: check.problems, bytes: check.sizeBytes,
      episodes: check.episodes, answers: check.answers,
      backups: check.backups.map(Backup.init))
  }

  init(_ backups: [StoreBackup]) {
    self.init(backups: backups.map(Backup.init))
  }
}

extension DatabaseReport.Backup {
  init(_ backup: StoreBackup) {
    self.init(
      file: backup.file.string, kind: backup.kind.rawValue, bytes: backup.sizeBytes,
      madeAt: backup.madeAt)
  }
}
