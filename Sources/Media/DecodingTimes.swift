/// Decoding times made of presentation times alone, since containers lose them around a seek.
package enum DecodingTimes {
  /// More pictures than this are never reordered by a sound stream.
  private static let delayLimit = 32

  /// For pictures in decoding order: strictly rising, none after its presentation time; nil when
  /// two pictures are shown at one time, or the order can't be.
  package static func make(presentation: [Int64]) -> [Int64]? {
    guard let first = presentation.first else { return [] }
    let ordered = presentation.enumerated().sorted { $0.element < $1.element }
    var delay = 0
    for (rank, entry) in ordered.enumerated() {
      if rank > 0, ordered[rank - 1].element == entry.element { return nil }
      delay = max(delay, entry.offset - rank)
    }
    guard delay <= delayLimit, let last = ordered.last, let earliest = ordered.first else {
      return nil
    }
    let usual = max(1, (last.element - earliest.element) / Int64(max(1, presentation.count - 1)))
    return presentation.indices.map { position in
      position < delay
        ? min(first, earliest.element) - Int64(delay - position) * usual
        : ordered[position - delay].element
    }
  }
}
