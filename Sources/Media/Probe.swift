import Subtitles

/// What a media file is.
package struct Probe: Sendable, Codable, Hashable {
  /// libavformat's name of the container, "mp4" for its whole family.
  package var container: String
  package var duration: MediaTime
  /// The container's own time of the episode clock's zero.
  package var startTime: MediaTime
  package var sizeBytes: Int64
  /// "<size>-<SHA-256, in hex, of the first 64 KiB followed by the last 64 KiB>".
  package var fingerprint: String
  package var streams: [MediaStream]

  package init(
    container: String, duration: MediaTime, startTime: MediaTime, sizeBytes: Int64,
    fingerprint: String, streams: [MediaStream]
  ) {
    self.container = container
    self.duration = duration
    self.startTime = startTime
    self.sizeBytes = sizeBytes
    self.fingerprint = fingerprint
    self.streams = streams
  }
}
