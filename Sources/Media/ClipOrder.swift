import Subtitles
import SystemPackage

/// One clip to be cut. All times are on the episode clock.
package struct ClipOrder: Sendable, Codable {
  package var id: String
  /// Exists and can be written.
  @PathBytes package var folder: FilePath
  /// File name without extension; the container gives that.
  package var stem: String
  /// The context that must be in the clip.
  package var start: MediaTime
  package var end: MediaTime
  /// Bounds of the pad around the context, where a neighbour's cue is.
  package var notBefore: MediaTime?
  package var notAfter: MediaTime?
  package var title: String
  package var chapters: [ChapterOrder]
  /// At least the cues near the clip; the worker keeps those in it.
  package var subtitles: [ClipSubtitles]
  /// Sentences of the context.
  package var extracts: [ExtractOrder]

  package init(
    id: String, folder: FilePath, stem: String, start: MediaTime, end: MediaTime,
    notBefore: MediaTime? = nil, notAfter: MediaTime? = nil, title: String,
    chapters: [ChapterOrder] = [], subtitles: [ClipSubtitles] = [], extracts: [ExtractOrder] = []
  ) {
    self.id = id
    self.folder = folder
    self.stem = stem
    self.start = start
    self.end = end
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.title = title
    self.chapters = chapters
    self.subtitles = subtitles
    self.extracts = extracts
  }
}
