import Subtitles
import SystemPackage

/// The clips that are to become one file, in the order in which they are shown.
package struct ReelOrder: Sendable, Codable {
  package struct Part: Sendable, Codable {
    package var id: String
    @PathBytes package var clip: FilePath
    /// The part's chapter.
    package var title: String
    /// The clip's zero, on the clock of the subtitles.
    package var start: MediaTime
    /// Where its subtitles end, on the same clock.
    package var end: MediaTime
    /// At least the cues near the clip.
    package var subtitles: [ClipSubtitles]

    package init(
      id: String, clip: FilePath, title: String, start: MediaTime, end: MediaTime,
      subtitles: [ClipSubtitles]
    ) {
      self.id = id
      self.clip = clip
      self.title = title
      self.start = start
      self.end = end
      self.subtitles = subtitles
    }
  }

  /// Exists and can be written.
  @PathBytes package var folder: FilePath
  /// File name without extension.
  package var stem: String
  package var title: String
  package var parts: [Part]

  package init(folder: FilePath, stem: String, title: String, parts: [Part]) {
    self.folder = folder
    self.stem = stem
    self.title = title
    self.parts = parts
  }
}

/// The file that an order's clips became.
package struct Reel: Sendable, Codable, Hashable {
  package struct LeftOut: Sendable, Codable, Hashable {
    /// The part's.
    package var id: String
    package var reason: String
  }

  /// Inside the order's folder; nil when nothing could be made.
  package var fileName: String?
  package var duration: MediaTime
  package var sizeBytes: Int64
  package var leftOut: [LeftOut]
}
