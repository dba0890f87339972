import Subtitles

extension Grouping {
  /// What is decided so far.
  struct Choice {
    var groups: [Group]
    var added: [Group] = []
    var alsoHere: [Int: [Expression]] = [:]
    var verdicts: [Verdict.Identity: Verdict] = [:]

    init(groups: [Group]) { self.groups = groups }

    mutating func note(
      _ expression: Expression, _ score: Score, _ fate: Verdict.Fate, context: Int? = nil
    ) {
      let verdict = Verdict(expression, score, fate, context: context)
      verdicts[verdict.identity] = verdict
    }
  }

  /// An expression that waits to be placed.
  private struct Waiting {
    var expression: Expression
    var core: Context
    var score: Score
  }

  /// Chooses among expressions, the best first, and adds at most `quota` groups that grow within `range`.
  func choose(
    _ expressions: [Expression], growingIn range: ClosedRange<Int>, quota: Int,
    _ choice: inout Choice
  ) {
    var drafts = DraftSet(
      builder: builder, limits: limits, fixed: choice.groups, range: range, quota: quota)
    var waiting = eligible(expressions, drafts, &choice)
    while drafts.isOpen,
      let best = waiting.indices.max(by: { Self.precedes(waiting[$1], waiting[$0]) })
    {
      let next = waiting.remove(at: best)
      if place(next, in: &drafts, &choice) == .opened {
        for index in waiting.indices { spread(&waiting[index], drafts) }
      }
    }
    // What is left can open nothing, so its spread changes no more.
    for next in waiting.sorted(by: Self.precedes) { _ = place(next, in: &drafts, &choice) }
    for (id, members) in drafts.alsoHere {
      choice.alsoHere[id, default: []] += members
      for member in members { note(member, .alsoHere, id, &choice) }
    }
    for group in drafts.finished() {
      for member in group.expressions { note(member, .chosen, group.id, &choice) }
      for member in group.alsoHere { note(member, .alsoHere, group.id, &choice) }
      choice.groups.append(group)
      choice.added.append(group)
    }
  }

  private func place(
    _ waiting: Waiting, in drafts: inout DraftSet, _ choice: inout Choice
  ) -> DraftSet.Placement {
    var expression = waiting.expression
    expression.score = waiting.score
    let placement = drafts.place(expression, core: waiting.core)
    if case .refused(let fate, let context) = placement {
      choice.note(expression, waiting.score, fate, context: context)
    }
    return placement
  }

  private func note(
    _ expression: Expression, _ fate: Verdict.Fate, _ context: Int, _ choice: inout Choice
  ) {
    guard let score = expression.score else { return }
    choice.note(expression, score, fate, context: context)
  }

  /// The expressions that may be chosen; what became of the others is noted.
  private func eligible(
    _ expressions: [Expression], _ drafts: DraftSet, _ choice: inout Choice
  ) -> [Waiting] {
    let present = Set(
      choice.groups.flatMap { $0.expressions + $0.alsoHere }.map(Verdict.Identity.init))
    var seen: [Verdict.Identity: Int] = [:]
    var waiting: [Waiting] = []
    for expression in expressions {
      let identity = Verdict.Identity(expression)
      guard !present.contains(identity) else { continue }
      let key = identity.key
      let isKnown = learner.known.contains(key)
      let isGiven = learner.given.contains(key)
      let score = Score(
        usefulness: expression.usefulness,
        levelFit: learner.levels.fit(of: expression.details?.level),
        rarity: frequency.rarity(of: expression.dictionaryForm), spread: 1,
        novelty: isKnown || isGiven ? 0 : 1)
      guard !isKnown, !isGiven else {
        choice.note(expression, score, isKnown ? .known : .givenBefore)
        continue
      }
      guard let core = builder.core(of: expression) else {
        choice.note(expression, score, .sentenceTooLong)
        continue
      }
      var entry = Waiting(expression: expression, core: core, score: score)
      spread(&entry, drafts)
      // Twice the same phrase in the same place is one, whoever named it twice.
      if let other = seen[identity] {
        if Self.precedes(entry, waiting[other]) { waiting[other] = entry }
        continue
      }
      seen[identity] = waiting.count
      waiting.append(entry)
    }
    return waiting
  }

  /// The part of the score that depends on what is chosen already; sharing a clip costs no place.
  private func spread(_ entry: inout Waiting, _ drafts: DraftSet) {
    guard !drafts.shares(entry.core), let distance = drafts.distance(from: entry.core) else {
      entry.score.spread = 1
      return
    }
    entry.score.spread = min(1, max(0, distance.seconds / max(1, spacing.seconds)))
  }

  /// Between two clips, if they were spread evenly.
  private var spacing: MediaTime {
    guard let first = builder.dialogue.sentences.first, let last = builder.dialogue.sentences.last
    else { return .zero }
    let length = builder.dialogue.end(of: last) - builder.dialogue.start(of: first)
    return MediaTime(microseconds: length.microseconds / Int64(max(1, limits.groups)))
  }

  /// The better one first; ties by place and name, never by the order of arrival.
  private static func precedes(_ left: Waiting, _ right: Waiting) -> Bool {
    (
      right.score.total, left.expression.firstCue, left.expression.dictionaryForm,
      left.expression.phrase
    )
      < (
        left.score.total, right.expression.firstCue, right.expression.dictionaryForm,
        right.expression.phrase
      )
  }
}

extension Verdict.Identity {
  init(_ expression: Expression) {
    self.init(key: PhraseKey(expression.dictionaryForm), firstCue: expression.firstCue)
  }
}
