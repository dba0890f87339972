import Foundation
import Logging
import ServiceHost
import Synchronization
import Testing

@testable import Pipeline

/// What is told to a service manager, before it goes to the manager's socket: that belongs to the whole process.
@Suite(.timeLimit(.minutes(5))) struct HeartbeatTests {
  /// Whether the stage is to be stuck.
  private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool {
      get { value.withLock { $0 } }
      set { value.withLock { $0 = newValue } }
    }
  }

  /// Hears what a service manager would.
  private final class Manager: Sendable {
    private let messages = Mutex<[String]>([])

    var notifier: ServiceNotifier {
      ServiceNotifier { message in self.messages.withLock { $0.append(message) } }
    }

    /// What has come since it was last asked.
    func received() -> [String] {
      messages.withLock { messages in
        defer { messages = [] }
        return messages
      }
    }
  }

  private static func extends(_ message: String) -> Bool {
    message.hasPrefix("EXTEND_TIMEOUT_USEC=")
  }

  @Test
  func isAliveOnlyWhileTheStagesAre() async throws {
    let manager = Manager()
    let isStuck = Flag()
    let hasStuck = Flag()
    let (never, _) = AsyncStream.makeStream(of: Void.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let vitals = Vitals(
      stages: [
        .init(name: "providers") {
          if isStuck.isSet {
            hasStuck.isSet = true
            for await _ in released { break }
          }
          return []
        },
        // A disk that hangs is no reason to restart.
        .init(name: "files") {
          for await _ in never { break }
          return []
        },
      ], pace: .milliseconds(5), limit: .seconds(60))
    let voice = ManagerVoice(manager.notifier)
    let (beats, beat) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let heartbeat = Heartbeat(
      vitals: vitals, voice: voice, interval: .milliseconds(400), hook: nil,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onBeat: { beat.yield() })
    func isStalled() -> Bool {
      vitals.stalls(beyond: .milliseconds(100)).contains { $0.stage == "providers" }
    }
    try await withThrowingTaskGroup { group in
      group.addTask { await vitals.run() }
      group.addTask { try await heartbeat.run() }
      var iterator = beats.makeAsyncIterator()
      func nextBeat() async throws {
        guard await iterator.next() != nil else { throw CancellationError() }
      }

      // On a busy machine a stage may answer late: then a beat says nothing, and the next one does.
      var told: [String] = []
      while !told.contains("WATCHDOG=1") || !told.contains(where: Self.extends) {
        try await nextBeat()
        told += manager.received()
      }

      voice.becomeReady(status: "Ready")
      isStuck.isSet = true
      // The limit is a quarter of the interval: until it is over beats are good ones. A stall alone is not yet this
      // one: on a busy machine the answer before it may be as late.
      while !hasStuck.isSet || !isStalled() { try await nextBeat() }
      try await nextBeat()
      _ = manager.received()
      for _ in 1...3 { try await nextBeat() }
      #expect(manager.received() == [], "a stage is stuck")

      isStuck.isSet = false
      release.yield()
      while isStalled() { try await nextBeat() }
      var running: [String] = []
      while !running.contains("WATCHDOG=1") {
        try await nextBeat()
        running += manager.received()
      }
      #expect(!running.contains(where: Self.extends), "only while it starts or stops")

      voice.stopping(status: "Stopping")
      while !manager.received().contains(where: Self.extends) { try await nextBeat() }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  @Test func aReloadIsToldOnlyBetweenReadyAndStopping() {
    let manager = Manager()
    let voice = ManagerVoice(manager.notifier)
    voice.reloading()
    voice.reloaded(status: "early")
    #expect(manager.received() == [])
    voice.becomeReady(status: "Ready")
    voice.reloading()
    voice.reloaded(status: "Ready again")
    let told = manager.received()
    #expect(told.first == "READY=1\nSTATUS=Ready")
    #expect(told.dropFirst().first?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
    #expect(told.last == "READY=1\nSTATUS=Ready again")
    voice.stopping(status: "Stopping")
    voice.becomeReady(status: "late")
    voice.reloaded(status: "late")
    #expect(
      manager.received() == ["STOPPING=1\nSTATUS=Stopping", "EXTEND_TIMEOUT_USEC=30000000"],
      "before the first beat of a stop")
  }
}
