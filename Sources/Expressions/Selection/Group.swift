import Subtitles

/// One context and its 1 to 3 expressions; what shares a context shares its clip.
package struct Group: Sendable, Hashable, Codable {
  package var context: Context
  package var start: MediaTime
  package var end: MediaTime
  /// In the order of time.
  package var expressions: [Expression]
  /// Expressions of the same context that are beyond the limit for one clip, or were found later.
  package var alsoHere: [Expression]

  /// Tells it from the others of its episode, for ever: no cue is in two groups.
  package var id: Int { context.firstCue }

  package init(
    context: Context, start: MediaTime, end: MediaTime, expressions: [Expression],
    alsoHere: [Expression]
  ) {
    self.context = context
    self.start = start
    self.end = end
    self.expressions = expressions
    self.alsoHere = alsoHere
  }
}

/// What grouping is bound by.
package struct GroupingLimits: Sendable, Hashable {
  /// Most groups of the episode.
  package var groups: Int
  package var expressionsPerGroup: Int
  package var contextMinimum: MediaTime
  package var contextMaximum: MediaTime
  /// Contexts that share more than this much of the shorter one become one where that fits, 0 to 1.
  package var mergeShare: Double

  package init(
    groups: Int, expressionsPerGroup: Int, contextMinimum: MediaTime, contextMaximum: MediaTime,
    mergeShare: Double = 0.3
  ) {
    self.groups = groups
    self.expressionsPerGroup = expressionsPerGroup
    self.contextMinimum = contextMinimum
    self.contextMaximum = contextMaximum
    self.mergeShare = mergeShare
  }
}
