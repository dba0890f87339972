import Expressions
import Foundation

extension JSONValue {
  /// Nil when the bytes are not one JSON value.
  static func decoded(from bytes: [UInt8]) -> JSONValue? {
    try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  static func decoded(from text: String) -> JSONValue? { decoded(from: Array(text.utf8)) }

  /// On one line with the keys in alphabetical order: equal values are equal bytes.
  var encodedBytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(self))
    } catch {
      preconditionFailure("a JSON value that is none, such as one with NaN: \(error)")
    }
  }

  package var encodedText: String { String(decoding: encodedBytes, as: UTF8.self) }

  var members: [String: JSONValue]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  static func integer(_ value: Int) -> JSONValue { .number(Double(value)) }
}
