/// An episode's new clips, as they are kept until they are told.
package struct ClipNews: Sendable, Hashable, Codable {
  package var episode: Int64
  /// As people call it: "Radio Puddle S01E03".
  package var name: String
  package var library: String
  /// How many clips are new.
  package var clips: Int
  /// Where they are.
  package var folder: String
  /// The folder in which a media server would find something new; nil where it is not to look.
  package var lookedThrough: String?

  package init(
    episode: Int64, name: String, library: String, clips: Int, folder: String,
    lookedThrough: String? = nil
  ) {
    self.episode = episode
    self.name = name
    self.library = library
    self.clips = clips
    self.folder = folder
    self.lookedThrough = lookedThrough
  }
}

/// What is wrong and needs a person, or has ended.
package struct TroubleNews: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A provider refuses: its key, its account, its model or its address.
    case refused
    /// The disk of a library takes no more clips.
    case fullDisk = "full_disk"
    /// The store can't be written, mostly because its disk is full.
    case store
    /// There is work, and none of it moves.
    case standstill
  }

  package var kind: Kind
  /// The provider or the library; nothing where there is one only.
  package var subject: String
  package var reason: String
  /// Seconds since 1970.
  package var since: Double
  /// When it was over; nil while it is not.
  package var endedAt: Double?

  package init(
    kind: Kind, subject: String, reason: String, since: Double, endedAt: Double? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.reason = reason
    self.since = since
    self.endedAt = endedAt
  }
}
