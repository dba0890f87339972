/// A packet of a subtitle track inside a media file.
package struct SubtitlePacket: Sendable, Codable {
  package var start: MediaTime
  /// Zero or less when the file doesn't say it.
  package var duration: MediaTime
  package var payload: [UInt8]

  package init(start: MediaTime, duration: MediaTime, payload: [UInt8]) {
    self.start = start
    self.duration = duration
    self.payload = payload
  }
}
