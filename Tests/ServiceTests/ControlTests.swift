import Control
import Foundation
import Logging
import ServiceLifecycle
import SystemPackage
import Testing

@Suite struct ControlTests {
  let folder: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lf-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = FilePath(url.path)
  }

  private struct Echo: ControlHandler {
    func reply(
      to request: ControlRequest, progress: @Sendable (ProgressReport) async throws -> Void
    ) async -> ControlReply {
      guard case .process(let files) = request else { return .failure("only process") }
      for (position, file) in files.enumerated() {
        let fraction = Double(position + 1) / Double(files.count)
        try? await progress(.init(file: file, state: "working", text: "one", fraction: fraction))
      }
      return .retried(files.count)
    }
  }

  /// Answers how it is, and nothing else.
  private struct Stuck: ControlHandler {
    var reasons: [String]

    func reply(
      to request: ControlRequest, progress: @Sendable (ProgressReport) async throws -> Void
    ) async -> ControlReply {
      if case .health = request {
        return .health(HealthReport(verdict: .stalled, reasons: reasons))
      }
      // A stop of the server ends it.
      try? await Task.sleep(for: .seconds(3_600))
      return .retried(1)
    }
  }

  /// Works on what it is asked until it is cancelled.
  private struct Endless: ControlHandler {
    enum Event { case began, cancelled }

    let events: AsyncStream<Event>.Continuation

    func reply(
      to request: ControlRequest, progress: @Sendable (ProgressReport) async throws -> Void
    ) async -> ControlReply {
      if case .health = request { return .failure("only endless work") }
      events.yield(.began)
      while (try? await Task.sleep(for: .seconds(3_600))) != nil {}
      events.yield(.cancelled)
      return .failure("nobody hears it")
    }
  }

  /// Runs a server for as long as `body` takes.
  private func serving(
    _ handler: any ControlHandler = Echo(), requestLimit: Duration = .seconds(10),
    _ body: (ControlSocket) async throws -> Void
  ) async throws {
    let socket = try ControlSocket(folder: folder)
    let server = ControlServer(
      socket: socket, handler: handler, logger: Logger(label: "test"), requestLimit: requestLimit)
    let group = ServiceGroup(
      configuration: .init(services: [server], logger: Logger(label: "test")))
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await group.run() }
      let client = ControlClient(socket: socket)
      while try await client.ask(.health) == nil { try await Task.sleep(for: .milliseconds(5)) }
      try await body(socket)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  @Test(.timeLimit(.minutes(5))) func repliesWithProgressFirst() async throws {
    try await serving { socket in
      var seen: [String] = []
      let reply = try await ControlClient(socket: socket)
        .ask(.process(files: ["a", "b\nc"])) { seen.append($0.file) }
      #expect(reply == .retried(2))
      #expect(seen == ["a", "b\nc"])
    }
    #expect(
      !FileManager.default.fileExists(atPath: folder.appending("langflix.sock").string),
      "the socket goes with the server")
  }

  @Test(.timeLimit(.minutes(5)), arguments: [["providers: no sign of life for 9 s"], []])
  func aDaemonThatIsStuckIsNotWaitedFor(_ reasons: [String]) async throws {
    try await serving(Stuck(reasons: reasons)) { socket in
      let client = ControlClient(socket: socket, patience: .seconds(1))
      for request in [ControlRequest.status, .explain(.number(1)), .retry(.all), .resume] {
        await #expect {
          _ = try await client.ask(request)
        } throws: { error in
          "\(error)".hasPrefix("the daemon does not answer within 1 s: ")
            && "\(error)".contains(reasons.first ?? "a part of it is stuck")
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(5))) func onlyUserAndGroupMayConnect() async throws {
    try await serving { socket in
      let attributes = try FileManager.default.attributesOfItem(atPath: socket.path.string)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o660)
    }
  }

  @Test func withoutADaemonThereIsNoAnswer() async throws {
    let client = ControlClient(socket: try ControlSocket(folder: folder))
    #expect(try await client.ask(.status) == nil)
  }

  @Test(.timeLimit(.minutes(5))) func aSocketThatAKilledDaemonLeftIsReplaced() async throws {
    let socket = try ControlSocket(folder: folder)
    let left = try Self.staleSocket(at: socket.path)
    defer { close(left) }
    #expect(try await ControlClient(socket: socket).ask(.status) == nil)
    try await serving { socket in
      let reply = try await ControlClient(socket: socket).ask(.retry(.all))
      #expect(reply == .failure("only process"))
    }
  }

  @Test func aPathBeyondTheLimitIsAClearError() {
    let long = folder.appending(String(repeating: "x", count: 100))
    let error = #expect(throws: ControlError.self) { try ControlSocket(folder: long) }
    #expect(error?.message.contains("107") == true)
  }

  @Test(.timeLimit(.minutes(5))) func garbageEndsOnlyItsOwnConnection() async throws {
    try await serving { socket in
      let descriptor = try Self.connect(to: socket.path)
      _ = "no json\n".withCString { write(descriptor, $0, 8) }
      #expect(await Self.bytesRead(from: descriptor) == 0, "closed without an answer")
      close(descriptor)
      let reply = try await ControlClient(socket: socket).ask(.status)
      #expect(reply == .failure("only process"))
    }
  }

  @Test(.timeLimit(.minutes(5))) func workEndsWhenItsAskerHasGone() async throws {
    let (events, feed) = AsyncStream.makeStream(of: Endless.Event.self)
    try await serving(Endless(events: feed)) { socket in
      let asker = Task { try await ControlClient(socket: socket).ask(.retry(.all)) }
      var seen = events.makeAsyncIterator()
      #expect(await seen.next() == .began)
      asker.cancel()
      #expect(await seen.next() == .cancelled)
      _ = await asker.result
    }
  }

  @Test(.timeLimit(.minutes(5))) func whoAsksNothingIsSentAway() async throws {
    try await serving(requestLimit: .seconds(3)) { socket in
      let descriptor = try Self.connect(to: socket.path)
      defer { close(descriptor) }
      // Not even half a request.
      _ = "\"sta".withCString { write(descriptor, $0, 4) }
      #expect(await Self.bytesRead(from: descriptor) == 0, "closed without an answer")
    }
  }

  // MARK: - Raw sockets

  /// On a thread of its own: the calls of two tests at once would hold both threads of a small pool.
  private static func bytesRead(from descriptor: Int32) async -> Int {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var byte: UInt8 = 0
        continuation.resume(returning: read(descriptor, &byte, 1))
      }
    }
  }

  private static func address(_ path: FilePath) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.string.utf8) }
    return address
  }

  private static func open(
    _ path: FilePath, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = address(path)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Errno(rawValue: errno) }
    return descriptor
  }

  /// Bound, but nobody listens: what a killed daemon leaves.
  private static func staleSocket(at path: FilePath) throws -> Int32 { try open(path, bind) }

  private static func connect(to path: FilePath) throws -> Int32 {
    try open(path, Foundation.connect)
  }
}
