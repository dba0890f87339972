import HTTPTypes

/// Why a request is not served, in words for who sent it.
struct RequestProblem: Error, Sendable {
  /// Our own words, or those of whoever refused.
  private enum Text: Sendable {
    case word(Word, [String: String])
    case given(String)
  }

  var status: HTTPResponse.Status
  /// Sent along: `Allow`, `Retry-After`, `WWW-Authenticate`.
  var headers: HTTPFields
  private let text: Text

  init(
    _ status: HTTPResponse.Status, _ word: Word, _ values: [String: String] = [:],
    headers: HTTPFields = [:]
  ) {
    self.status = status
    self.headers = headers
    text = .word(word, values)
  }

  init(_ status: HTTPResponse.Status, given text: String) {
    self.status = status
    headers = [:]
    self.text = .given(text)
  }

  /// Programs get it in English.
  func message(in language: Language) -> String {
    switch text {
    case .word(let word, let values): Words.text(word, language, values)
    case .given(let text): text
    }
  }

  static let notFound = RequestProblem(.notFound, .notFound)
}
