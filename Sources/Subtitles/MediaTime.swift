/// A point or a span on a media file's own clock, in whole microseconds.
///
/// Microseconds are libavformat's `AV_TIME_BASE`, so no conversion between the rooms loses anything.
package struct MediaTime: Sendable, Hashable {
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static let zero = MediaTime(microseconds: 0)

  package static func milliseconds(_ value: Int64) -> MediaTime {
    MediaTime(microseconds: value * 1_000)
  }

  /// Rounds to the nearest microsecond.
  package static func seconds(_ value: Double) -> MediaTime {
    MediaTime(microseconds: Int64((value * 1_000_000).rounded()))
  }

  package var seconds: Double { Double(microseconds) / 1_000_000 }

  /// Rounded down, as subtitle formats expect.
  package var milliseconds: Int64 { microseconds / 1_000 }
}

extension MediaTime: Comparable {
  package static func < (left: MediaTime, right: MediaTime) -> Bool {
    left.microseconds < right.microseconds
  }

  package static func + (left: MediaTime, right: MediaTime) -> MediaTime {
    MediaTime(microseconds: left.microseconds + right.microseconds)
  }

  package static func - (left: MediaTime, right: MediaTime) -> MediaTime {
    MediaTime(microseconds: left.microseconds - right.microseconds)
  }
}

extension MediaTime: Codable {
  package init(from decoder: any Decoder) throws {
    microseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(microseconds)
  }
}
