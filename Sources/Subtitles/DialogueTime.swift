/// The time in which somebody speaks.
enum DialogueTime {
  /// Twice the time in which both speak, by the time in which the one and the other do.
  static func agreement(_ left: [Cue], _ right: [Cue]) -> Double {
    let left = stretches(left)
    let right = stretches(right)
    var both: Int64 = 0
    var position = 0
    for stretch in left {
      while position < right.count, right[position].upperBound <= stretch.lowerBound {
        position += 1
      }
      var next = position
      while next < right.count, right[next].lowerBound < stretch.upperBound {
        let shared = right[next].clamped(to: stretch)
        both += shared.upperBound - shared.lowerBound
        next += 1
      }
    }
    let total = (left + right).reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    return total == 0 ? 0 : 2 * Double(both) / Double(total)
  }

  /// Without overlap, in order.
  private static func stretches(_ cues: [Cue]) -> [Range<Int64>] {
    var stretches: [Range<Int64>] = []
    for cue in cues.filter({ $0.end > $0.start }).sorted(by: { $0.start < $1.start }) {
      let stretch = cue.start.microseconds..<cue.end.microseconds
      if let last = stretches.last, stretch.lowerBound <= last.upperBound {
        let end = max(last.upperBound, stretch.upperBound)
        stretches[stretches.count - 1] = last.lowerBound..<end
      } else {
        stretches.append(stretch)
      }
    }
    return stretches
  }
}
