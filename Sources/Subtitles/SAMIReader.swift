/// Reads SAMI.
struct SAMIReader {
  /// Whether a line occurs in this format alone.
  static func isTelling(_ line: ArraySlice<UInt8>) -> Bool {
    line.hasPrefix(ignoringCase: "<sami") || line.hasPrefix(ignoringCase: "<sync")
  }

  static func languages(in bytes: [UInt8]) -> [SubtitleLanguage] { [] }
}
