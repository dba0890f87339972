import Glibc
import Subtitles
import SystemPackage

/// Makes posters with the `ffmpeg` program: a decoder that crashes costs one poster.
struct PosterMaker {
  let order: PosterOrder
  private let program: FFmpegProgram

  /// In pixels; smaller pictures stay as they are.
  private static let width = 640
  /// Of JPEG, as ffmpeg counts: 2 is best, 31 smallest.
  private static let quality = 5

  init(_ order: PosterOrder) {
    self.order = order
    program = FFmpegProgram(name: order.ffmpegProgram)
  }

  /// - Parameter pulse: told of after each poster.
  func make(_ pulse: () -> Void) throws(MediaFailure) -> MadePosters {
    var result = MadePosters(made: [], failures: [:])
    for poster in order.posters {
      do throws(ClipProblem) {
        try make(poster)
        result.made.append(poster.id)
      } catch {
        poster.output.withPlatformString { _ = unlink($0) }
        switch error {
        case .hopeless(let failure): throw failure
        case .failed(let reason), .notCopied(let reason): result.failures[poster.id] = reason
        }
      }
      pulse()
    }
    return result
  }

  private func make(_ poster: PosterOrder.Poster) throws(ClipProblem) {
    let isHDR = Self.isHDR(poster.clip)
    do {
      try make(poster, mapsTones: isHDR)
    } catch {
      // An ffmpeg without zimg knows no way from HDR to SDR; a pale picture is better than none.
      guard isHDR, case .failed = error else { throw error }
      try make(poster, mapsTones: false)
    }
    let size = (try? poster.output.stat())?.size ?? 0
    guard size > 0 else { throw .failed("there is no picture at its time") }
  }

  private func make(
    _ poster: PosterOrder.Poster, mapsTones: Bool
  ) throws(ClipProblem) {
    // Pixels need not be square. Times before the wanted one would be negative, and their picture dropped.
    let width = "min(\(Self.width),iw*sar)"
    let size =
      "setpts=PTS-STARTPTS,scale=w='max(2,round(\(width)/2)*2)':h='max(2,round(\(width)/dar/2)*2)'"
      + ":flags=area,setsar=1,format=yuvj420p"
    try program.run(
      poster.clip, containers: MediaFile.containers,
      reading: [
        "-threads", "1", "-noaccurate_seek", "-skip_frame", "nokey", "-ss",
        FFmpegProgram.seconds(max(poster.time, .zero)),
      ],
      writing: [
        "-map", "0:V:0", "-frames:v", "1", "-an", "-sn", "-dn", "-map_metadata", "-1", "-vf",
        mapsTones ? "\(ClipEncoder.toneMap),\(size)" : size, "-c:v", "mjpeg", "-q:v",
        "\(Self.quality)", "-threads", "1", "-flags", "+bitexact", "-fflags", "+bitexact",
        "-update", "1",
      ], format: "image2", to: poster.output)
  }

  private static func isHDR(_ clip: FilePath) -> Bool {
    guard let file = try? MediaFile(clip, examines: false),
      let video = file.streams.first(where: \.isRealVideo)
    else { return false }
    return video.isHDR
  }
}
