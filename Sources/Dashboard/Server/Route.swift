import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What is done for a method and a path.
struct Route: Sendable {
  enum Part: Sendable, Equatable {
    case exactly(String)
    /// A number from 1, such as an episode's.
    case number
    case word
    /// One part or more, at the end.
    case rest
  }
  /// Who may come here without the token.
  enum Door: Sendable { case open, closed }

  let method: HTTPRequest.Method
  let pattern: [Part]
  let door: Door
  let handler: @Sendable (Call) async throws -> Response

  init(
    _ method: HTTPRequest.Method, _ pattern: String, door: Door = .closed,
    _ handler: @escaping @Sendable (Call) async throws -> Response
  ) {
    self.method = method
    self.pattern = pattern.split(separator: "/").map { part in
      switch part {
      case "#": .number
      case ":": .word
      case "*": .rest
      default: .exactly(String(part))
      }
    }
    self.door = door
    self.handler = handler
  }

  func matches(_ path: [String]) -> Bool {
    let hasRest = pattern.last == .rest
    guard hasRest ? path.count >= pattern.count : path.count == pattern.count else { return false }
    return zip(pattern, path).allSatisfy { part, text in
      switch part {
      case .exactly(let word): text == word
      case .number: Self.number(text) != nil
      case .word, .rest: !text.isEmpty
      }
    }
  }

  static func number(_ text: String) -> Int64? {
    guard 1...18 ~= text.utf8.count, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return Int64(text)
  }
}
