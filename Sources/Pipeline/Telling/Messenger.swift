import Expressions
import Foundation
import LanguageModels
import Notices
import Settings
import SystemPackage

/// Sends what is told, and says in words what came of it.
struct Messenger: Sendable {
  private let transport: any HTTPTransport

  init(transport: any HTTPTransport) { self.transport = transport }

  /// It did not arrive.
  struct Failure: Error, CustomStringConvertible {
    var description: String
    /// In seconds, where the server asked for it.
    var retryAfter: Double?
  }

  static func client(_ settings: NotifySettings) -> HTTPClient {
    var options = HTTPOptions()
    options.connectTimeLimit = .seconds(5)
    options.caFile = settings.caFile
    options.responseByteLimit = 4 << 20
    return HTTPClient(options: options)
  }

  func tell(_ receiver: Receiver, _ notice: Notice) async throws {
    let (answer, _) = try await send(receiver.call(for: notice))
    guard answer.isSuccess else {
      throw Failure(description: receiver.refusal(answer), retryAfter: answer.retryAfter)
    }
  }

  /// What a media server shows its libraries from.
  func shelves(of server: MediaServer) async throws -> [MediaServer.Shelf] {
    let (answer, body) = try await send(server.question)
    guard answer.isSuccess else {
      throw Failure(description: server.refusal(answer), retryAfter: answer.retryAfter)
    }
    let json = try? JSONDecoder().decode(JSONValue.self, from: Data(body))
    guard let shelves = json.flatMap({ server.shelves(from: $0) }) else {
      throw Failure(
        description:
          "\(server.server) does not answer as \(server.kind.rawValue) does; check \(server.kind.rawValue).url"
      )
    }
    return shelves
  }

  /// Has a media server look through folders.
  func refresh(_ server: MediaServer, _ folders: [FilePath]) async throws {
    for call in server.refreshes(of: folders, on: try await shelves(of: server)) {
      let (answer, _) = try await send(call)
      guard answer.isSuccess else {
        throw Failure(description: server.refusal(answer), retryAfter: answer.retryAfter)
      }
    }
  }

  // A stop waits for a message that is on its way.
  private static let timeLimit = Duration.seconds(15)

  private func send(_ call: Call) async throws -> (CallAnswer, [UInt8]) {
    var headers = call.headers.map { HTTPHeader($0.name, $0.value) }
    var body: [UInt8] = []
    if let json = call.body {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      body = Array(try encoder.encode(json))
      headers.append(HTTPHeader("Content-Type", "application/json"))
    }
    switch call.credentials {
    case .bearer(let token): headers.append(HTTPHeader("Authorization", "Bearer \(token.value)"))
    case .basic(let user, let password):
      let pair = Data("\(user):\(password.value)".utf8).base64EncodedString()
      headers.append(HTTPHeader("Authorization", "Basic \(pair)"))
    case nil: break
    }
    let response: HTTPResponse
    do {
      response = try await transport.send(
        HTTPRequest(
          method: call.method, url: call.url, headers: headers, body: body,
          timeLimit: Self.timeLimit))
    } catch let failure as HTTPFailure {
      throw Failure(description: failure.message)
    }
    return (
      CallAnswer(
        status: response.status,
        retryAfter: response[header: "retry-after"].flatMap { Double($0) },
        location: response[header: "location"]), response.body
    )
  }
}

extension Notice.Times {
  /// Times for people are those of where the program runs.
  static let here = Notice.Times(
    exact: { ExtractionPool.time($0) },
    short: { seconds in
      Date(timeIntervalSince1970: seconds).formatted(
        Date.VerbatimFormatStyle(
          format:
            "\(day: .defaultDigits) \(month: .abbreviated) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
          locale: Locale(identifier: "en_GB"), timeZone: .current,
          calendar: Calendar(identifier: .gregorian)))
    })
}
