/// Subtitle formats that are known and not read.
enum ForeignFormat: String {
  case ttml = "TTML"
  case vobSub = "VobSub"
  case pgs = "PGS"
  case ebuSTL = "EBU STL"
  case scc = "SCC"
  case lrc = "LRC"
  case subViewer = "SubViewer"
  case mpl2 = "MPL2"

  var holdsPictures: Bool { self == .vobSub || self == .pgs }

  /// By the bytes that binary formats begin with.
  init?(binary bytes: [UInt8]) {
    if bytes.starts(with: [0, 0, 1, 0xBA]) {
      self = .vobSub
    } else if bytes.starts(with: Array("PG".utf8)), bytes.count > 13, bytes[10] >= 0x14,
      bytes[10] <= 0x80, !bytes[2..<10].allSatisfy({ $0 >= 0x20 })
    {
      self = .pgs
    } else if bytes.dropFirst(3).starts(with: Array("STL".utf8)), bytes.count >= 1_024 {
      self = .ebuSTL
    } else {
      return nil
    }
  }

  /// By a line that occurs in no other format.
  init?(line: ArraySlice<UInt8>) {
    if line.hasPrefix(ignoringCase: "# vobsub index") {
      self = .vobSub
    } else if line.hasPrefix(ignoringCase: "<tt ") || line.hasPrefix(ignoringCase: "<tt>")
      || line.hasPrefix(ignoringCase: "<tt:tt") || Self.isXMLOfTTML(line)
    {
      self = .ttml
    } else if line.hasPrefix(ignoringCase: "scenarist_scc") {
      self = .scc
    } else if line.hasPrefix(ignoringCase: "[information]") || Self.isCommaTime(line) {
      self = .subViewer
    } else if Self.isLyrics(line) {
      self = .lrc
    } else if MicroDVDReader.frames(line, open: UInt8(ascii: "["), close: UInt8(ascii: "]")) != nil
    {
      self = .mpl2
    } else {
      return nil
    }
  }

  /// `<?xml …?><tt …>` in one line.
  private static func isXMLOfTTML(_ line: ArraySlice<UInt8>) -> Bool {
    line.hasPrefix(ignoringCase: "<?xml")
      && line.prefix(2_048).split(separator: UInt8(ascii: "<")).contains {
        $0.hasPrefix(ignoringCase: "tt ") || $0.hasPrefix(ignoringCase: "tt:tt")
      }
  }

  /// `00:00:01.00,00:00:02.00` alone in its line; also of YouTube's SBV.
  private static func isCommaTime(_ line: ArraySlice<UInt8>) -> Bool {
    let parts = line.prefix(64).split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    return line.count < 64 && parts.count == 2
      && parts.allSatisfy { part in
        part.count >= 7 && part.count { $0 == UInt8(ascii: ":") } == 2
          && part.allSatisfy {
            $0.isASCIIDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
          }
      }
  }

  /// `[01:02.03]words`
  private static func isLyrics(_ line: ArraySlice<UInt8>) -> Bool {
    let time = line.prefix(12)
    guard time.first == UInt8(ascii: "["), let end = time.firstIndex(of: UInt8(ascii: "]")) else {
      return false
    }
    let inner = time[(time.startIndex + 1)..<end]
    return inner.count >= 4 && inner.contains(UInt8(ascii: ":"))
      && inner.allSatisfy {
        $0.isASCIIDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
      }
  }
}
