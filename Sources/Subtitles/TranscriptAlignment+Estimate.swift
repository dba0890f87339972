extension TranscriptAlignment {
  package enum Estimate: Sendable, Hashable {
    case aligned(TranscriptAlignment)
    /// With a reason for a person: what was found and what to do.
    case refused(reason: String)
  }

  /// A larger shift is another version of the film, in seconds.
  private static let offsetLimit = 120.0
  /// How far is looked, so that a refusal can say what was found, in seconds.
  private static let searchLimit = 300.0
  /// A file whose times are all nearer than this is right, in seconds: translators differ by as
  /// much in when they let a cue begin, and pairs don't change by it.
  private static let tolerance = 0.5
  /// How much better another change must fit than none.
  private static let identityMargin = 0.05
  /// Changes that fit nearly as well and move all times within this of each other, in seconds,
  /// are told apart by what still drifts.
  private static let rateMargin = 0.1
  private static let sameChange = 1.0
  /// Half of what lies between 24 and 23.976 frames a second: a drift below is none.
  private static let leastDrift = 0.0005
  /// Fewer cues fit each other anywhere.
  private static let fewest = 6

  /// How the times of `other` relate to the source's, from when cues begin and end alone: their
  /// texts are in two languages, and they are split differently.
  ///
  /// Deterministic. A file that is right stays as it is: any other change must fit clearly better.
  /// Refused are transcripts of another film, a shift by more than 120 s, and too few cues.
  package static func estimate(of other: Transcript, to source: Transcript) -> Estimate {
    let search = Search(source: TranscriptTimes(source.cues), other: TranscriptTimes(other.cues))
    func alignment(_ found: Search.Found) -> TranscriptAlignment {
      var result = TranscriptAlignment(
        rate: found.rate, offset: .milliseconds(Int64((found.offset * 1_000).rounded())),
        agreement: 0)
      result.agreement = DialogueTime.agreement(source.cues, result.applied(to: other).cues)
      return result
    }
    let identity = search.identity
    guard search.count >= fewest else {
      return search.smallerFits(identity)
        ? .aligned(alignment(identity)) : .refused(reason: tooFew(search.count))
    }
    let best = search.best
    let isClear =
      best.fit > identity.fit + identityMargin && search.distance(best, identity) >= tolerance
    if !isClear, search.isEvident(identity, deviations: 4) || search.smallerFits(identity) {
      return .aligned(alignment(identity))
    }
    guard search.isEvident(best, deviations: 5), best.fit > search.leastFit else {
      return search.smallerFits(identity)
        ? .aligned(alignment(identity)) : .refused(reason: another(alignment(best)))
    }
    guard isClear else { return .aligned(alignment(identity)) }
    guard abs(best.offset) <= offsetLimit else {
      return .refused(reason: tooFar(alignment(best)))
    }
    return .aligned(alignment(best))
  }

  private static let remedy =
    "put better subtitles beside the episode; until then the model's translation is used, where "
    + "there is one"

  private static func tooFew(_ count: Int) -> String {
    "\(count) cues are too few to tell whether their times fit; \(remedy)"
  }

  private static func another(_ best: TranscriptAlignment) -> String {
    let percent = Int((best.agreement * 100).rounded())
    return "its cues come at other times, as those of another film do: at best (\(best)) "
      + "\(percent) % of the dialogue time agrees, and that by chance; \(remedy)"
  }

  private static func tooFar(_ best: TranscriptAlignment) -> String {
    "it fits only if \(best), and more than \(Int(offsetLimit)) s is another version of the film; "
      + remedy
  }

  /// Tries all rates and, for each, the offsets at which most times fall on each other.
  private struct Search {
    struct Found {
      var rate: Double
      var offset: Double
      var fit: Double
    }

    let source: TranscriptTimes
    let other: TranscriptTimes

    var count: Int { min(source.starts.count, other.starts.count) }

    var identity: Found { found(1, 0) }

    var best: Found {
      let same = best(rate: 1)
      let all = [same] + FrameRates.all.map { best(rate: $0.rate) }
      let most = all.reduce(same) { $0.fit < $1.fit ? $1 : $0 }
      let close = all.filter {
        $0.fit >= most.fit - rateMargin && distance($0, most) < sameChange
      }
      let drifts = close.map { source.drift(other, rate: $0.rate, offset: $0.offset) }
      if close[0].rate == 1,
        abs(drifts[0].slope) < max(leastDrift, 2.5 * drifts[0].error)
      {
        return close[0]
      }
      let least = drifts.reduce(Double.infinity) { min($0, abs($1.slope)) }
      return zip(close, drifts).first { abs($0.1.slope) == least }?.0 ?? most
    }

    private func best(rate: Double) -> Found {
      let offsets = source.offsets(of: other, rate: rate, upTo: searchLimit, count: 3)
      return offsets.map { refined(found(rate, $0)) }
        .reduce(Found(rate: rate, offset: 0, fit: 0)) { $0.fit < $1.fit ? $1 : $0 }
    }

    private func refined(_ start: Found) -> Found {
      var best = start
      for _ in 0..<4 {
        let correction = source.correction(other, rate: best.rate, offset: best.offset)
        let next = found(best.rate, best.offset + correction)
        guard next.fit > best.fit else { break }
        best = next
      }
      return best
    }

    private func found(_ rate: Double, _ offset: Double) -> Found {
      Found(rate: rate, offset: offset, fit: source.fit(other, rate: rate, offset: offset))
    }

    /// The most that any time of the other comes to differ between two changes, in seconds.
    func distance(_ left: Found, _ right: Found) -> Double {
      let times = [other.starts.first, other.ends.last].compactMap { $0 }
      return times.map { time in
        abs(time * left.rate + left.offset - time * right.rate - right.offset)
      }.max() ?? 0
    }

    /// What the best of all changes may reach by chance: more where there is less to fit.
    var leastFit: Double { 0.2 + 2 / Double(count) }

    /// Whether it fits better than offsets nearby do, which fit by chance.
    func isEvident(_ found: Found, deviations: Double) -> Bool {
      found.fit > chance(near: found, deviations: deviations, source.fit)
    }

    /// Whether what there is of the smaller transcript fits, as little as it may be.
    func smallerFits(_ found: Found) -> Bool {
      let fit = source.fitOfSmaller(other, rate: found.rate, offset: found.offset)
      guard fit >= 0.5, count >= fewest else { return fit >= 0.5 }
      return fit > chance(near: found, deviations: 4, source.fitOfSmaller)
    }

    /// What a fit by chance hardly reaches.
    private func chance(
      near found: Found, deviations: Double,
      _ fit: (_ other: TranscriptTimes, _ rate: Double, _ offset: Double) -> Double
    ) -> Double {
      let samples = (0..<30).flatMap { step in
        [1.0, -1.0].map { side in
          fit(other, found.rate, found.offset + side * (2 + 0.61 * Double(step)))
        }
      }
      let mean = samples.reduce(0, +) / Double(samples.count)
      let variance = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(samples.count)
      return mean + max(0.12, deviations * variance.squareRoot())
    }
  }
}
