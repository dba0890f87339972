import Subtitles

/// A chapter of a clip, on the episode clock; it lasts until the next one.
package struct ChapterOrder: Sendable, Codable, Hashable {
  package var at: MediaTime
  package var title: String

  package init(at: MediaTime, title: String) {
    self.at = at
    self.title = title
  }
}
