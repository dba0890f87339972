import Subtitles
import SystemPackage

/// Has a stretch of the source encoded into an intermediate file.
struct ClipEncoder {
  let program: FFmpegProgram
  let source: FilePath
  let video: Int
  let audio: Int?
  /// libx264's constant rate factor.
  let quality: Int
  /// Whether the pictures are brighter than a screen without HDR shows.
  let isHDR: Bool
  let output: FilePath
  /// How much before the stretch reading begins, for demuxers that may enter a file after the place that they were sent to.
  let margin: MediaTime

  /// The output's times are those from the stretch's start and this much, for its container knows none below 0, which
  /// decoding times may be.
  static let timeOffset = MediaTime.seconds(60)

  /// - Parameter onTime: told how much of the stretch is done.
  func encode(
    from start: MediaTime, length: MediaTime, onTime: (MediaTime) -> Void
  ) throws(ClipProblem) {
    do {
      try encode(from: start, length: length, mapsTones: isHDR, onTime: onTime)
    } catch {
      // An ffmpeg without zimg knows no way from HDR to SDR; pale pictures are better than none.
      guard isHDR, case .failed = error else { throw error }
      try encode(from: start, length: length, mapsTones: false, onTime: onTime)
    }
  }

  private func encode(
    from start: MediaTime, length: MediaTime, mapsTones: Bool, onTime: (MediaTime) -> Void
  ) throws(ClipProblem) {
    let before = min(start, margin)
    var options = [
      "-ss", FFmpegProgram.seconds(before), "-t", FFmpegProgram.seconds(length), "-map",
      "0:\(video)",
    ]
    if let audio { options += ["-map", "0:\(audio)"] }
    options += [
      "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-threads", "\(Self.threads)",
    ]
    let even = "scale=trunc(iw/2)*2:trunc(ih/2)*2"
    options += ["-vf", mapsTones ? "\(Self.toneMap),\(even)" : even, "-c:v", "libx264"]
    options += ["-preset", "veryfast", "-crf", "\(quality)", "-pix_fmt", "yuv420p"]
    options += [
      "-enc_time_base:v", "-1", "-output_ts_offset", FFmpegProgram.seconds(Self.timeOffset),
    ]
    options += SoundEncoder.options
    // A decoder thread for each of many processors would take gigabytes for 4K.
    let reading =
      ["-threads", "\(Self.threads)"]
      + (start > before ? ["-ss", FFmpegProgram.seconds(start - before)] : [])
    try program.run(
      [.init(file: source, options: reading)], containers: MediaFile.containers,
      to: [.init(file: output, options: options)], onTime: onTime)
  }

  private static let threads = 4
  static let toneMap =
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    + "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
}
