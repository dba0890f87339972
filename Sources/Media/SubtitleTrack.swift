import Subtitles

/// A subtitle stream's packets, on the episode clock.
package struct SubtitleTrack: Sendable, Codable {
  /// libavcodec's name.
  package var codec: String
  /// The codec's private data.
  package var header: [UInt8]
  package var packets: [SubtitlePacket]

  package init(codec: String, header: [UInt8], packets: [SubtitlePacket]) {
    self.codec = codec
    self.header = header
    self.packets = packets
  }
}
