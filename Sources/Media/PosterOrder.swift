import Subtitles
import SystemPackage

/// Pictures to be made of clips, one of each.
package struct PosterOrder: Sendable, Codable {
  package struct Poster: Sendable, Codable {
    /// Told back in the result.
    package var id: String
    @PathBytes package var clip: FilePath
    /// On the clip's clock; the last keyframe at or before it is taken.
    package var time: MediaTime
    /// Where the JPEG file comes to lie, in an existing folder.
    @PathBytes package var output: FilePath

    package init(id: String, clip: FilePath, time: MediaTime, output: FilePath) {
      self.id = id
      self.clip = clip
      self.time = time
      self.output = output
    }
  }

  package var posters: [Poster]
  /// A name is looked up in PATH.
  package var ffmpegProgram: String

  package init(posters: [Poster], ffmpegProgram: String = "ffmpeg") {
    self.posters = posters
    self.ffmpegProgram = ffmpegProgram
  }
}

/// What became of an order for posters.
package struct MadePosters: Sendable, Codable, Equatable {
  /// The orders' ids.
  package var made: [String]
  /// Why others could not be made, by id.
  package var failures: [String: String]
}
