import Subtitles

/// A subtitle stream's packets, on the episode clock.
package struct SubtitleTrack: Sendable, Codable {
  /// libavcodec's name.
  package var codec: String
  package var packets: [SubtitlePacket]

  package init(codec: String, packets: [SubtitlePacket]) {
    self.codec = codec
    self.packets = packets
  }
}
