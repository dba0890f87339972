import CLibAV

/// The file format of a clip.
enum ClipContainer: String {
  case mp4
  case matroska
  /// Sound alone, in MP4.
  case m4a = "ipod"

  var fileExtension: String {
    switch self {
    case .mp4: "mp4"
    case .matroska: "mkv"
    case .m4a: "m4a"
    }
  }

  /// MP4 plays everywhere; Matroska takes every codec.
  static func choose(video: AVCodecID, audio: AVCodecID?) -> ClipContainer {
    guard mp4Video.contains(where: { $0 == video }) else { return .matroska }
    guard let audio else { return .mp4 }
    return mp4Audio.contains { $0 == audio } ? .mp4 : .matroska
  }

  private static let mp4Video = [
    AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG4, AV_CODEC_ID_VP9,
  ]
  private static let mp4Audio = [
    AV_CODEC_ID_AAC, AV_CODEC_ID_MP3, AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3, AV_CODEC_ID_OPUS,
    AV_CODEC_ID_FLAC, AV_CODEC_ID_ALAC,
  ]
}
