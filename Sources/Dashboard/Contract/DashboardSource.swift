/// What the dashboard shows and has done; the daemon stands behind it.
///
/// All values are plain: what pages, the API and the metrics say is decided here, how they say it in this room.
package protocol DashboardSource: Sendable {
  /// What is going on now, and how everything is.
  func overview() async throws -> Overview
  func episodes(_ query: EpisodeQuery) async throws -> Page<EpisodeEntry>
  /// Nil when there is no such episode.
  func episode(_ id: Int64) async throws -> EpisodeDetail?
  /// What failed, and when, the latest first.
  func history(_ range: PageRange) async throws -> Page<HistoryEntry>
  func search(_ query: SearchQuery) async throws -> Page<FoundExpression>
  /// Every setting in force now, also after a reload; secrets are hidden already.
  func settings() async -> [SettingEntry]
  func metrics() async throws -> [Metric]
  /// A file that was published with an episode, or with one whose clips lie beside this one's; nil for everything else.
  func file(of id: Int64, at place: MediaPlace) async throws -> PublishedFile?
  /// The page beside an episode's clips, or that of all episodes in the same folder, filled in for who asks.
  /// - Parameters:
  ///   - folder: the folder of clips, beside this episode's; nil for the page of all.
  ///   - csrfToken: nil for who may change nothing.
  func gallery(of id: Int64, folder: String?, csrfToken: String?) async throws -> GallerySheet?

  /// Gives failed and waiting episodes another try; nil for all of them.
  /// - Returns: how many became work.
  /// - Throws: `DashboardRefusal` when there is nothing to try again.
  func retry(_ id: Int64?) async throws -> Int
  /// Stops all work, or the backlog alone, until it is resumed.
  func pause(backlogOnly: Bool) async throws -> PauseEntry
  /// Ends every pause.
  func resume() async throws -> PauseEntry
  /// Adds a phrase to a library's list of what the learner knows, or takes it off.
  /// - Returns: whether the list was another one before.
  /// - Throws: `DashboardRefusal` when there is no such library, or its list can't be written.
  func know(_ phrase: String, isKnown: Bool, library: String) async throws -> Bool

  /// An element after each change of what `overview` says; several in a row may come as one.
  func changes() -> AsyncStream<Void>
}

/// Something that can't be done, in words for the person who asked for it.
package struct DashboardRefusal: Error, Sendable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// There is no such thing.
    case unknown
    /// It is there, but not in a state for this.
    case unfit
  }
  package var kind: Kind
  package var description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
