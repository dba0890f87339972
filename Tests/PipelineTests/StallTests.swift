import Dispatch
import Expressions
import Foundation
import Library
import Logging
import Settings
import Store
import SystemPackage
import Testing

@testable import Pipeline

/// A daemon's stages: the real store, the real watcher on its thread, the real pool.
private struct Stages {
  let workshop: Workshop
  let watcher: WatcherService

  static func running(_ body: (Stages, Vitals) async throws -> Void) async throws {
    let root = FilePath(FileManager.default.temporaryDirectory.path).appending("lf-\(UUID())")
    let media = root.appending("media")
    try FileManager.default.createDirectory(
      atPath: media.string, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: root.string) }
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let state = root.appending("state")
    try StateFolder.make(state)
    let library = LibrarySettings(name: "tv", root: media)
    let workshop = try await Workshop(
      settings: LangflixSettings(stateFolder: state, libraries: [library]),
      program: "/bin/false", logger: logger)
    let changes = Doorbell()
    let bridge = LibraryBridge(
      libraries: [library], store: workshop.store, doorbell: Doorbell(), logger: logger,
      onChange: { changes.ring() })
    let watcher = WatcherService(
      LibraryWatcher(
        libraries: [library], watch: WatchSettings(), memory: bridge, logger: logger))
    try await withThrowingTaskGroup { group in
      group.addTask { try await watcher.run() }
      while !bridge.isSettled { await changes.wait(atMost: nil) }
      let vitals = workshop.vitals(watcher: watcher)
      group.addTask { await vitals.run() }
      try await body(Stages(workshop: workshop, watcher: watcher), vitals)
      group.cancelAll()
      try await group.waitForAll()
    }
    await workshop.close()
  }

  /// Stops a stage for as long as the closure blocks.
  func hold(_ name: String, _ body: @escaping @Sendable () -> Void) async {
    switch name {
    case "store": try? await workshop.store.passWriter(body)
    case "watcher": await watcher.comesRound(body)
    default: await workshop.live.pool.pass(body)
    }
  }
}

@Suite(.timeLimit(.minutes(5))) struct StallTests {
  private func wait(until condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(2)) }
  }

  @Test(arguments: ["store", "watcher", "providers"])
  func aStuckStageIsNamedUntilItGoesOn(_ name: String) async throws {
    try await Stages.running { stages, vitals in
      let gate = DispatchSemaphore(value: 0)
      let (held, isHeld) = AsyncStream.makeStream(of: Void.self)
      // Unstructured, for it ends with the gate only.
      let holding = Task {
        await stages.hold(name) {
          isHeld.yield()
          gate.wait()
        }
      }
      for await _ in held { break }
      try await wait(until: { vitals.stalls(beyond: .milliseconds(100)).map(\.stage) == [name] })
      gate.signal()
      await holding.value
      try await wait(until: { vitals.stalls(beyond: .milliseconds(100)).isEmpty })
    }
  }
}
