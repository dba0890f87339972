import Library
import Settings
import Store

extension Workshop {
  /// The stages whose standstill stops the daemon's work.
  func vitals(watcher: WatcherService) -> Vitals {
    Vitals(
      stages: [
        .init(name: "store") { [store, gate = steps.gate] in
          // By the writer, then by a reader.
          _ = try await store.durability()
          _ = try await store.counts()
          return [gate.standstill?.reason].compactMap(\.self)
        },
        .init(name: "files") { [disk = steps.disk] in
          try await disk.run {}
          return []
        },
        .init(name: "providers") { [live] in await live.pool.troubles() },
        .init(name: "watcher") {
          await watcher.comesRound()
          return []
        },
      ], limit: settings.health.stallLimit)
  }
}

extension ExtractionPool {
  /// The providers that are closed, and why; one that only asked to wait is not.
  fileprivate func troubles() -> [String] {
    zip(lanes, snapshot()).compactMap { lane, snapshot in
      guard !Self.isOpen(snapshot), let reason = closure(of: snapshot) else { return nil }
      return "provider \(lane.name): \(reason)"
    }
  }
}
