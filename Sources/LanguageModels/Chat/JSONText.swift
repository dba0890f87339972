import Expressions
import Foundation

/// Finds the JSON in what a model wrote.
enum JSONText {
  /// The whole text, or else the longest object or array in the prose around it. Nil where JSON begins and never ends:
  /// a part of an answer is none.
  static func extract(from text: String) -> JSONValue? {
    let answer = Array(withoutThoughts(text).utf8)
    if let value = decode(answer) { return value }
    guard let places = places(in: answer) else { return nil }
    for place in places.sorted(by: { $0.count > $1.count }).prefix(mostPlaces) {
      if let value = decode(answer[place]) { return value }
    }
    return nil
  }

  /// What a reasoning model thinks aloud is no part of its answer.
  static func withoutThoughts(_ text: String) -> Substring {
    if let end = text.range(of: "</think>", options: .backwards) { return text[end.upperBound...] }
    return text.contains("<think>") ? "" : text[...]
  }

  static func decode(_ bytes: some Collection<UInt8>) -> JSONValue? {
    guard depth(of: bytes) <= deepest else { return nil }
    return try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  /// The decoder recurses; an answer needs six levels.
  private static let deepest = 64
  /// So many places are tried.
  private static let mostPlaces = 8

  private static func depth(of bytes: some Collection<UInt8>) -> Int {
    var scan = BracketScan()
    var most = 0
    for byte in bytes {
      scan.take(byte)
      most = max(most, scan.depth)
    }
    return most
  }

  /// The stretches that could be JSON, in order and apart, in one pass; nil when the last one has no end.
  private static func places(in bytes: [UInt8]) -> [Range<Int>]? {
    var places: [Range<Int>] = []
    var scan = BracketScan()
    var start: Int?
    for index in bytes.indices {
      if start == nil, begins(at: index, in: bytes) {
        start = index
        scan = BracketScan()
      }
      guard let began = start else { continue }
      scan.take(bytes[index])
      if scan.depth == 0 {
        places.append(began..<index + 1)
        start = nil
      }
    }
    return start == nil ? places : nil
  }

  /// Whether an object with a name, a list of objects, or an empty one of them begins here. Other brackets are prose,
  /// and so are the quotes around them.
  private static func begins(at index: Int, in bytes: [UInt8]) -> Bool {
    let pairs: [UInt8]
    switch bytes[index] {
    case UInt8(ascii: "{"): pairs = [UInt8(ascii: "\""), UInt8(ascii: "}")]
    case UInt8(ascii: "["): pairs = [UInt8(ascii: "{"), UInt8(ascii: "]")]
    default: return false
    }
    var next = index + 1
    while next < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[next]) { next += 1 }
    return next < bytes.count && pairs.contains(bytes[next])
  }
}

/// Follows brackets and strings from the first byte of a JSON text.
private struct BracketScan {
  private(set) var depth = 0
  private var isInString = false
  private var isEscaped = false

  mutating func take(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
  }
}
