import CLibAV
import Glibc
import Subtitles
import SystemPackage

/// Turns a clip's sound into AAC stereo, which everything plays.
struct SoundEncoder {
  let program: FFmpegProgram
  /// For the intermediate files, which are gone at the end.
  let folder: FilePath

  /// Sound from the output's very beginning, without a gap.
  static let options = [
    "-c:a", "aac", "-b:a", "160k", "-ac", "2", "-af", "aresample=async=1:first_pts=0",
  ]
  /// Samples of silence that ffmpeg's AAC encoder puts in front.
  private static let primingSamples: Int64 = 1_024
  private static let highestRate: Int32 = 48_000

  /// A track of its own file, which begins with the clip.
  func encode(_ track: ClipMaterial.Track) throws(ClipProblem) -> ClipMaterial.Track {
    let (original, encoded) = (folder.appending(".sound.mka"), folder.appending(".sound.nut"))
    defer {
      for file in [original, encoded] { file.withPlatformString { _ = unlink($0) } }
    }
    try write(track, to: original)
    let rate =
      track.stream.codec.sample_rate > Self.highestRate ? ["-ar", "\(Self.highestRate)"] : []
    try program.run(
      [.init(file: original)], containers: MediaFile.matroska,
      to: [.init(file: encoded, options: ["-map", "0:a:0"] + Self.options + rate)])
    return try read(encoded, language: track.language)
  }

  private func write(_ track: ClipMaterial.Track, to path: FilePath) throws(ClipProblem) {
    do {
      let writer = try ClipWriter(path, container: .matroska, title: "")
      let stream = try writer.addCopy(of: track, isSound: true)
      let packets = try TrackPackets.sounds(track, stream: stream, beginsAtZero: false)
      try writer.begin(packets: packets.count)
      try writer.write(packets)
      try writer.finish()
    } catch let error as LibAVError {
      throw ClipProblem(writing: error)
    } catch {
      throw .failed("\(error)")
    }
  }

  private func read(
    _ path: FilePath, language: String?
  ) throws(ClipProblem) -> ClipMaterial.Track {
    do {
      let file = try MediaFile(path, containers: "nut")
      guard let sound = file.streams.firstIndex(where: { $0.kind == .audio }) else {
        throw ClipProblem.failed("its sound was not encoded")
      }
      let stream = file.streams[sound]
      var packets: [MediaPacket] = []
      while let packet = try file.next() {
        if packet.stream == sound, packet.pts != nil { packets.append(packet) }
      }
      guard let first = packets.first?.pts, packets.count > 1 else {
        throw ClipProblem.failed("its sound can't be decoded")
      }
      let samples = AVRational(num: 1, den: max(1, stream.codec.sample_rate))
      let origin =
        av_rescale_q(first, stream.pointee.time_base, samples) + Self.primingSamples
      return ClipMaterial.Track(
        file: file, stream: stream, language: language, packets: Array(packets.dropFirst()),
        origin: origin, originBase: samples)
    } catch let problem as ClipProblem {
      throw problem
    } catch {
      throw .failed("its sound can't be read again: \(error)")
    }
  }
}
