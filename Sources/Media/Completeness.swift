import CLibAV
import Subtitles

/// Whether an open file reaches as far as its index and its duration say.
struct Completeness {
  let file: MediaFile
  let size: Int64
  let duration: MediaTime
  let video: Int

  /// How long before the declared end the packets may stop.
  private var tolerance: MediaTime {
    max(.seconds(10), MediaTime(microseconds: duration.microseconds / 20))
  }
  private static let packetLimit = 20_000

  func check() throws(MediaFailure) {
    for stream in file.streams {
      let count = avformat_index_get_entries_count(stream)
      guard count > 0, let entry = avformat_index_get_entry(stream, count - 1) else { continue }
      if entry.pointee.pos >= size {
        throw Self.truncated(
          "it has \(size) bytes, and its index names a place at \(entry.pointee.pos)")
      }
    }
    try checkEnd()
  }

  /// Reads the last packets.
  private func checkEnd() throws(MediaFailure) {
    let wanted = duration - tolerance
    guard wanted > .zero else { return }
    var end = MediaTime.zero
    // MP4 counts an empty stretch before the first picture as a part of the duration.
    let shift = max(file.startTime, .zero) < duration ? max(file.startTime, .zero) : .zero
    do {
      try file.seek(to: wanted, stream: video)
      for _ in 0..<Self.packetLimit {
        guard let packet = try file.next() else { break }
        let stream = file.streams[packet.stream]
        guard stream.kind == .video || stream.kind == .audio, let pts = packet.pts else { continue }
        end = max(end, shift + file.time(pts + packet.duration, stream: packet.stream))
        if end >= wanted { return }
      }
    } catch {
      throw Self.truncated("its last minutes can't be read (\(error.description))")
    }
    throw Self.truncated(
      "it lasts \(Int(duration.seconds)) s by its header, but ends after \(Int(end.seconds)) s")
  }

  static func truncated(_ what: String) -> MediaFailure {
    MediaFailure(
      .truncated,
      "a part of the file is missing: \(what). Still being copied? If not, copy it again")
  }
}
