/// Whom the expressions are chosen for.
package struct Learner: Sendable {
  package var levels: LevelRange
  /// Phrases that are known; never chosen.
  package var known: Set<PhraseKey>
  /// Phrases that other episodes of the series gave a short while ago; not chosen again.
  package var given: Set<PhraseKey>

  package init(
    levels: LevelRange = LevelRange(.b1, .b2), known: Set<PhraseKey> = [],
    given: Set<PhraseKey> = []
  ) {
    self.levels = levels
    self.known = known
    self.given = given
  }
}
