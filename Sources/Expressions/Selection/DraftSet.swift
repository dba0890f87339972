import Subtitles

/// Groups in the making, beside those that are decided.
///
/// While expressions are placed a draft holds only the sentences of its expressions; contexts grow when all are
/// placed, so that no filling takes the lines that another expression needs.
struct DraftSet {
  enum Placement: Equatable {
    case opened
    case joined
    case refused(Verdict.Fate, context: Int?)
  }

  private struct Draft {
    /// The sentences of its expressions and what lies between them.
    var hull: Context
    /// What it would grow to if it were alone.
    var ideal: Context
    var members: [Expression]
  }

  private let builder: ContextBuilder
  private let limits: GroupingLimits
  private let fixed: [Group]
  private let range: ClosedRange<Int>
  private let quota: Int
  private var drafts: [Draft] = []
  /// Where each phrase is.
  private var places: [PhraseKey: Int] = [:]
  private var outranked: [Expression] = []
  /// What lies in groups that are decided, by their `id`.
  private(set) var alsoHere: [Int: [Expression]] = [:]

  init(
    builder: ContextBuilder, limits: GroupingLimits, fixed: [Group], range: ClosedRange<Int>,
    quota: Int
  ) {
    self.builder = builder
    self.limits = limits
    self.fixed = fixed
    self.range = range
    self.quota = quota
    for group in fixed {
      for expression in group.expressions + group.alsoHere {
        places[PhraseKey(expression.dictionaryForm)] = group.id
      }
    }
  }

  /// Whether another draft may be opened.
  var isOpen: Bool { drafts.count < quota }

  /// Whether an expression with this core would share a draft that is there.
  func shares(_ core: Context) -> Bool {
    drafts.contains { $0.hull.contains(core) } || mergeable(core) != nil
  }

  /// To the nearest group or draft; nil when there is none.
  func distance(from core: Context) -> MediaTime? {
    (fixed.map(\.context) + drafts.map(\.hull)).map { other in
      other.firstCue > core.lastCue
        ? builder.dialogue.start(of: other) - builder.dialogue.end(of: core)
        : builder.dialogue.start(of: core) - builder.dialogue.end(of: other)
    }.min()
  }

  mutating func place(_ expression: Expression, core: Context) -> Placement {
    let key = PhraseKey(expression.dictionaryForm)
    if let place = places[key] { return .refused(.repeated, context: place) }
    if let home = fixed.first(where: { $0.context.overlaps(core) }) {
      guard home.context.contains(core) else {
        return .refused(.linesTaken, context: home.id)
      }
      alsoHere[home.id, default: []].append(expression)
      places[key] = home.id
      return .joined
    }
    if let (hull, touched) = mergeable(core) {
      let members = touched.flatMap { drafts[$0].members }
      for index in touched.reversed() { drafts.remove(at: index) }
      add(Draft(hull: hull, ideal: ideal(of: hull), members: members + [expression]), key)
      return .joined
    }
    if let other = drafts.first(where: { $0.hull.overlaps(core) }) {
      return .refused(.linesTaken, context: other.hull.firstCue)
    }
    guard isOpen else {
      outranked.append(expression)
      return .refused(.outranked, context: nil)
    }
    add(Draft(hull: core, ideal: ideal(of: core), members: [expression]), key)
    return .opened
  }

  /// The groups, in the order of time, each grown as far as the others leave room; what was outranked and lies in one
  /// shares it.
  func finished() -> [Group] {
    let ordered = drafts.sorted { $0.hull.firstCue < $1.hull.firstCue }
    var taken = fixed.map(\.context) + ordered.map(\.hull)
    var groups: [Group] = []
    var placed = Set(places.keys)
    for (index, draft) in ordered.enumerated() {
      let context = builder.grown(from: draft.hull) { sentence in
        isInRange(sentence) && !taken.contains { $0.overlaps(sentence) }
      }
      taken[fixed.count + index] = context
      let guests = outranked.filter {
        context.contains(cue: $0.firstCue) && context.contains(cue: $0.lastCue)
          && placed.insert(PhraseKey($0.dictionaryForm)).inserted
      }
      groups.append(group(context, draft.members + guests))
    }
    return groups
  }

  // MARK: - Parts

  private mutating func add(_ draft: Draft, _ key: PhraseKey) {
    drafts.append(draft)
    places[key] = draft.hull.firstCue
  }

  private func isInRange(_ sentence: Context) -> Bool {
    range.contains(sentence.firstCue) && range.contains(sentence.lastCue)
  }

  private func ideal(of hull: Context) -> Context {
    builder.grown(from: hull) { sentence in
      isInRange(sentence) && !fixed.contains { $0.context.overlaps(sentence) }
    }
  }

  /// The hull of a core and of every draft that it should be one with, and which those are, if that fits.
  private func mergeable(_ core: Context) -> (hull: Context, touched: [Int])? {
    let own = ideal(of: core)
    var hull = core
    var touched = drafts.indices.filter { index in
      drafts[index].hull.overlaps(core) || sharesEnough(drafts[index].ideal, own)
    }
    guard !touched.isEmpty else { return nil }
    hull = touched.reduce(hull) { $0.union(drafts[$1].hull) }
    // What lies between them comes along.
    touched = drafts.indices.filter { touched.contains($0) || drafts[$0].hull.overlaps(hull) }
    hull = touched.reduce(hull) { $0.union(drafts[$1].hull) }
    let isFree = !fixed.contains { $0.context.overlaps(hull) }
    // A sentence beyond the maximum that is there already may be joined, not grown.
    let isThere = touched.contains { drafts[$0].hull == hull }
    return isFree && (isThere || builder.fits(hull)) ? (hull, touched) : nil
  }

  private func sharesEnough(_ left: Context, _ right: Context) -> Bool {
    guard left.overlaps(right) else { return false }
    let common = Context(
      firstCue: max(left.firstCue, right.firstCue), lastCue: min(left.lastCue, right.lastCue))
    let shorter = min(builder.dialogue.length(of: left), builder.dialogue.length(of: right))
    return builder.dialogue.length(of: common).seconds > limits.mergeShare * shorter.seconds
  }

  private func group(_ context: Context, _ members: [Expression]) -> Group {
    let ranked = members.sorted { left, right in
      let scores = (left.score?.total ?? 0, right.score?.total ?? 0)
      return (scores.1, left.firstCue, left.dictionaryForm, left.phrase)
        < (scores.0, right.firstCue, right.dictionaryForm, right.phrase)
    }
    let byTime = { (left: Expression, right: Expression) in
      (left.firstCue, left.spans.first?.start ?? 0, left.phrase)
        < (right.firstCue, right.spans.first?.start ?? 0, right.phrase)
    }
    return Group(
      context: context, start: builder.dialogue.start(of: context),
      end: builder.dialogue.end(of: context),
      expressions: ranked.prefix(limits.expressionsPerGroup).sorted(by: byTime),
      alsoHere: ranked.dropFirst(limits.expressionsPerGroup).sorted(by: byTime))
  }
}
