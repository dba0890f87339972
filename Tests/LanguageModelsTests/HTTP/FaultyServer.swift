import Foundation
import LanguageModels
import SystemPackage

/// `faulty_server.py`, running until it is released.
///
/// `@unchecked Sendable`: the process and its pipe are set up in `init` and touched again in
/// `deinit` only.
final class FaultyServer: @unchecked Sendable {
  enum Kind {
    case plain
    case tls(TestCertificate)
    case http2(TestCertificate)
    /// Closes each connection after its first bytes.
    case rude
    /// Connections to it are never answered.
    case full

    fileprivate var arguments: [String] {
      switch self {
      case .plain: ["plain"]
      case .tls(let certificate): ["tls", certificate.file.string, certificate.keyFile.string]
      case .http2(let certificate): ["h2", certificate.file.string, certificate.keyFile.string]
      case .rude: ["rude"]
      case .full: ["full"]
      }
    }
  }

  struct Refusal: Error {}

  static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  let port: Int
  let log = FaultyServerLog()
  private let scheme: String
  private let process = Process()
  private let input = Pipe()

  init(_ kind: Kind = .plain) async throws {
    switch kind {
    case .plain, .rude, .full: scheme = "http"
    case .tls, .http2: scheme = "https"
    }
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("faulty_server.py")
    process.arguments = [script.path] + kind.arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let log = log
    let reader = Thread { log.read(output.fileHandleForReading) }
    reader.start()
    let words = await log.line { $0.hasPrefix("port ") }?.split(separator: " ")
    guard let port = words?.last.flatMap({ Int($0) }) else { throw Refusal() }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
  }

  func url(_ path: String, host: String = "127.0.0.1") -> String {
    "\(scheme)://\(host):\(port)\(path)"
  }

  func get(_ path: String, timeLimit: Duration = .seconds(60)) -> HTTPRequest {
    HTTPRequest(method: "GET", url: url(path), timeLimit: timeLimit)
  }

  func post(_ path: String, _ body: [UInt8]) -> HTTPRequest {
    HTTPRequest(url: url(path), body: body, timeLimit: .seconds(60))
  }

  /// Waits until the server has said a line; false if the test's time limit ended that.
  func says(_ line: String) async -> Bool { await log.line { $0 == line } != nil }
}
