import CLibAV
import Subtitles
import SystemPackage

/// Reads all packets of one subtitle stream.
struct SubtitleTrackReader {
  let path: FilePath
  let stream: Int

  /// No dialogue is as long; a picture-based track would be.
  private static let byteLimit = 16 << 20

  func read(_ pulse: Pulse) throws(MediaFailure) -> SubtitleTrack {
    do {
      let file = try MediaFile(path)
      guard file.streams.indices.contains(stream), file.streams[stream].kind == .subtitle else {
        throw MediaFailure(
          .internalError,
          "stream \(stream) is no subtitle track; the file has changed: probe it again")
      }
      file.keep([stream])
      return try read(file, pulse)
    } catch let error as LibAVError {
      throw MediaFailure(reading: error)
    } catch let failure as MediaFailure {
      throw failure
    } catch {
      throw MediaFailure(.internalError, "\(error)")
    }
  }

  private func read(_ file: MediaFile, _ pulse: Pulse) throws -> SubtitleTrack {
    let timeBase = file.streams[stream].pointee.time_base
    let codec = file.streams[stream].codec
    var packets: [SubtitlePacket] = []
    var room = Self.byteLimit
    while let packet = try file.next() {
      pulse.beat()
      guard packet.stream == stream, let pts = packet.pts else { continue }
      room -= packet.size
      guard room >= 0 else {
        throw MediaFailure(
          .internalError, "subtitle track \(stream) is too large for text; use another one")
      }
      packets.append(
        SubtitlePacket(
          start: file.time(pts, stream: stream), duration: timeBase.time(max(0, packet.duration)),
          payload: packet.payload))
    }
    return SubtitleTrack(
      codec: String(cString: avcodec_get_name(codec.codec_id)), packets: packets)
  }
}
