import Expressions
import Subtitles
import Testing

/// Batches come back in any order, some never, and what was decided stays.
@Suite struct FinalityTests {
  /// Plays an episode whose batches of 20 cues come back one by one, and decides after each.
  private struct Play {
    let episode: RandomEpisode
    let grouping: Grouping
    let expressions: [Expression]
    var groups: [Group] = []
    var settled = 0
    /// Batches that came back with an answer, and those that count as in without one.
    var answered: Set<Int> = []
    var failed: Set<Int> = []
    var firstAfter: Int?

    static let cues = 20
    let batches: Int

    init(seed: Int) throws {
      episode = RandomEpisode(seed: seed)
      grouping = Grouping(
        dialogue: Dialogue(transcript: episode.transcript), limits: episode.limits)
      expressions = try grounded(episode.candidates, in: episode.transcript)
      batches = episode.transcript.cues.count / Self.cues
    }

    private func range(_ batch: Int) -> ClosedRange<Int> {
      (batch * Self.cues + 1)...((batch + 1) * Self.cues)
    }

    mutating func decide() {
      let out = (0..<batches).first { !answered.contains($0) && !failed.contains($0) }
      let outcome = grouping.settle(
        .init(
          expressions: expressions.filter { expression in
            answered.contains { range($0).contains(expression.firstCue) }
          },
          groups: groups, settledThrough: settled,
          inThrough: out.map { range($0).lowerBound - 1 } ?? batches * Self.cues,
          unanswered: (0..<batches).filter { !answered.contains($0) }.map(range)))
      let before = groups
      groups = (groups + outcome.added).sorted { $0.id < $1.id }
      for (id, expressions) in outcome.alsoHere {
        guard let place = groups.firstIndex(where: { $0.id == id }) else { continue }
        groups[place].alsoHere += expressions
      }
      settled = outcome.settledThrough
      #expect(
        before.allSatisfy { old in
          groups.contains { $0.context == old.context && $0.expressions == old.expressions }
        })
      if !groups.isEmpty, firstAfter == nil { firstAfter = answered.count + failed.count }
    }
  }

  @Test(arguments: 0..<60)
  func theOrderOfBatchesDoesNotCount(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var inOrder = try Play(seed: seed)
    var shuffled = inOrder
    for batch in 0..<inOrder.batches {
      inOrder.answered.insert(batch)
      inOrder.decide()
    }
    for batch in (0..<shuffled.batches).shuffled(using: &generator) {
      shuffled.answered.insert(batch)
      shuffled.decide()
    }
    #expect(inOrder.groups == shuffled.groups)
    expectPromises(
      inOrder.groups, in: inOrder.episode.transcript, inOrder.episode.limits, "seed \(seed)")
  }

  @Test(arguments: 0..<60)
  func whatALateBatchGivesIsOnlyAdded(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var play = try Play(seed: seed)
    let late = Set((0..<play.batches).shuffled(using: &generator).prefix(3))
    for batch in (0..<play.batches).shuffled(using: &generator) {
      if late.contains(batch) { play.failed.insert(batch) } else { play.answered.insert(batch) }
      play.decide()
    }
    expectPromises(play.groups, in: play.episode.transcript, play.episode.limits, "before")
    let before = play.groups.count
    for batch in late.sorted() {
      play.failed.remove(batch)
      play.answered.insert(batch)
      play.decide()
    }
    expectPromises(play.groups, in: play.episode.transcript, play.episode.limits, "seed \(seed)")
    #expect(play.groups.count >= before)
    #expect(play.groups.count <= play.episode.limits.groups)
  }

  @Test func theFirstClipsAreFinalLongBeforeTheLastBatch() throws {
    let transcript = dialogue(
      (1...160).flatMap { ["Line number\($0) is spoken.", nil] as [String?] })
    let plan = SlicePlan(dialogue: Dialogue(transcript: transcript), clips: 12)
    #expect(plan.slices.count == 6)
    #expect(plan.slices.map(\.share) == [2, 2, 2, 2, 2, 2])
    #expect(plan.finalCount(inThrough: 20) == 0)
    #expect(plan.finalCount(inThrough: 40) == 1)
    #expect(plan.finalCount(inThrough: 159) == 5)
    #expect(plan.finalCount(inThrough: 160) == 6)
  }

  @Test(arguments: 1...40)
  func slicesCoverEveryCueOnce(clips: Int) {
    for seed in 0..<20 {
      let transcript = RandomEpisode(seed: seed).transcript
      let dialogue = Dialogue(transcript: transcript)
      let slices = SlicePlan(dialogue: dialogue, clips: clips).slices
      #expect(slices.first?.firstCue == 1)
      #expect(slices.last?.lastCue == transcript.cues.count)
      #expect(zip(slices, slices.dropFirst()).allSatisfy { $0.lastCue + 1 == $1.firstCue })
      #expect(slices.map(\.share).reduce(0, +) == clips)
      #expect(
        slices.allSatisfy { slice in dialogue.sentences.contains { $0.lastCue == slice.lastCue } })
    }
  }

  @Test func theShareOfAFailedBatchIsKeptForIt() throws {
    let transcript = dialogue(
      (1...120).flatMap { ["Line number\($0) is spoken.", nil] as [String?] })
    let grouping = Grouping(dialogue: Dialogue(transcript: transcript), limits: usualLimits)
    let expressions = try grounded(
      (1...120).map { candidate("number\($0)", cues: [$0]) }, in: transcript)
    let first = grouping.settle(
      .init(
        expressions: expressions.filter { $0.firstCue > 20 }, groups: [], settledThrough: 0,
        inThrough: 120, unanswered: [1...20]))
    #expect(first.added.count == 10, "two are kept for the cues without an answer")
    let second = grouping.settle(
      .init(
        expressions: expressions, groups: first.added, settledThrough: first.settledThrough,
        inThrough: 120, unanswered: []))
    #expect(second.added.count == 2)
    #expect(second.added.allSatisfy { $0.context.firstCue <= 20 })
  }
}
