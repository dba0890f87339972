/// When the cues of a transcript begin and end: all that two languages of a film share.
struct TranscriptTimes {
  /// In seconds, sorted, each once.
  let starts: [Double]
  let ends: [Double]

  /// No film has as many cues; bounds the work for files that are none.
  private static let limit = 5_000
  /// Times further apart have nothing to do with each other, in seconds.
  private static let reach = 0.5

  init(_ cues: [Cue]) {
    let shown = cues.filter { $0.end > $0.start }
    starts = Self.distinct(shown.map(\.start.seconds))
    ends = Self.distinct(shown.map(\.end.seconds))
  }

  private static func distinct(_ times: [Double]) -> [Double] {
    Array(Set(times).sorted().prefix(limit))
  }

  /// How well another transcript's times fall on these, from 0 to 1. Each time counts once, the
  /// less the further it is off, and starts count double: ends follow the length of the text.
  func fit(_ other: TranscriptTimes, rate: Double, offset: Double) -> Double {
    let starts = Self.matched(starts, other.starts, rate, offset)
    let ends = Self.matched(ends, other.ends, rate, offset)
    let startCount = Double(self.starts.count + other.starts.count)
    let endCount = Double(self.ends.count + other.ends.count)
    return (2 * 2 * starts / max(1, startCount) + 2 * ends / max(1, endCount)) / 3
  }

  /// Like `fit`, but of the transcript with fewer cues alone: the other may be without a part.
  func fitOfSmaller(_ other: TranscriptTimes, rate: Double, offset: Double) -> Double {
    let starts = Self.matched(starts, other.starts, rate, offset)
    let ends = Self.matched(ends, other.ends, rate, offset)
    let startCount = Double(min(self.starts.count, other.starts.count))
    let endCount = Double(min(self.ends.count, other.ends.count))
    return (2 * starts / max(1, startCount) + ends / max(1, endCount)) / 3
  }

  /// What is to be added to the offset so that half of the starts are early and half are late.
  func correction(_ other: TranscriptTimes, rate: Double, offset: Double) -> Double {
    var differences: [Double] = []
    _ = Self.matched(starts, other.starts, rate, offset) { differences.append($1) }
    guard !differences.isEmpty else { return 0 }
    differences.sort()
    let middle = differences.count / 2
    return differences.count % 2 == 1
      ? differences[middle] : (differences[middle - 1] + differences[middle]) / 2
  }

  /// What the times still drift apart, in seconds a second, and its standard error.
  func drift(
    _ other: TranscriptTimes, rate: Double, offset: Double
  ) -> (slope: Double, error: Double) {
    var products = 0.0
    var squares = 0.0
    var points: [(time: Double, difference: Double)] = []
    for (times, others) in [(starts, other.starts), (ends, other.ends)] {
      var matches: [(time: Double, difference: Double)] = []
      // Wider than where times fit, or what has drifted furthest would not count.
      _ = Self.matched(times, others, rate, offset, reach: 3 * Self.reach) {
        matches.append(($0, $1))
      }
      // Starts and ends have habits of their own.
      let count = Double(max(1, matches.count))
      let time = matches.reduce(0) { $0 + $1.time } / count
      let difference = matches.reduce(0) { $0 + $1.difference } / count
      points += matches.map { ($0.time - time, $0.difference - difference) }
    }
    for point in points {
      products += point.time * point.difference
      squares += point.time * point.time
    }
    guard points.count > 4, squares > 0 else { return (0, .infinity) }
    let slope = products / squares
    let rest = points.reduce(0) { sum, point in
      let error = point.difference - slope * point.time
      return sum + error * error
    }
    return (slope, (rest / Double(points.count - 3) / squares).squareRoot())
  }

  /// The sum of the matches' weights; tells of each match the time and what the other lacks to it.
  /// Walks both lists at once.
  private static func matched(
    _ times: [Double], _ other: [Double], _ rate: Double, _ offset: Double,
    reach: Double = TranscriptTimes.reach,
    _ body: (_ time: Double, _ difference: Double) -> Void = { _, _ in }
  ) -> Double {
    guard !times.isEmpty else { return 0 }
    var sum = 0.0
    var nearest = 0
    var difference = Double.infinity
    func take() {
      guard abs(difference) < reach else { return }
      sum += 1 - abs(difference) / reach
      body(times[nearest], difference)
    }
    for time in other {
      let changed = time * rate + offset
      var next = nearest
      while next + 1 < times.count, abs(times[next + 1] - changed) <= abs(times[next] - changed) {
        next += 1
      }
      if next != nearest {
        take()
        nearest = next
        difference = .infinity
      }
      if abs(times[nearest] - changed) < abs(difference) { difference = times[nearest] - changed }
    }
    take()
    return sum
  }
}

extension TranscriptTimes {
  private static let binsPerSecond = 10.0

  /// The offsets, at most `count`, at which most times fall on each other, the best first.
  func offsets(of other: TranscriptTimes, rate: Double, upTo bound: Double, count: Int)
    -> [Double]
  {
    let middle = Int((bound + 1) * Self.binsPerSecond)
    var bins = [Double](repeating: 0, count: 2 * middle + 1)
    Self.addDifferences(starts, other.starts, rate, bound, weight: 2, middle, &bins)
    Self.addDifferences(ends, other.ends, rate, bound, weight: 1, middle, &bins)
    let width = Int(Self.reach * Self.binsPerSecond)
    // Twice the sum of neighbours weighs them by their distance.
    var smooth = Self.sums(Self.sums(bins, before: width, after: 0), before: 0, after: width)
    var offsets: [Double] = []
    while offsets.count < count {
      var best = 0
      var bin = 0
      while bin < smooth.count {
        if smooth[bin] > smooth[best] { best = bin }
        bin += 1
      }
      guard smooth[best] > 0 else { break }
      offsets.append(Double(best - middle) / Self.binsPerSecond)
      let around = max(0, best - 2 * width)...min(smooth.count - 1, best + 2 * width)
      for bin in around { smooth[bin] = 0 }
    }
    return offsets
  }

  /// Of each value and of those that many places before and after it.
  private static func sums(_ values: [Double], before: Int, after: Int) -> [Double] {
    var result = values
    var sum = 0.0
    var next = 0
    var position = 0
    while position < values.count {
      while next < values.count, next <= position + after {
        sum += values[next]
        next += 1
      }
      if position - before > 0 { sum -= values[position - before - 1] }
      result[position] = sum
      position += 1
    }
    return result
  }

  private static func addDifferences(
    _ times: [Double], _ other: [Double], _ rate: Double, _ bound: Double, weight: Double,
    _ middle: Int, _ bins: inout [Double]
  ) {
    let other = other.map { $0 * rate }
    var first = 0
    for time in times {
      while first < other.count, other[first] < time - bound { first += 1 }
      var position = first
      while position < other.count, other[position] <= time + bound {
        bins[middle + Int(((time - other[position]) * binsPerSecond).rounded())] += weight
        position += 1
      }
    }
  }
}
