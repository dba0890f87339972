import Subtitles

/// Makes an episode's groups of its expressions, slice by slice. Pure.
///
/// No cue is in two groups; a phrase, by dictionary form, is in one group once. A slice that is final is decided by the
/// dialogue and the expressions of it and of those before it, so that neither the order in which batches came back
/// nor a later one changes what was decided. What comes late is added where there is room.
package struct Grouping: Sendable {
  /// What is known of an episode by now.
  package struct Input: Sendable {
    /// Of every batch that was answered.
    package var expressions: [Expression]
    /// What was decided before; kept as it is.
    package var groups: [Group]
    /// The slices up to this cue are decided; 0 for none.
    package var settledThrough: Int
    /// Every cue up to this one is in: answered, failed, or late.
    package var inThrough: Int
    /// Cues that are in without an answer; their slices keep their shares for it.
    package var unanswered: [ClosedRange<Int>]

    package init(
      expressions: [Expression], groups: [Group], settledThrough: Int, inThrough: Int,
      unanswered: [ClosedRange<Int>]
    ) {
      self.expressions = expressions
      self.groups = groups
      self.settledThrough = settledThrough
      self.inThrough = inThrough
      self.unanswered = unanswered
    }
  }

  package struct Outcome: Sendable, Hashable {
    /// In the order of time; none overlaps another, or one that was there.
    package var added: [Group]
    /// What was found for groups that were there, by their `id`.
    package var alsoHere: [Int: [Expression]]
    package var settledThrough: Int
    /// Of every expression that was considered now.
    package var verdicts: [Verdict]

    package init(
      added: [Group], alsoHere: [Int: [Expression]], settledThrough: Int, verdicts: [Verdict]
    ) {
      self.added = added
      self.alsoHere = alsoHere
      self.settledThrough = settledThrough
      self.verdicts = verdicts
    }
  }

  package let plan: SlicePlan
  let builder: ContextBuilder
  let limits: GroupingLimits
  let learner: Learner
  let frequency: SpeechFrequency

  package init(
    dialogue: Dialogue, limits: GroupingLimits, learner: Learner = Learner(),
    frequency: SpeechFrequency = SpeechFrequency([])
  ) {
    plan = SlicePlan(dialogue: dialogue, clips: limits.groups)
    builder = ContextBuilder(
      dialogue: dialogue, minimum: limits.contextMinimum, maximum: limits.contextMaximum)
    self.limits = limits
    self.learner = learner
    self.frequency = frequency
  }

  /// Decides the slices that have become final, and when all are, fills what they left of the episode's clips.
  package func settle(_ input: Input) -> Outcome {
    var choice = Choice(groups: input.groups)
    var settled = input.settledThrough
    let final = plan.finalCount(inThrough: input.inThrough)
    for (index, slice) in plan.slices.prefix(final).enumerated() where slice.lastCue > settled {
      let range = max(slice.firstCue, settled + 1)...slice.lastCue
      let due = quota(through: index, choice.groups, input.unanswered)
      let used = choice.groups.count { plan.index(ofCue: $0.context.firstCue) <= index }
      choose(
        input.expressions.filter { range.contains($0.firstCue) }, growingIn: range,
        quota: due - used, &choice)
      settled = slice.lastCue
    }
    if let last = plan.slices.indices.last, final == plan.slices.count {
      let due = quota(through: last, choice.groups, input.unanswered, reservesLast: true)
      choose(
        input.expressions, growingIn: 1...max(1, plan.slices[last].lastCue),
        quota: due - choice.groups.count, &choice)
    }
    let added = choice.added.sorted { $0.id < $1.id }.map { group in
      var group = group
      group.alsoHere += choice.alsoHere.removeValue(forKey: group.id) ?? []
      return group
    }
    return Outcome(
      added: added, alsoHere: choice.alsoHere,
      settledThrough: settled,
      verdicts: choice.verdicts.values.sorted {
        ($0.firstCue, $0.dictionaryForm, $0.phrase) < ($1.firstCue, $1.dictionaryForm, $1.phrase)
      })
  }

  /// How many groups there may be from the first slice to this one. What a slice leaves goes to those after it, but
  /// one that lacks an answer keeps what it has left.
  private func quota(
    through index: Int, _ groups: [Group], _ unanswered: [ClosedRange<Int>],
    reservesLast: Bool = false
  ) -> Int {
    plan.slices[...index].enumerated().reduce(0) { sum, entry in
      let (position, slice) = entry
      let isAnswered = !unanswered.contains {
        $0.overlaps(slice.firstCue...slice.lastCue)
      }
      if isAnswered || (position == index && !reservesLast) { return sum + slice.share }
      let used = groups.count { plan.index(ofCue: $0.context.firstCue) == position }
      return sum + min(slice.share, used)
    }
  }
}
