import CLibAV
import Subtitles
import SystemPackage

/// Finds out what a file is, and whether all of it is there.
struct Prober {
  let path: FilePath

  func probe() throws(MediaFailure) -> Probe {
    let source = try SourceFile(path)
    let file = try open(source)
    let streams = file.streams.enumerated().map { Self.describe($0.element, index: $0.offset) }
    guard let video = file.streams.firstIndex(where: \.isRealVideo) else {
      throw MediaFailure(.noVideo, "it holds no video (a cover picture does not count)")
    }
    guard let duration = file.duration else {
      throw MediaFailure(
        .notMedia, "its duration can't be found out; remux it, for example into Matroska")
    }
    try Completeness(file: file, size: source.size, duration: duration, video: video).check()
    return Probe(
      container: Self.family(file.containerName), duration: duration, startTime: file.startTime,
      sizeBytes: source.size, fingerprint: try source.fingerprint(), streams: streams)
  }

  /// Opens the file; where that fails because a part of it is missing, says so.
  private func open(_ source: SourceFile) throws(MediaFailure) -> MediaFile {
    let verdict = try DeclaredSize.verdict(of: source)
    if case .short(let declared) = verdict {
      throw Completeness.truncated(
        "it has \(source.size) bytes of at least \(declared)")
    }
    do {
      return try MediaFile(path)
    } catch {
      if verdict == .noIndex {
        throw Completeness.truncated("its index, the moov box, is missing")
      }
      throw MediaFailure(reading: error)
    }
  }

  private static func family(_ name: String) -> String {
    if name.hasPrefix("mov,") { return "mp4" }
    return name.hasPrefix("matroska,") ? "matroska" : name
  }

  private static func describe(
    _ stream: UnsafeMutablePointer<AVStream>, index: Int
  ) -> MediaStream {
    let codec = stream.codec
    return MediaStream(
      index: index, kind: stream.kind, codec: String(cString: avcodec_get_name(codec.codec_id)),
      language: stream.tag("language"), title: stream.tag("title"),
      isDefault: stream.has(AV_DISPOSITION_DEFAULT), isForced: stream.has(AV_DISPOSITION_FORCED),
      isHearingImpaired: stream.has(AV_DISPOSITION_HEARING_IMPAIRED),
      isAttachedPicture: stream.has(AV_DISPOSITION_ATTACHED_PIC),
      width: codec.width > 0 ? Int(codec.width) : nil,
      height: codec.height > 0 ? Int(codec.height) : nil,
      channels: codec.ch_layout.nb_channels > 0 ? Int(codec.ch_layout.nb_channels) : nil)
  }
}
