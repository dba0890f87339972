import Subtitles

/// Grows contexts from the cues; nothing of them is taken on an extractor's word.
///
/// Where its rules collide, this is their order: whole sentences, maximum length, minimum length. A sentence that is
/// longer than the maximum stays whole up to `Dialogue.longest`.
package struct ContextBuilder: Sendable {
  package let dialogue: Dialogue
  private let minimum: MediaTime
  private let maximum: MediaTime

  package init(dialogue: Dialogue, minimum: MediaTime, maximum: MediaTime) {
    self.dialogue = dialogue
    self.minimum = minimum
    self.maximum = min(maximum, Dialogue.longest)
  }

  package func fits(_ context: Context) -> Bool { dialogue.length(of: context) <= maximum }

  /// The whole sentences that hold an expression; nil when they are longer than any clip may be.
  package func core(of expression: Expression) -> Context? {
    let core = dialogue.sentences(holding: expression.firstCue...expression.lastCue)
    return dialogue.length(of: core) <= Dialogue.longest ? core : nil
  }

  /// Grows a core to the exchange: an answer comes with its question, and then whole sentences, the one before first,
  /// until the minimum length is reached. A silence, the maximum, and a sentence that is not free end it.
  package func grown(from core: Context, isFree: (Context) -> Bool) -> Context {
    var context = core
    if dialogue.asks(context) {
      add(dialogue.sentence(after: context), to: &context, isFree)
    }
    if let before = dialogue.sentence(before: context), dialogue.asks(before) {
      add(before, to: &context, isFree)
    }
    var growsBack = true
    var growsOn = true
    while dialogue.length(of: context) < minimum, growsBack || growsOn {
      if growsBack { growsBack = add(dialogue.sentence(before: context), to: &context, isFree) }
      if growsOn, dialogue.length(of: context) < minimum {
        growsOn = add(dialogue.sentence(after: context), to: &context, isFree)
      }
    }
    return context
  }

  @discardableResult
  private func add(
    _ sentence: Context?, to context: inout Context, _ isFree: (Context) -> Bool
  ) -> Bool {
    guard let sentence, isFree(sentence), fits(context.union(sentence)) else { return false }
    context = context.union(sentence)
    return true
  }
}
