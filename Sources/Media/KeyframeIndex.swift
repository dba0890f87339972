import Subtitles

/// Where a source's keyframes are, found by reading all of it: for containers that have no index.
package struct KeyframeIndex: Sendable, Codable, Hashable {
  package struct Entry: Sendable, Codable, Hashable {
    /// In ticks of the video stream; where it is shown, or in Matroska what its index holds.
    package var ticks: Int64
    /// Byte from which it can be read.
    package var position: Int64

    package init(ticks: Int64, position: Int64) {
      self.ticks = ticks
      self.position = position
    }

    package init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      ticks = try pair.decode(Int64.self)
      position = try pair.decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
      var pair = encoder.unkeyedContainer()
      try pair.encode(ticks)
      try pair.encode(position)
    }
  }

  /// The video stream's place in the file.
  package var stream: Int
  /// Size of the source in bytes; another size means another file.
  package var size: Int64
  /// In the order of the file.
  package var entries: [Entry]

  package init(stream: Int, size: Int64, entries: [Entry]) {
    self.stream = stream
    self.size = size
    self.entries = entries
  }
}
