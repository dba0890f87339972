import SystemPackage

/// Who finds the expressions, and how episodes are cut into batches for them.
package struct ExtractionSettings: Sendable, Equatable {
  /// Tried in this order; none means the lexicon alone.
  package var providers: [ProviderSettings]
  /// Whether the lexicon is asked when no provider can be.
  package var fallsBackToLexicon: Bool
  package var lexicon: LexiconSettings
  /// Cues before a batch that are sent along as context only.
  package var leadInCues: Int
  /// Other clips wait no longer than this for a batch whose provider can't be asked.
  package var lateAfter: Duration

  package init(
    providers: [ProviderSettings] = [], fallsBackToLexicon: Bool = false,
    lexicon: LexiconSettings = .init(), leadInCues: Int = 4, lateAfter: Duration = .seconds(600)
  ) {
    self.providers = providers
    self.fallsBackToLexicon = fallsBackToLexicon
    self.lexicon = lexicon
    self.leadInCues = leadInCues
    self.lateAfter = lateAfter
  }
}

package struct LexiconSettings: Sendable, Equatable {
  /// Folder of WordNet's `index.*`, `data.*` and `*.exc` files, and `cntlist.rev`.
  package var folder: FilePath
  /// Batches in flight at once, over all episodes.
  package var limit: Int
  package var batchCues: Int
  /// Clips for 45 minutes of an episode; fewer than of a provider, for the lexicon knows no context.
  package var clips: Int

  package init(
    folder: FilePath = "/usr/share/wordnet", limit: Int = 4, batchCues: Int = 80, clips: Int = 6
  ) {
    self.folder = folder
    self.limit = limit
    self.batchCues = batchCues
    self.clips = clips
  }
}
