/// As what charset bytes were read, on what grounds, and how sure that is.
package struct CharsetDecision: Sendable, Hashable, Codable {
  package enum Basis: String, Sendable, Hashable, Codable {
    /// A byte order mark says it.
    case mark
    /// A person says it.
    case forced
    /// The bytes can hardly be anything else, such as valid UTF-8.
    case form
    /// Their statistics speak for it.
    case statistics
  }

  /// Its preferred name at IANA, such as "UTF-8", "windows-1252" or "EUC-KR".
  package var name: String
  package var basis: Basis
  /// In percent, from 0 to 100.
  package var confidence: Int

  package init(name: String, basis: Basis, confidence: Int = 100) {
    self.name = name
    self.basis = basis
    self.confidence = confidence
  }
}

extension CharsetDecision: CustomStringConvertible {
  /// "UTF-8", or "EUC-KR (87 % sure)", or "windows-1250 (forced)".
  package var description: String {
    switch basis {
    case .mark, .form: name
    case .forced: "\(name) (forced)"
    case .statistics: "\(name) (\(confidence) % sure)"
    }
  }
}
