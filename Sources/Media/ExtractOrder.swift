import Subtitles
import SystemPackage

/// A sentence that becomes a file of its own. Times are on the episode clock, its pad included.
package struct ExtractOrder: Sendable, Codable, Hashable {
  /// Made where it is missing.
  @PathBytes package var folder: FilePath
  /// File name without extension.
  package var stem: String
  package var start: MediaTime
  package var end: MediaTime

  package init(folder: FilePath, stem: String, start: MediaTime, end: MediaTime) {
    self.folder = folder
    self.stem = stem
    self.start = start
    self.end = end
  }
}

/// What became of an extract's order.
package struct CutExtract: Sendable, Codable, Hashable {
  /// The order's.
  package var stem: String
  /// Inside the order's folder; nil when nothing could be made.
  package var fileName: String?
  /// On the clip's clock: cut on frames of sound, so a little around what was ordered.
  package var start: MediaTime
  package var duration: MediaTime
  /// Why nothing could be made.
  package var failure: String?
}

extension CutExtract {
  init(failed order: ExtractOrder, start: MediaTime, _ problem: ClipProblem) {
    self.init(
      stem: order.stem, fileName: nil, start: order.start - start,
      duration: order.end - order.start, failure: problem.words)
  }
}
