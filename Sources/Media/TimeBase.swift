import CLibAV
import Subtitles

/// Conversions between a stream's ticks and microseconds.
extension AVRational {
  static let microseconds = AVRational(num: 1, den: 1_000_000)

  func time(_ ticks: Int64) -> MediaTime {
    MediaTime(microseconds: av_rescale_q(ticks, self, .microseconds))
  }

  func ticks(_ time: MediaTime) -> Int64 {
    av_rescale_q(time.microseconds, .microseconds, self)
  }
}
