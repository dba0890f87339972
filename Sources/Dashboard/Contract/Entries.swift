import SystemPackage

/// Something that failed.
package struct HistoryEntry: Sendable, Encodable {
  /// In seconds since 1970.
  package var at: Double
  package var episode: Int64
  package var episodeName: String
  package var step: String
  package var reason: String

  package init(at: Double, episode: Int64, episodeName: String, step: String, reason: String) {
    self.at = at
    self.episode = episode
    self.episodeName = episodeName
    self.step = step
    self.reason = reason
  }
}

/// A setting in force and where it comes from.
package struct SettingEntry: Sendable, Encodable {
  package var key: String
  package var value: String
  package var origin: String

  package init(key: String, value: String, origin: String) {
    self.key = key
    self.value = value
    self.origin = origin
  }
}

/// Something that was published beside an episode, as an address names it.
package enum MediaPlace: Sendable, Equatable {
  /// A file two folders up from an episode's clips, where the layout `extras` and reels put them.
  case flat(String)
  /// A file in an episode's folder of clips, or one folder below it.
  case inside(folder: String, name: String)
}

/// A published file: it is in the list of what langflix made, and nothing is yet known of what lies there now.
package struct PublishedFile: Sendable {
  /// The episode's folder of clips.
  package var folder: FilePath
  /// As the manifest calls it: "clip.mp4", "captions/clip.vtt", "../../clip.mp4".
  package var name: String

  package init(folder: FilePath, name: String) {
    self.folder = folder
    self.name = name
  }
}

/// A page of the gallery, as it is served.
package struct GallerySheet: Sendable {
  package var html: String
  /// What browsers may run and load on it.
  package var contentSecurityPolicy: String

  package init(html: String, contentSecurityPolicy: String) {
    self.html = html
    self.contentSecurityPolicy = contentSecurityPolicy
  }
}
