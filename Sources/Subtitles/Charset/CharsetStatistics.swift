import CICU

/// What ICU's statistics say of a text's bytes.
enum CharsetStatistics {
  struct Match {
    var charset: String
    /// In percent.
    var confidence: Int
  }

  /// The likeliest first; none for what they can't tell.
  static func matches(in sample: [UInt8]) -> [Match] {
    var status: CInt = 0
    guard let detector = icu_detector_open(&status) else { return [] }
    defer { icu_detector_close(detector) }
    return sample.withUnsafeBytes { bytes -> [Match] in
      // The detector reads the text in place until it is closed or given another.
      let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      icu_detector_set_text(detector, text, Int32(sample.count), &status)
      var count: Int32 = 0
      guard let found = icu_detector_detect_all(detector, &count, &status),
        status <= 0
      else { return [] }
      return (0..<Int(count)).compactMap { index in
        guard let match = found[index], let name = icu_match_name(match, &status) else {
          return nil
        }
        return Match(
          charset: String(cString: name),
          confidence: Int(icu_match_confidence(match, &status)))
      }
    }
  }
}
