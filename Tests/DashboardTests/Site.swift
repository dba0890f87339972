import Dashboard
import Foundation
import Logging
import NIOPosix
import ServiceLifecycle
import Testing

/// The real server on a port of its own, for the length of a test.
struct Site: Sendable {
  let port: Int

  var host: String { "127.0.0.1:\(port)" }

  static func options(
    token: String? = nil, isLoopback: Bool = true, hosts: [String] = [], streams: Int = 10,
    port: Int = 0
  ) -> DashboardOptions {
    DashboardOptions(
      host: "127.0.0.1", port: port, isLoopback: isLoopback, token: token, hosts: hosts,
      machineName: "nas.example", streams: streams, pace: .milliseconds(50))
  }

  /// Runs the server, and stops it as the daemon does.
  static func run(
    _ source: SampleSource = SampleSource(), _ options: DashboardOptions = options(),
    _ body: (Site) async throws -> Void
  ) async throws {
    let (states, continuation) = AsyncStream.makeStream(of: DashboardPresence.State.self)
    let presence = DashboardPresence(host: options.host) { continuation.yield($0) }
    var logger = Logger(label: "dashboard-tests") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let group = ServiceGroup(
      services: [
        DashboardServer(source: source, options: options, presence: presence, logger: logger)
      ], logger: logger)
    try await withThrowingTaskGroup { tasks in
      tasks.addTask { try await group.run() }
      var site: Site?
      for await state in states {
        if case .listening(let port) = state { site = Site(port: port) }
        if case .failed(let reason) = state { Issue.record("not listening: \(reason)") }
        if site != nil { break }
      }
      do {
        try await body(try #require(site))
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  func get(
    _ path: String, _ headers: [String: String] = [:], method: String = "GET"
  ) async throws -> Reply {
    try await send("\(method) \(path) HTTP/1.1", headers)
  }

  func post(
    _ path: String, _ headers: [String: String] = [:], body: String = ""
  ) async throws -> Reply {
    let form = ["Content-Type": "application/x-www-form-urlencoded"]
    return try await send("POST \(path) HTTP/1.1", form.merging(headers) { $1 }, body)
  }

  /// Sends exactly what is given, so that no client tidies up a path on its way.
  func send(
    _ line: String, _ headers: [String: String] = [:], _ body: String = ""
  ) async throws -> Reply {
    var fields = ["Host": host, "Connection": "close"].merging(headers) { $1 }
    if !body.isEmpty { fields["Content-Length"] = "\(body.utf8.count)" }
    let head = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
    let bytes = try await exchange(Array("\(line)\r\n\(head)\r\n\(body)".utf8)) { _ in false }
    return Reply(bytes)
  }

  /// Reads until the other side ends, or what came is enough.
  func exchange(
    _ request: [UInt8], isEnough: @escaping @Sendable ([UInt8]) -> Bool
  ) async throws -> [UInt8] {
    try await NIOThreadPool.singleton.runIfActive { [port] in
      let connection = try RawConnection(port: port)
      try connection.send(request)
      var received: [UInt8] = []
      while !isEnough(received), let more = try connection.receive() { received += more }
      return received
    }
  }
}

/// What the server answered.
struct Reply: Sendable {
  let status: Int
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  init(_ bytes: [UInt8]) {
    let end = Array("\r\n\r\n".utf8)
    let split = bytes.indices.first { bytes[$0...].starts(with: end) } ?? bytes.count
    let lines = String(decoding: bytes[..<split], as: UTF8.self)
      .components(separatedBy: "\r\n")
    status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
    headers = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      return (line[..<colon].lowercased(), value)
    }
    body = Array(bytes[min(bytes.count, split + end.count)...])
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The session's cookie as a browser sends it back.
  var cookie: String? {
    self["set-cookie"].map { String($0.split(separator: ";")[0]) }
  }

  /// The first CSRF token of a page.
  var csrfToken: String? {
    text.firstMatch(of: /name="csrf" value="([^"]+)"/).map { String($0.1) }
  }
}
