import GRDB

/// Which of the kept answers are meant; one without any condition means all.
package struct AnswerFilter: Sendable, Hashable {
  /// True for answers that no episode's batch refers to. What is in use is deleted only where this says false, never
  /// where it says nothing.
  package var unusedOnly: Bool?
  /// Only answers from before this time, in seconds since 1970.
  package var olderThan: Double?
  /// Only answers of extractors whose name begins with this.
  package var extractor: String?

  package init(unusedOnly: Bool? = nil, olderThan: Double? = nil, extractor: String? = nil) {
    self.unusedOnly = unusedOnly
    self.olderThan = olderThan
    self.extractor = extractor
  }
}

extension AnswerFilter {
  static let isUsed = "EXISTS (SELECT 1 FROM batch WHERE batch.content_key = answer.content_key)"

  /// A condition on rows of `answer`.
  var condition: (sql: String, arguments: StatementArguments) {
    var parts = ["TRUE"]
    var arguments = StatementArguments()
    if unusedOnly == true { parts.append("NOT \(Self.isUsed)") }
    if let olderThan {
      parts.append("created_at < ?")
      arguments += [olderThan]
    }
    if let extractor {
      parts.append("substr(extractor, 1, length(?)) = ?")
      arguments += [extractor, extractor]
    }
    return (parts.joined(separator: " AND "), arguments)
  }
}
