import Foundation
import Logging
import Synchronization
import Testing

@testable import Pipeline

/// `NOTIFY_SOCKET` belongs to the whole process; nothing else here speaks to a service manager.
@Suite(.serialized, .timeLimit(.minutes(5))) struct HeartbeatTests {
  /// Whether the stage is to be stuck.
  private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool {
      get { value.withLock { $0 } }
      set { value.withLock { $0 = newValue } }
    }
  }

  /// A service manager's end of the socket, in the abstract namespace.
  private final class Manager: Sendable {
    let descriptor: Int32

    init() throws {
      descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      let name = "langflix-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let bytes = [0] + Array(name.utf8)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
      let bound = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
      }
      try #require(bound == 0)
      setenv("NOTIFY_SOCKET", "@" + name, 1)
    }

    /// What has come until now.
    func received() -> [String] {
      var messages: [String] = []
      var buffer = [UInt8](repeating: 0, count: 4_096)
      while true {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return messages }
        messages.append(String(decoding: buffer.prefix(count), as: UTF8.self))
      }
    }

    deinit {
      unsetenv("NOTIFY_SOCKET")
      close(descriptor)
    }
  }

  private static func extends(_ message: String) -> Bool {
    message.hasPrefix("EXTEND_TIMEOUT_USEC=")
  }

  @Test
  func isAliveOnlyWhileTheStagesAre() async throws {
    let manager = try Manager()
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
    let voice = ManagerVoice()
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

      // On a busy machine a stage may answer late: then a beat says nothing, and the next one does.
      var told: [String] = []
      while !told.contains("WATCHDOG=1") || !told.contains(where: Self.extends) {
        _ = await iterator.next()
        told += manager.received()
      }

      voice.becomeReady(status: "Ready")
      isStuck.isSet = true
      // The limit is a quarter of the interval: until it is over beats are good ones. A stall alone is not yet this
      // one: on a busy machine the answer before it may be as late.
      while !hasStuck.isSet || !isStalled() { _ = await iterator.next() }
      _ = await iterator.next()
      _ = manager.received()
      for _ in 1...3 { _ = await iterator.next() }
      #expect(manager.received() == [], "a stage is stuck")

      isStuck.isSet = false
      release.yield()
      while isStalled() { _ = await iterator.next() }
      var running: [String] = []
      while !running.contains("WATCHDOG=1") {
        _ = await iterator.next()
        running += manager.received()
      }
      #expect(!running.contains(where: Self.extends), "only while it starts or stops")

      voice.stopping(status: "Stopping")
      while !manager.received().contains(where: Self.extends) { _ = await iterator.next() }
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  @Test func aReloadIsToldOnlyBetweenReadyAndStopping() throws {
    let manager = try Manager()
    let voice = ManagerVoice()
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
    #expect(manager.received() == ["STOPPING=1\nSTATUS=Stopping"])
  }
}
