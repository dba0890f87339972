import CLibAV
import Subtitles

/// The packets of one clip, as they were read, and what their streams are.
struct ClipMaterial {
  struct Track {
    /// Keeps the stream's memory alive.
    let file: MediaFile
    let stream: UnsafeMutablePointer<AVStream>
    /// The source's tag.
    var language: String?
    var packets: [MediaPacket]
    /// The clip's zero, in ticks of `originBase`.
    let origin: Int64
    let originBase: AVRational

    /// When each packet is shown, from the clip's zero; for the track that gives the zero, in its own ticks.
    var times: [Int64] {
      let base = stream.pointee.time_base
      let start = av_rescale_q(origin, originBase, base)
      return packets.map { ($0.pts ?? start) - start }
    }
  }

  /// In decoding order; the first is a keyframe and the first to be shown.
  var video: Track
  var audio: Track?
  /// The first picture, on the episode clock.
  var start: MediaTime
  /// Whether it begins with an open group of pictures and names others from before it, which browsers do not forgive.
  var isEntangled = false

  /// When the last picture is over, from the clip's start.
  var videoEnd: MediaTime {
    let ends = zip(video.times, video.packets).map { $0 + max($1.duration, 0) }
    return video.stream.pointee.time_base.time(ends.max() ?? 0)
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
