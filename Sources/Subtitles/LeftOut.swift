/// How much of a subtitle file is no cue, by reason.
package struct LeftOut: Sendable, Hashable {
  /// Raw values are what `inspect` prints.
  package enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its time can't be read, or is no time in which something can be shown.
    case unusableTime = "unusable_time"
    /// It is too long for dialogue.
    case tooLong = "too_long"
    /// It advertises a site or says who made the subtitles.
    case advert
    /// It only tells of sounds, for the hard of hearing.
    case sound
    /// It is sung.
    case song
    /// Its style is that of signs or songs.
    case sign
    /// It draws a shape.
    case drawing
    /// It is a comment of the file's makers.
    case comment
    /// It shows nothing.
    case empty
  }

  package private(set) var counts: [Reason: Int] = [:]

  package init() {}

  package subscript(reason: Reason) -> Int { counts[reason] ?? 0 }

  package mutating func add(_ reason: Reason, _ count: Int = 1) {
    guard count > 0 else { return }
    counts[reason, default: 0] += count
  }

  package static func += (left: inout LeftOut, right: LeftOut) {
    left.counts.merge(right.counts, uniquingKeysWith: +)
  }

  /// What a better file would have given: times that can't be read and texts beyond all length.
  package var damaged: Int { self[.unusableTime] + self[.tooLong] }
}
