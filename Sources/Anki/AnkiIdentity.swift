import Crypto

/// Numbers and names that are the same at every export, made from what they stand for.
package enum AnkiIdentity {
  /// Of a note: Anki finds it again by this.
  package static func guid(_ identity: String) -> String { hex(identity, bytes: 10) }

  /// Of a note, a card or a deck: Anki takes milliseconds since 1970 for these, so they lie in a range of past times.
  static func number(_ text: String) -> Int64 {
    let value = SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    return firstNumber + Int64(value % UInt64(numbers))
  }

  /// Of a field's text, by which Anki looks for notes that begin with the same words.
  static func checksum(_ text: String) -> Int64 {
    Insecure.SHA1.hash(data: Array(text.utf8)).prefix(4).reduce(Int64(0)) { $0 << 8 | Int64($1) }
  }

  static func hex(_ text: String, bytes: Int) -> String {
    let digits = Array("0123456789abcdef")
    return String(
      SHA256.hash(data: Array(text.utf8)).prefix(bytes).flatMap { byte in
        [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      })
  }

  /// September 2020.
  private static let firstNumber: Int64 = 1_600_000_000_000
  private static let numbers: Int64 = 100_000_000_000
}
