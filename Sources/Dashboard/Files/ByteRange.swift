/// Which bytes of a file are wanted, by the header `Range` (RFC 9110).
enum ByteRange: Equatable {
  case whole
  case part(ClosedRange<Int64>)
  /// None of the bytes that there are.
  case unsatisfiable

  /// A header that can't be read, or that names several parts, is as good as none.
  init(_ header: String?, size: Int64) {
    self = .whole
    guard let header, header.utf8.count <= 100 else { return }
    let halves = header.split(separator: "=", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0].lowercased() == "bytes", !halves[1].contains(",") else {
      return
    }
    let ends = halves[1].split(separator: "-", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " } }
    guard ends.count == 2 else { return }
    switch (Self.number(ends[0]), Self.number(ends[1])) {
    case (let first?, let last?):
      guard first <= last else { return }
      self = first < size ? .part(first...min(last, size - 1)) : .unsatisfiable
    case (let first?, nil) where ends[1].isEmpty:
      self = first < size ? .part(first...(size - 1)) : .unsatisfiable
    case (nil, let count?) where ends[0].isEmpty:
      self = count > 0 && size > 0 ? .part(max(0, size - count)...(size - 1)) : .unsatisfiable
    default: return
    }
  }

  private static func number(_ text: String) -> Int64? {
    guard 1...18 ~= text.utf8.count, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return Int64(text)
  }
}
