import Subtitles

/// One context and its 1 to 3 expressions; what shares a context shares its clip.
package struct Group: Sendable, Hashable, Codable {
  /// Position in its episode, from 1, in the order of time.
  package var number: Int
  package var context: Context
  package var start: MediaTime
  package var end: MediaTime
  /// In the order of time.
  package var expressions: [Expression]
  /// Expressions of the same context that were beyond the limit for one clip.
  package var alsoHere: [Expression]

  package init(
    number: Int, context: Context, start: MediaTime, end: MediaTime, expressions: [Expression],
    alsoHere: [Expression]
  ) {
    self.number = number
    self.context = context
    self.start = start
    self.end = end
    self.expressions = expressions
    self.alsoHere = alsoHere
  }
}

/// What grouping is bound by.
package struct GroupingLimits: Sendable, Hashable {
  package var groups: Int
  package var expressionsPerGroup: Int
  package var contextMinimum: MediaTime
  package var contextMaximum: MediaTime

  package init(
    groups: Int, expressionsPerGroup: Int, contextMinimum: MediaTime, contextMaximum: MediaTime
  ) {
    self.groups = groups
    self.expressionsPerGroup = expressionsPerGroup
    self.contextMinimum = contextMinimum
    self.contextMaximum = contextMaximum
  }
}

/// Makes an episode's groups of its expressions.
///
/// No cue is in two groups, a phrase (by dictionary form) is in one group once, and the result depends on the
/// expressions alone, not on their order.
package struct Grouping: Sendable {
  private let transcript: Transcript
  private let limits: GroupingLimits
  private let builder: ContextBuilder

  package init(transcript: Transcript, limits: GroupingLimits) {
    self.transcript = transcript
    self.limits = limits
    builder = ContextBuilder(
      transcript: transcript, minimum: limits.contextMinimum, maximum: limits.contextMaximum)
  }

  package func groups(of expressions: [Expression]) -> [Group] {
    var drafts: [Draft] = []
    var waiting = Self.ranked(expressions)
    let slices = EpisodeSlices(transcript: transcript, groups: limits.groups)
    // The first round keeps to each slice's quota, so that the groups spread over the episode; the second takes
    // what is left wherever it lies.
    for keepsQuota in [true, false] {
      waiting = waiting.filter { expression in
        !place(expression, in: &drafts, quota: keepsQuota ? slices : nil)
      }
    }
    return finished(drafts)
  }

  /// A group while it may still grow.
  private struct Draft {
    var context: Context
    /// Best first.
    var expressions: [Expression]
  }

  /// Best first; ties by place and name.
  private static func ranked(_ expressions: [Expression]) -> [Expression] {
    expressions.sorted {
      ($1.usefulness, $0.firstCue, $0.dictionaryForm, $0.phrase)
        < ($0.usefulness, $1.firstCue, $1.dictionaryForm, $1.phrase)
    }
  }

  /// False when the expression may be tried again without the quota. A phrase is placed once; where one occurrence
  /// finds no place, another one may.
  private func place(
    _ expression: Expression, in drafts: inout [Draft], quota: EpisodeSlices?
  ) -> Bool {
    let form = expression.dictionaryForm.lowercased()
    let isPlaced = drafts.contains { draft in
      draft.expressions.contains { $0.dictionaryForm.lowercased() == form }
    }
    guard !isPlaced else { return true }
    let core = builder.core(of: expression)
    // Only a cue that is itself longer than any clip may be; there is no clip for it.
    guard builder.fits(core) else { return true }
    if let home = drafts.firstIndex(where: { $0.context.contains(core) }) {
      drafts[home].expressions.append(expression)
      return true
    }
    if let union = mergeable(core, drafts) {
      merge(expression, into: union, &drafts)
      return true
    }
    let taken = drafts.map(\.context)
    let isTaken = { (unit: Context) in taken.contains { $0.overlaps(unit) } }
    // Its sentence is in another clip that can't grow to hold it all: no cue is in two clips.
    guard !isTaken(core) else { return true }
    guard drafts.count < limits.groups else { return false }
    if let quota {
      let slice = quota.slice(of: core)
      let used = drafts.count { quota.slice(of: $0.context) == slice }
      guard used < quota.quota else { return false }
    }
    let context = builder.grown(from: core, isTaken: isTaken)
    drafts.append(Draft(context: context, expressions: [expression]))
    return true
  }

  /// The context that would hold `core` and every group that it touches or would meet when grown, if that fits.
  private func mergeable(_ core: Context, _ drafts: [Draft]) -> Context? {
    let grown = builder.grown(from: core) { _ in false }
    let touched = drafts.filter { $0.context.overlaps(grown) }
    guard !touched.isEmpty else { return nil }
    let union = touched.reduce(core) { $0.union($1.context) }
    let swallowed = drafts.filter { $0.context.overlaps(union) }
    let context = swallowed.reduce(union) { $0.union($1.context) }
    return builder.fits(context) ? context : nil
  }

  private func merge(_ expression: Expression, into context: Context, _ drafts: inout [Draft]) {
    let members = drafts.filter { $0.context.overlaps(context) }.flatMap(\.expressions)
    drafts.removeAll { $0.context.overlaps(context) }
    drafts.append(Draft(context: context, expressions: Self.ranked(members + [expression])))
  }

  private func finished(_ drafts: [Draft]) -> [Group] {
    let ordered = drafts.sorted { $0.context.firstCue < $1.context.firstCue }
    return ordered.enumerated().map { position, draft in
      let best = draft.expressions.prefix(limits.expressionsPerGroup)
      let byTime = { (left: Expression, right: Expression) in
        (left.firstCue, left.spans.first?.start ?? 0) < (
          right.firstCue, right.spans.first?.start ?? 0
        )
      }
      return Group(
        number: position + 1, context: draft.context, start: builder.start(of: draft.context),
        end: builder.end(of: draft.context), expressions: best.sorted(by: byTime),
        alsoHere: draft.expressions.dropFirst(limits.expressionsPerGroup).sorted(by: byTime))
    }
  }
}

/// Equal parts of an episode's time, each with its share of the groups.
private struct EpisodeSlices {
  private let starts: [MediaTime]
  private let cueStarts: [MediaTime]
  let quota: Int

  /// Slices hold about two groups each.
  init(transcript: Transcript, groups: Int) {
    let count = max(1, (groups + 1) / 2)
    quota = (groups + count - 1) / count
    let begin = transcript.cues.first?.start ?? .zero
    let length = (transcript.cues.last?.end ?? .zero) - begin
    starts = (0..<count).map {
      MediaTime(
        microseconds: begin.microseconds + length.microseconds * Int64($0) / Int64(count))
    }
    cueStarts = transcript.cues.map(\.start)
  }

  func slice(of context: Context) -> Int {
    let start = cueStarts[context.firstCue - 1]
    return (starts.lastIndex { $0 <= start }) ?? 0
  }
}
