/// What a person would search the journal for. The raw value is the event's MESSAGE_ID; systemd/langflix.catalog explains
/// each.
///
/// An event is told by its message, which is constant: its variables are fields.
package enum EventKind: String, Sendable, CaseIterable {
  case ready = "3c374872eecb44529523e35ba0165994"
  case stopping = "93268c3ae563405bb89a593839ac3592"
  case stopped = "722a0a7a624e4fed9e71673a4130ea51"
  case daemonEnded = "3bab65a0c09c4eab91132f55c57395a3"
  case reloaded = "53e373f637c1419183e9bcb19d417f32"
  case reloadRefused = "a87947cf08ca423ea2c1e0cd4d0f88e9"
  case stageStuck = "5e75d2a90a4e45ac9a56d90008d22ae8"
  case libraryWatched = "a8322da28f244276b893289b6e8beaec"
  case libraryTrouble = "59cf4813b4494ef2bfc4e08f5f147899"
  case firstScan = "1f30f55fb75042338f2ff26663925fe1"
  case episodeFound = "08f6f61324b240f19cc9edc36f549f04"
  case episodeGone = "149f1439cbe344189f350aa3e6c3a5ae"
  case subtitlesFound = "a21e8456b4f64e498e3ae683da00de6a"
  case subtitlesLeftOut = "4bc83b412522417389d477b8d6c33b26"
  case needsSubtitles = "e303d3a4c5a14bf8aed3e661e8995736"
  case needsProvider = "a914cccf7b7d44c19bc6587cf49c621f"
  case episodeSkipped = "758b2902dbd1448abca0c26d344f500f"
  case noClips = "11e49dd6a30e4b678c5831731cdbe0a9"
  case clipsPublished = "7ff87385ead6422d8d9de6dd05f139c0"
  case clipReencoded = "2a6f8ccda30840ad9b2883f62d83c888"
  case clipFailed = "810baea99d244f9eb8c0ef1f4f572e4f"
  case stepPostponed = "7c5ea5de5e124cd28c52793985de8a04"
  case stepCutShort = "40d2da6fd34f40d8b52483b41c7772fc"
  case episodeFailed = "a88613df5ed542059b773e41b768df91"
  case batchFailed = "78205c5438d24cf988935718c641fe0a"
  case providerClosed = "8fe70f39c62d4dd289f8c4a0e8a237ed"
  case providerOpen = "cf5d60c1f87f4270bcae14af7ec0c2ce"
  case notTold = "4e63c0217e814fa880be9e33ea4e0be0"
  case toldAgain = "addd9acd8f3847079e19bff9303ee377"
  case storeTrouble = "bb98bd28528d4d87abc359e78194e132"

  /// The messages that tell it.
  package var messages: [String] {
    switch self {
    case .ready: ["ready"]
    case .stopping: ["stopping"]
    case .stopped: ["stopped"]
    case .daemonEnded: ["the daemon ends"]
    case .reloaded: ["configuration reloaded"]
    case .reloadRefused: ["configuration refused; the one before stays in force"]
    case .stageStuck: ["a stage does not answer"]
    case .libraryWatched: ["library watched"]
    case .libraryTrouble: ["library trouble"]
    case .firstScan: ["first scan"]
    case .episodeFound: ["episode found"]
    case .episodeGone:
      [
        "the episode's file is gone",
        "file gone",
      ]
    case .subtitlesFound: ["subtitles found"]
    case .subtitlesLeftOut: ["subtitles left out"]
    case .needsSubtitles: ["episode needs subtitles"]
    case .needsProvider: ["episode needs a provider"]
    case .episodeSkipped: ["episode skipped"]
    case .noClips: ["no clips for episode"]
    case .clipsPublished:
      [
        "clips published",
        "first clips published",
      ]
    case .clipReencoded: ["clip re-encoded"]
    case .clipFailed: ["clip failed"]
    case .stepPostponed: ["step failed, tried again later"]
    case .stepCutShort: ["step cut short by the stop; it is done again at the next start"]
    case .episodeFailed: ["episode failed"]
    case .batchFailed: ["batch failed"]
    case .providerClosed: ["provider closed"]
    case .providerOpen: ["provider open again"]
    case .notTold: ["not told yet; tried again by itself for a day"]
    case .toldAgain: ["told again"]
    case .storeTrouble:
      [
        "work stands still",
        "the store can't be read",
        "the store can't be written; the event is offered again",
        "an answer can't be written; it is held and tried again in a moment",
        "the ledger can't be written",
        "the ledger can't be read; tried again in 5 s",
      ]
    }
  }

  private static let byMessage = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { kind in kind.messages.map { ($0, kind) } })

  package init?(message: String) {
    guard let kind = Self.byMessage[message] else { return nil }
    self = kind
  }
}
