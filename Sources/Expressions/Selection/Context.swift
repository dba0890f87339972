/// The cues of the exchange around an expression: whole sentences, from `firstCue` to `lastCue`.
package struct Context: Sendable, Hashable, Codable {
  package var firstCue: Int
  package var lastCue: Int

  package init(firstCue: Int, lastCue: Int) {
    self.firstCue = firstCue
    self.lastCue = lastCue
  }

  package func overlaps(_ other: Context) -> Bool {
    firstCue <= other.lastCue && other.firstCue <= lastCue
  }

  package func contains(_ other: Context) -> Bool {
    firstCue <= other.firstCue && other.lastCue <= lastCue
  }

  package func contains(cue: Int) -> Bool { firstCue <= cue && cue <= lastCue }

  package func union(_ other: Context) -> Context {
    Context(
      firstCue: min(firstCue, other.firstCue), lastCue: max(lastCue, other.lastCue))
  }
}
