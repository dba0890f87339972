import Expressions
import Subtitles
import Testing

/// The limits of most tests: twelve clips of 6 to 20 s.
let usualLimits = GroupingLimits(
  groups: 12, expressionsPerGroup: 3, contextMinimum: .seconds(6), contextMaximum: .seconds(20))

func grounded(_ candidates: [Candidate], in transcript: Transcript) throws -> [Expression] {
  let grounding = Grounding(transcript: transcript)
  return try candidates.map { try grounding.ground($0).get() }
}

/// All that is chosen when everything is in at once.
func outcome(
  _ candidates: [Candidate], in transcript: Transcript, limits: GroupingLimits = usualLimits,
  learner: Learner = Learner()
) throws -> Grouping.Outcome {
  Grouping(dialogue: Dialogue(transcript: transcript), limits: limits, learner: learner).settle(
    .init(
      expressions: try grounded(candidates, in: transcript), groups: [], settledThrough: 0,
      inThrough: transcript.cues.count, unanswered: []))
}

func groups(
  _ candidates: [Candidate], in transcript: Transcript, limits: GroupingLimits = usualLimits
) throws -> [Group] {
  try outcome(candidates, in: transcript, limits: limits).added
}

/// A random episode: sentences of one to three cues, questions, pauses, and candidates all over it.
struct RandomEpisode {
  let transcript: Transcript
  let candidates: [Candidate]
  let limits: GroupingLimits

  init(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let lines: [String?] = (1...160).flatMap { number -> [String?] in
      let end = [".", "?", "", " and", "!", "…"].randomElement(using: &generator) ?? "."
      let dash = Int.random(in: 0..<7, using: &generator) == 0 ? "- " : ""
      let line = "\(dash)Alpha\(number) beta\(number) gamma\(number % 40)\(end)"
      return Int.random(in: 0..<6, using: &generator) == 0 ? [line, nil] : [line]
    }
    transcript = dialogue(lines)
    candidates = (0..<120).map { _ in
      let cue = Int.random(in: 1...160, using: &generator)
      let word = ["alpha\(cue)", "beta\(cue)", "gamma\(cue % 40)"].randomElement(using: &generator)
      return candidate(
        word ?? "", cues: [cue], usefulness: Double(Int.random(in: 0...10, using: &generator)) / 10)
    }
    limits = GroupingLimits(
      groups: Int.random(in: 1...20, using: &generator), expressionsPerGroup: 3,
      contextMinimum: .seconds(Double.random(in: 1...8, using: &generator)),
      contextMaximum: .seconds(Double.random(in: 9...30, using: &generator)),
      mergeShare: Double.random(in: 0...1, using: &generator))
  }
}

/// What holds of groups whatever they were made of.
func expectPromises(
  _ groups: [Group], in transcript: Transcript, _ limits: GroupingLimits, _ comment: Comment,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let dialogue = Dialogue(transcript: transcript)
  let starts = Set(dialogue.sentences.map(\.firstCue))
  let ends = Set(dialogue.sentences.map(\.lastCue))
  var forms: Set<PhraseKey> = []
  for (group, next) in zip(groups, groups.dropFirst().map(Optional.some) + [nil]) {
    let context = group.context
    #expect(
      next.map { context.lastCue < $0.context.firstCue } ?? true,
      "order, and no cue twice; \(comment)",
      sourceLocation: sourceLocation)
    #expect(
      starts.contains(context.firstCue) && ends.contains(context.lastCue),
      "whole sentences; \(comment)",
      sourceLocation: sourceLocation)
    #expect(
      dialogue.length(of: context) <= Dialogue.longest, "length; \(comment)",
      sourceLocation: sourceLocation)
    if dialogue.length(of: context) > limits.contextMaximum {
      #expect(
        dialogue.sentences.contains(context), "only one sentence may be longer; \(comment)",
        sourceLocation: sourceLocation)
    }
    #expect(
      (1...limits.expressionsPerGroup).contains(group.expressions.count), "how many; \(comment)",
      sourceLocation: sourceLocation)
    for expression in group.expressions + group.alsoHere {
      #expect(
        context.contains(cue: expression.firstCue) && context.contains(cue: expression.lastCue),
        "inside; \(comment)", sourceLocation: sourceLocation)
      #expect(
        forms.insert(PhraseKey(expression.dictionaryForm)).inserted, "once an episode; \(comment)",
        sourceLocation: sourceLocation)
    }
  }
}
