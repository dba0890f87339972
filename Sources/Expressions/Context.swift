import Subtitles

/// The cues of the exchange around an expression: whole sentences, from `firstCue` to `lastCue`.
package struct Context: Sendable, Hashable, Codable {
  package var firstCue: Int
  package var lastCue: Int

  package init(firstCue: Int, lastCue: Int) {
    self.firstCue = firstCue
    self.lastCue = lastCue
  }

  package func overlaps(_ other: Context) -> Bool {
    firstCue <= other.lastCue && other.firstCue <= lastCue
  }

  package func contains(_ other: Context) -> Bool {
    firstCue <= other.firstCue && other.lastCue <= lastCue
  }

  package func union(_ other: Context) -> Context {
    Context(
      firstCue: min(firstCue, other.firstCue), lastCue: max(lastCue, other.lastCue))
  }
}

/// Grows contexts from the cues; nothing of them is taken on an extractor's word.
package struct ContextBuilder: Sendable {
  private let transcript: Transcript
  private let minimum: MediaTime
  private let maximum: MediaTime
  /// Sentence units: runs of cues that begin and end with a sentence, in order, without a gap.
  private let units: [Context]
  /// Position in `units` for each cue, by number - 1.
  private let unitOfCue: [Int]

  /// A pause longer than this ends the exchange.
  private static let silence = MediaTime.milliseconds(2_500)

  package init(transcript: Transcript, minimum: MediaTime, maximum: MediaTime) {
    self.transcript = transcript
    self.minimum = minimum
    self.maximum = maximum
    var units: [Context] = []
    var unitOfCue: [Int] = []
    var first = 1
    for (cue, next) in zip(transcript.cues, transcript.cues.dropFirst().map(Optional.some) + [nil])
    {
      unitOfCue.append(units.count)
      let pause = next.map { $0.start - cue.end > Self.silence } ?? true
      if pause || Self.endsSentence(cue.text) {
        units.append(Context(firstCue: first, lastCue: cue.number))
        first = cue.number + 1
      }
    }
    self.units = units
    self.unitOfCue = unitOfCue
  }

  /// From the start of the first cue to the end of the last, whichever cue ends last.
  package func length(of context: Context) -> MediaTime {
    end(of: context) - start(of: context)
  }

  package func start(of context: Context) -> MediaTime {
    transcript.cues[context.firstCue - 1].start
  }

  package func end(of context: Context) -> MediaTime {
    transcript.cues[(context.firstCue - 1)...(context.lastCue - 1)].map(\.end).max() ?? .zero
  }

  package func fits(_ context: Context) -> Bool { length(of: context) <= maximum }

  /// The whole sentences that hold an expression, or only its own cues where those sentences run over the maximum.
  package func core(of expression: Expression) -> Context {
    let own = Context(firstCue: expression.firstCue, lastCue: expression.lastCue)
    let sentences = units[unitOfCue[own.firstCue - 1]]
      .union(units[unitOfCue[own.lastCue - 1]])
    return fits(sentences) ? sentences : own
  }

  /// Grows a core by whole sentences, the one before first, until the minimum length is reached, a pause ends the
  /// exchange, the maximum would be passed, or a cue that `isTaken` is met.
  package func grown(from core: Context, isTaken: (Context) -> Bool) -> Context {
    var context = core
    var growsBack = true
    var growsOn = true
    while length(of: context) < minimum, growsBack || growsOn {
      if growsBack {
        growsBack = grow(&context, to: unit(before: context), isTaken: isTaken)
      }
      if growsOn, length(of: context) < minimum {
        growsOn = grow(&context, to: unit(after: context), isTaken: isTaken)
      }
    }
    return context
  }

  private func grow(_ context: inout Context, to unit: Context?, isTaken: (Context) -> Bool) -> Bool
  {
    guard let unit, !isTaken(unit) else { return false }
    let larger = context.union(unit)
    guard fits(larger) else { return false }
    context = larger
    return true
  }

  private func unit(before context: Context) -> Context? {
    guard context.firstCue > 1 else { return nil }
    let unit = units[unitOfCue[context.firstCue - 2]]
    let pause = start(of: context) - transcript.cues[context.firstCue - 2].end
    // A core that was cut down to its own cues lies inside a sentence that is too long to add.
    return pause > Self.silence || unit.lastCue >= context.firstCue ? nil : unit
  }

  private func unit(after context: Context) -> Context? {
    guard context.lastCue < transcript.cues.count else { return nil }
    let unit = units[unitOfCue[context.lastCue]]
    let pause = transcript.cues[context.lastCue].start - end(of: context)
    return pause > Self.silence || unit.firstCue <= context.lastCue ? nil : unit
  }

  private static func endsSentence(_ text: String) -> Bool {
    let closing: Set<Character> = ["\"", "'", "\u{201D}", "\u{2019}", ")", "]", "\u{00BB}"]
    guard let last = text.last(where: { !$0.isWhitespace && !closing.contains($0) }) else {
      return true
    }
    return ".!?\u{2026}\u{3002}\u{FF01}\u{FF1F}".contains(last)
  }
}
