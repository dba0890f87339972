/// How far a file reaches by its container's outermost sizes, read without libav.
enum DeclaredSize {
  enum Verdict: Equatable {
    case complete
    /// The file should have at least this many bytes.
    case short(of: Int64)
    /// An MP4 file whose index is missing: writing it never came to its end.
    case noIndex
  }

  private static let boxLimit = 100_000

  static func verdict(of file: SourceFile) throws(MediaFailure) -> Verdict {
    let head = try file.read(at: 0, count: 64)
    let verdict: Verdict
    if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      verdict = matroska(head)
    } else if head.starts(with: Array("RIFF".utf8)), head.count >= 8 {
      let size = head[4..<8].reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
      verdict = size + 8 > file.size ? .short(of: size + 8) : .complete
    } else if head.count >= 8, firstBoxes.contains(Array(head[4..<8])) {
      verdict = try boxes(of: file)
    } else {
      return .complete
    }
    // Some writers are off by little; what is really missing shows when the end is read.
    if case .short(let declared) = verdict, declared - file.size <= declared / 200 {
      return .complete
    }
    return verdict
  }

  private static let firstBoxes: Set<[UInt8]> = Set(
    ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp"].map { Array($0.utf8) })

  private static func boxes(of file: SourceFile) throws(MediaFailure) -> Verdict {
    var offset: Int64 = 0
    var hasIndex = false
    for _ in 0..<boxLimit {
      let header = try file.read(at: offset, count: 16)
      guard header.count >= 8 else { break }
      var size = number(header[0..<4])
      let type = String(decoding: header[4..<8], as: UTF8.self)
      if type == "moov" || type == "moof" { hasIndex = true }
      if size == 1, header.count == 16 { size = number(header[8..<16]) }
      // Zero means up to the end of the file.
      guard size >= 8, size <= Int64.max - offset else { break }
      offset += size
      if offset > file.size {
        return ["mdat", "moov", "moof"].contains(type) ? .short(of: offset) : .complete
      }
    }
    return hasIndex ? .complete : .noIndex
  }

  private static func matroska(_ head: [UInt8]) -> Verdict {
    guard let (headerSize, headerStart) = vint(head, at: 4), headerSize < 4_096 else {
      return .complete
    }
    let segment = headerStart + Int(headerSize)
    guard head.count > segment + 12,
      Array(head[segment..<segment + 4]) == [0x18, 0x53, 0x80, 0x67],
      let (size, start) = vint(head, at: segment + 4)
    else { return .complete }
    return Int64(start) + size > 0 ? .short(of: Int64(start) + size) : .complete
  }

  /// A size and where what it measures begins; nil where the size is unknown.
  private static func vint(_ bytes: [UInt8], at offset: Int) -> (value: Int64, next: Int)? {
    guard offset < bytes.count else { return nil }
    let length = bytes[offset].leadingZeroBitCount + 1
    guard length <= 8, offset + length <= bytes.count else { return nil }
    var value = Int64(bytes[offset]) & ((1 << Int64(8 - length)) - 1)
    for byte in bytes[offset + 1..<offset + length] { value = value << 8 | Int64(byte) }
    guard value != (1 << Int64(7 * length)) - 1 else { return nil }
    return (value, offset + length)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
    bytes.reduce(Int64(0)) { ($0 & 0x7F_FFFF_FFFF_FFFF) << 8 | Int64($1) }
  }
}
