import CLibAV
import Subtitles

/// The packets of one clip, as they were read, and what their streams are.
struct ClipMaterial {
  struct Track {
    let stream: UnsafeMutablePointer<AVStream>
    /// The source's tag.
    var language: String?
    var packets: [MediaPacket]
  }

  /// Keeps the streams' memory alive.
  let file: MediaFile
  /// In decoding order; the first is a keyframe and the first to be shown.
  var video: Track
  var audio: Track?
  /// The first picture, on the episode clock.
  let start: MediaTime
  /// The first picture, in ticks of the video stream.
  let startTicks: Int64

  /// When the last picture is over, from the clip's start.
  var videoEnd: MediaTime {
    let end = video.packets.map { ($0.pts ?? startTicks) + max($0.duration, 0) }.max()
    return video.stream.pointee.time_base.time((end ?? startTicks) - startTicks)
  }

  /// How late the sound may begin: 60 ms, or a packet of sound and a picture if that is more.
  var soundTolerance: MediaTime {
    let tracks: [(MediaPacket?, Track?)] = [
      (video.packets.first, video), (audio?.packets.first, audio),
    ]
    var together = MediaTime.milliseconds(2)
    for case (let packet?, let track?) in tracks {
      together = together + track.stream.pointee.time_base.time(max(packet.duration, 0))
    }
    return min(max(together, .milliseconds(60)), .milliseconds(200))
  }
}
