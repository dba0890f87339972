import Control
import Settings
import Store
import SystemPackage

/// `langflix db` without a daemon: the same under the store's lock, also for a store that can't be opened.
package struct DatabaseDesk: Sendable {
  private let folder: FilePath
  private let allowsRemote: Bool

  package init(settings: LangflixSettings) {
    folder = settings.stateFolder
    allowsRemote = settings.stateOnNetwork == .allow
  }

  /// - Throws: `StoreInUse` where another process has the store, `StoreAbsent` where there is none, `StoreError` for what
  ///   is wrong with it.
  package func reply(to request: DatabaseRequest) async throws -> DatabaseReport {
    do {
      return try await BlockingQueue(label: "langflix.database").run { try answer(request) }
    } catch let error as StoreError where error.code == .owned {
      throw StoreInUse(description: error.message)
    } catch let error as StoreError where error.code == .absent {
      throw StoreAbsent(description: error.message)
    }
  }

  private func answer(_ request: DatabaseRequest) throws -> DatabaseReport {
    switch request {
    case .check:
      try EpisodeStore.expect(in: folder)
      return DatabaseReport(
        try EpisodeStore.owning(folder) { try EpisodeStore.check(folder: folder) })
    case .list: return DatabaseReport(EpisodeStore.backups(in: folder))
    case .backup(let target):
      try EpisodeStore.expect(in: folder)
      let path = try target.map { try WirePath.paths([$0]) }?.first
      let store = try EpisodeStore(folder: folder, allowsRemote: allowsRemote)
      let report = Result { DatabaseReport([try store.backUp(.manual, to: path)]) }
      try store.close()
      return try report.get()
    case .restore(let backup):
      if FilePresence.of(folder) == .gone {
        // A copy elsewhere may be all that is left.
        if backup == nil { try EpisodeStore.expect(in: folder) }
        try StateFolder.make(folder)
      }
      let report = try EpisodeStore.owning(folder) {
        try Self.prepareRestore(of: backup, in: folder)
      }
      // Opening it puts the copy in its place.
      try EpisodeStore(folder: folder, allowsRemote: allowsRemote).close()
      return report
    }
  }

  /// - Parameter wire: the backup; nil for the newest that is whole.
  static func prepareRestore(of wire: String?, in folder: FilePath) throws -> DatabaseReport {
    if let wire {
      let path = try WirePath.paths([wire])[0]
      try EpisodeStore.prepareRestore(of: path, in: folder)
      return DatabaseReport(restored: path.string)
    }
    var refusal: (any Error)?
    for backup in EpisodeStore.backups(in: folder) {
      do {
        try EpisodeStore.prepareRestore(of: backup.file, in: folder)
        return DatabaseReport(restored: backup.file.string)
      } catch {
        refusal = refusal ?? error
      }
    }
    throw refusal ?? ControlError(message: "there is no backup in \(folder.appending("backups"))")
  }
}

/// There is no store to look after.
package struct StoreAbsent: Error, Sendable, CustomStringConvertible {
  package let description: String
}
