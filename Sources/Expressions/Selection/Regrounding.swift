import Subtitles

/// Finds what was chosen in one transcript again in another of the same film, after its subtitles have changed.
package struct Regrounding: Sendable {
  package struct Outcome: Sendable, Hashable {
    /// The groups as they are in the new transcript, by the `id` that they had; those that are missing have no expression there.
    package var groups: [Int: Group]
    /// How many expressions there were, and how many of them do not occur any more.
    package var expressions: Int
    package var lost: Int

    /// Whether the new transcript may be taken for one of the same film.
    package var isCredible: Bool { expressions == 0 || lost * 2 <= expressions }
  }

  package let mapping: CueMapping
  let grounding: Grounding
  private let dialogue: Dialogue

  package init(from old: Transcript, to new: Transcript) {
    mapping = CueMapping(from: old, to: new)
    grounding = Grounding(transcript: new)
    dialogue = Dialogue(transcript: new)
  }

  /// No cue is in two of the new groups.
  /// - Parameter groups: without overlap.
  package func regrounded(_ groups: [Group]) -> Outcome {
    var outcome = Outcome(groups: [:], expressions: 0, lost: 0)
    var found: [(group: Group, main: [Expression], also: [Expression])] = []
    for group in groups.sorted(by: { $0.id < $1.id }) {
      let main = group.expressions.compactMap(reground)
      let also = group.alsoHere.compactMap(reground)
      outcome.expressions += group.expressions.count
      outcome.lost += group.expressions.count - main.count
      if !main.isEmpty { found.append((group, main, also)) }
    }
    var free = 1
    for (index, entry) in found.enumerated() {
      // What the next group can't do without is not this one's.
      let next = found.dropFirst(index + 1).first.map { Self.hull(of: $0.main).lowerBound }
      let limit = max(free, (next ?? dialogue.transcript.cues.count + 1) - 1)
      let room = free...limit
      let main = entry.main.filter { room.contains($0.firstCue) && room.contains($0.lastCue) }
      outcome.lost += entry.main.count - main.count
      guard !main.isEmpty else { continue }
      let context = context(of: main, formerly: entry.group.context, in: room)
      outcome.groups[entry.group.id] = Group(
        context: context, start: dialogue.start(of: context), end: dialogue.end(of: context),
        expressions: Self.ordered(main),
        alsoHere: entry.also.filter {
          context.contains(cue: $0.firstCue) && context.contains(cue: $0.lastCue)
        })
      free = context.lastCue + 1
    }
    return outcome
  }

  /// The expression where it stands now; nil where it does not.
  private func reground(_ expression: Expression) -> Expression? {
    guard let first = expression.cueNumbers.min(), let last = expression.cueNumbers.max(),
      let place = mapping.cues(at: first...last)
    else { return nil }
    let near = Array(place.prefix(Self.reach))
    let candidate = Candidate(
      phrase: expression.phrase, dictionaryForm: expression.dictionaryForm, cueNumbers: near,
      partOfSpeech: expression.partOfSpeech, meaning: expression.meaning,
      examples: expression.examples, usefulness: expression.usefulness,
      details: expression.details)
    guard case .success(var found) = grounding.ground(candidate) else { return nil }
    found.score = expression.score
    return found
  }

  static let reach = 24

  private static func hull(of expressions: [Expression]) -> ClosedRange<Int> {
    let first = expressions.map(\.firstCue).min() ?? 1
    return first...max(first, expressions.map(\.lastCue).max() ?? first)
  }

  private static func ordered(_ expressions: [Expression]) -> [Expression] {
    expressions.enumerated().sorted {
      ($0.element.firstCue, $0.element.spans.first?.start ?? 0, $0.offset)
        < ($1.element.firstCue, $1.element.spans.first?.start ?? 0, $1.offset)
    }.map(\.element)
  }

  /// The exchange as it was, in whole sentences, as far as there is room; where it has become too long, the sentences
  /// of its expressions alone.
  private func context(
    of expressions: [Expression], formerly context: Context, in room: ClosedRange<Int>
  ) -> Context {
    let hull = Self.hull(of: expressions)
    let needed = Context(firstCue: hull.lowerBound, lastCue: hull.upperBound)
    let former = mapping.cues(at: context.firstCue...context.lastCue).map {
      Context(firstCue: $0.lowerBound, lastCue: $0.upperBound)
    }
    let sentences = { (cues: Context) in
      dialogue.sentences(holding: cues.firstCue...cues.lastCue)
    }
    let wishes = [
      former.map { sentences($0.union(needed)) }, former?.union(needed), sentences(needed),
    ]
    let fitting = wishes.compactMap { $0 }.lazy.map { wish in
      Context(
        firstCue: max(wish.firstCue, room.lowerBound), lastCue: min(wish.lastCue, room.upperBound))
    }.first { dialogue.length(of: $0) <= Dialogue.longest }
    return fitting ?? needed
  }
}
