import HTTPTypes

/// What a form or a query says, checked: each name once, no escapes that are wrong.
struct FormFields: Sendable {
  private static let most = 50
  private var values: [String: String] = [:]

  init(_ text: some StringProtocol) throws(RequestProblem) {
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Percent.decode(parts[0], plusIsSpace: true),
        let value = Percent.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true),
        !value.utf8.contains(0), values.count < Self.most,
        values.updateValue(value, forKey: name) == nil
      else { throw RequestProblem(.badRequest, .wrongQuery) }
    }
  }

  subscript(_ name: String) -> String? { values[name] }

  /// Refuses names that mean nothing here, so that a misspelt filter doesn't silently show everything.
  func expect(only names: [String]) throws(RequestProblem) {
    guard let other = values.keys.filter({ !names.contains($0) }).min() else { return }
    throw RequestProblem(.badRequest, .unknownParameter, ["name": String(other.prefix(60))])
  }

  func integer(_ name: String, _ range: ClosedRange<Int>, default preset: Int)
    throws(RequestProblem) -> Int
  {
    guard let text = values[name] else { return preset }
    guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text),
      range.contains(number)
    else {
      throw RequestProblem(
        .badRequest, .notInteger,
        ["name": name, "least": "\(range.lowerBound)", "most": "\(range.upperBound)"])
    }
    return number
  }

  /// One of some words.
  /// - Parameter isForm: forms send an empty word where nothing was chosen.
  func choice(
    _ name: String, _ words: [String], isForm: Bool
  ) throws(RequestProblem) -> String? {
    guard let text = values[name], !(isForm && text.isEmpty) else { return nil }
    guard words.contains(text) else {
      throw RequestProblem(
        .badRequest, .noChoice, ["name": name, "words": words.joined(separator: ", ")])
    }
    return text
  }

  func text(_ name: String, most: Int) throws(RequestProblem) -> String? {
    guard let text = values[name], !text.isEmpty else { return nil }
    guard text.unicodeScalars.count <= most else {
      throw RequestProblem(.badRequest, .tooLong, ["name": name, "most": "\(most)"])
    }
    return text
  }

  /// `limit` and `offset`.
  func range() throws(RequestProblem) -> PageRange {
    PageRange(
      limit: try integer("limit", 1...PageRange.largest, default: 50),
      offset: try integer("offset", 0...1_000_000_000, default: 0))
  }
}
