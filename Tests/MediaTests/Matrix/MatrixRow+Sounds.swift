import Media
import Settings

extension MatrixRow {
  static let sounds: [MatrixRow] =
    [
      kept("AAC in MOV", "aac", file: "source.mov"),
      kept("AAC in MPEG-TS", "aac", file: "source.ts"),
      kept("MP3", "libmp3lame"),
      kept("MP3 in MP4", "libmp3lame", file: "source.mp4"),
      kept("Opus", "libopus"),
      kept("Opus in MP4", "libopus", file: "source.mp4"),
      kept("FLAC", "flac"),
    ] + both("AC-3", "ac3") + both("AC-3 in MPEG-TS", "ac3", file: "source.ts")
    + both("E-AC-3", "eac3") + both("E-AC-3 in MP4", "eac3", file: "source.mp4")
    + both("DTS", "dca", container: "matroska")
    + both("TrueHD", "truehd", container: "matroska")
    + both("PCM", "pcm_s16le", container: "matroska")
    + both("PCM in MOV", "pcm_s16le", file: "source.mov", container: "matroska")
    + both("Vorbis", "libvorbis", container: "matroska")

  /// Sound that is copied by itself.
  private static func kept(
    _ name: String, _ encoder: String, file: String = "source.mkv"
  ) -> MatrixRow {
    MatrixRow(
      name: name, encoders: ["libx264", encoder], file: file,
      sound: ["-c:a", encoder, "-strict", "-2"])
  }

  /// Sound that browsers don't play: once made AAC, once copied nevertheless.
  private static func both(
    _ name: String, _ encoder: String, file: String = "source.mkv", container: String = "mp4"
  ) -> [MatrixRow] {
    var encoded = kept("\(name), made AAC", encoder, file: file)
    var copied = kept("\(name), copied", encoder, file: file)
    encoded.container = "mp4"
    (copied.container, copied.soundMode) = (container, .copy)
    return [encoded, copied]
  }
}
