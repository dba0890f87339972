import CLibAV
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
  /// Starting the program takes longer than a picture; but each clip has a decoder of its own, which for 4K takes some
  /// hundred megabytes.
  private static let together = 8
  private static let mostPixelsTogether = 2_100_000

  init(_ order: PosterOrder) {
    self.order = order
    program = FFmpegProgram(name: order.ffmpegProgram)
  }

  /// - Parameter pulse: told of after each poster.
  func make(_ pulse: () -> Void) throws(MediaFailure) -> MadePosters {
    var result = MadePosters(made: [], failures: [:])
    var left = order.posters[...]
    while !left.isEmpty {
      let part = left.prefix(Self.together).prefix { !Self.isLarge($0.clip) }
      if part.count > 1 { try makeTogether(part) }
      for poster in part.isEmpty ? left.prefix(1) : part {
        do throws(ClipProblem) {
          if part.count < 2 || !hasPicture(poster) { try make(poster) }
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
      left = left.dropFirst(max(part.count, 1))
    }
    return result
  }

  /// Those that are not made then are to be made one by one, which tells why.
  private func makeTogether(_ posters: ArraySlice<PosterOrder.Poster>) throws(MediaFailure) {
    for poster in posters { poster.output.withPlatformString { _ = unlink($0) } }
    do throws(ClipProblem) {
      try run(posters) { Self.isHDR($0.clip) }
    } catch {
      if case .hopeless(let failure) = error { throw failure }
      // What others began with may be half a picture.
      for poster in posters { poster.output.withPlatformString { _ = unlink($0) } }
    }
  }

  private func make(_ poster: PosterOrder.Poster) throws(ClipProblem) {
    let isHDR = Self.isHDR(poster.clip)
    do {
      try run([poster]) { _ in isHDR }
    } catch {
      // An ffmpeg without zimg knows no way from HDR to SDR; a pale picture is better than none.
      guard isHDR, case .failed = error else { throw error }
      try run([poster]) { _ in false }
    }
    guard hasPicture(poster) else { throw .failed("there is no picture at its time") }
  }

  private func hasPicture(_ poster: PosterOrder.Poster) -> Bool {
    ((try? poster.output.stat())?.size ?? 0) > 0
  }

  private func run(
    _ posters: some Collection<PosterOrder.Poster>, mapsTones: (PosterOrder.Poster) -> Bool
  ) throws(ClipProblem) {
    let inputs = posters.map { poster in
      FFmpegProgram.Input(
        file: poster.clip,
        options: [
          "-threads", "1", "-noaccurate_seek", "-skip_frame", "nokey", "-ss",
          FFmpegProgram.seconds(max(poster.time, .zero)),
        ])
    }
    let outputs = zip(0..., posters).map { place, poster in
      FFmpegProgram.Output(
        file: poster.output, options: Self.writing(place, mapsTones: mapsTones(poster)),
        format: "image2")
    }
    try program.run(inputs, containers: MediaFile.containers, to: outputs)
  }

  /// - Parameter place: of the clip among those that are read.
  private static func writing(_ place: Int, mapsTones: Bool) -> [String] {
    // Pixels need not be square. Times before the wanted one would be negative, and their picture dropped.
    let width = "min(\(width),iw*sar)"
    let size =
      "setpts=PTS-STARTPTS,scale=w='max(2,round(\(width)/2)*2)':h='max(2,round(\(width)/dar/2)*2)'"
      + ":flags=area,setsar=1,format=yuvj420p"
    return [
      "-map", "\(place):V:0", "-frames:v", "1", "-an", "-sn", "-dn", "-map_metadata", "-1", "-vf",
      mapsTones ? "\(ClipEncoder.toneMap),\(size)" : size, "-c:v", "mjpeg", "-q:v", "\(quality)",
      "-threads", "1", "-flags", "+bitexact", "-fflags", "+bitexact", "-update", "1",
    ]
  }

  private static func isLarge(_ clip: FilePath) -> Bool { look(clip).pixels > mostPixelsTogether }

  private static func isHDR(_ clip: FilePath) -> Bool { look(clip).isHDR }

  private static func look(_ clip: FilePath) -> (isHDR: Bool, pixels: Int) {
    guard let file = try? MediaFile(clip, examines: false),
      let video = file.streams.first(where: \.isRealVideo)
    else { return (false, 0) }
    return (video.isHDR, Int(video.codec.width) * Int(video.codec.height))
  }
}
