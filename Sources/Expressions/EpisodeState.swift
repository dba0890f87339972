/// What happens to an episode next. The raw values are what `status`, the store and the log show.
package enum EpisodeState: String, Sendable, Codable, CaseIterable {
  /// Backlog that the policy did not take, or what is in another language than the one to be learned.
  case leftAlone = "left_alone"
  /// Backlog that was taken and has not settled yet.
  case settling
  /// To be opened: container, streams, fingerprint.
  case probing
  /// To have its cues read.
  case transcribing
  case needsSubtitles = "needs_subtitles"
  case needsProvider = "needs_provider"
  /// Its batches are with the extractor.
  case extracting
  /// Its candidates are to be grounded and grouped.
  case grouping
  /// Its clips are to be cut and published.
  case cutting
  case done
  case failed

  /// States with a step that the conveyor takes by itself.
  package static let working: [EpisodeState] = [
    .probing, .transcribing, .extracting, .grouping, .cutting,
  ]

  package var isWorking: Bool { Self.working.contains(self) }
}

/// What may happen to an episode.
package enum EpisodeEvent: Sendable, Hashable {
  /// A settled file, or a person, asks for it.
  case taken
  case probed
  case subtitlesMissing
  case providerMissing
  case transcribed
  /// What was published of it before is taken over whole.
  case adopted
  case extracted
  case grouped
  case published
  case failed
  /// Subtitles have come to lie beside it.
  case subtitlesArrived
  /// Subtitles beside it have come or changed after others of it were read.
  case subtitlesChanged
  /// All that can be heard in it is in other languages than the one to be learned.
  case otherLanguage
  /// Of what was published, some is to be cut anew: for other subtitles, or for a clip that was put back.
  case resubtitled
  /// A person asks for another try.
  case retried
  /// A person asks for it, and its clips are not where they were published.
  case clipsMissing
  /// A person asks for it, and it was done without a clip.
  case askedAgain
  /// A person asks for it to be extracted anew, under the present settings.
  case reasked
  /// A person asks for another try at the batches that failed.
  case batchesReopened
  /// The file was still growing, or is another one now, before it was ever identified.
  case changed
}

extension EpisodeState {
  /// The state after an event, or nil when the event means nothing in this state.
  package func after(_ event: EpisodeEvent) -> EpisodeState? {
    switch (self, event) {
    case (.leftAlone, .taken), (.settling, .taken): .probing
    case (.probing, .probed): .transcribing
    case (.transcribing, .subtitlesMissing): .needsSubtitles
    case (.transcribing, .providerMissing): .needsProvider
    case (.transcribing, .transcribed): .extracting
    case (.transcribing, .adopted): .done
    case (.extracting, .extracted): .grouping
    case (.grouping, .grouped): .cutting
    case (.cutting, .published): .done
    case (let state, .failed) where state.isWorking: .failed
    case (.needsSubtitles, .subtitlesArrived): .transcribing
    case (.extracting, .subtitlesChanged), (.grouping, .subtitlesChanged),
      (.cutting, .subtitlesChanged):
      .transcribing
    case (.transcribing, .otherLanguage): .leftAlone
    case (.done, .resubtitled), (.cutting, .resubtitled): .cutting
    case (.needsSubtitles, .retried), (.needsProvider, .retried): .transcribing
    case (.failed, .retried), (.failed, .changed): .probing
    case (.done, .clipsMissing): .cutting
    case (.done, .askedAgain): .transcribing
    case (.done, .reasked), (.failed, .reasked), (.needsProvider, .reasked): .transcribing
    case (.done, .batchesReopened): .extracting
    default: nil
    }
  }
}
