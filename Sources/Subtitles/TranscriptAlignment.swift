/// How the times of a second transcript relate to the source's: a rate and an offset.
package struct TranscriptAlignment: Sendable, Hashable, Codable {
  /// `other time * rate + offset` is a time of the source.
  package var rate: Double
  package var offset: MediaTime
  /// How much of the dialogue time agrees after the change, from 0 to 1: twice the time in which
  /// both speak, by the time in which the one and the other do.
  package var agreement: Double

  package init(rate: Double, offset: MediaTime, agreement: Double) {
    self.rate = rate
    self.offset = offset
    self.agreement = agreement
  }

  package var isIdentity: Bool { rate == 1 && offset == .zero }

  /// The source time of a time of the other transcript; may be below 0.
  package func applied(to time: MediaTime) -> MediaTime {
    let scaled = rate == 1 ? time : MediaTime.seconds(time.seconds * rate)
    return scaled + offset
  }

  /// With the times of the source. Order and numbers stay; no time is below 0, so that a cue that
  /// would be over before the source begins has no length.
  package func applied(to other: Transcript) -> Transcript {
    guard !isIdentity else { return other }
    var changed = other
    for index in changed.cues.indices {
      changed.cues[index].start = max(applied(to: other.cues[index].start), .zero)
      changed.cues[index].end = max(applied(to: other.cues[index].end), .zero)
    }
    return changed
  }
}

extension TranscriptAlignment: CustomStringConvertible {
  /// In words: "moved by +1.8 s", "from 25 to 23.976 frames a second", "as it is".
  package var description: String {
    var changes: [String] = []
    if let frames = FrameRates.all.first(where: { abs($0.rate - rate) < 1e-7 }) {
      changes.append("from \(frames.from) to \(frames.to) frames a second")
    } else if rate != 1 {
      changes.append("with \(rate) times its times")
    }
    let tenths = (abs(offset.seconds) * 10).rounded() / 10
    if tenths > 0 {
      changes.append("moved by \(offset < .zero ? "-" : "+")\(tenths) s")
    }
    return changes.isEmpty ? "as it is" : changes.joined(separator: " and ")
  }
}

/// A film's usual numbers of pictures a second, between which its subtitles get lost.
struct FrameRates {
  let from: String
  let to: String
  let rate: Double

  static let all: [FrameRates] = {
    let speeds = [("23.976", 24_000.0 / 1_001), ("24", 24), ("25", 25)]
    return speeds.flatMap { from in
      speeds.filter { $0.0 != from.0 }.map { to in
        FrameRates(from: from.0, to: to.0, rate: from.1 / to.1)
      }
    }
  }()
}
