import CLibAV
import Glibc
import Subtitles
import SystemPackage

/// Cuts all clips of an order out of one source, which is opened once and never for writing.
final class ClipMaker {
  private let order: CutOrder
  private let file: MediaFile
  private let video: Int
  private let audio: Int?

  init(_ order: CutOrder) throws(MediaFailure) {
    self.order = order
    _ = try SourceFile(order.source)
    do {
      file = try MediaFile(order.source)
    } catch {
      throw MediaFailure(reading: error)
    }
    guard let video = file.streams.firstIndex(where: \.isRealVideo) else {
      throw MediaFailure(.noVideo, "it holds no video (a cover picture does not count)")
    }
    self.video = video
    audio = Self.chooseAudio(file, language: order.audioLanguage)
    file.keep(Set([video, audio].compactMap { $0 }))
  }

  private static func chooseAudio(_ file: MediaFile, language: String?) -> Int? {
    let tracks = file.streams.indices.filter { index in
      let stream = file.streams[index]
      return stream.kind == .audio && stream.codec.codec_id != AV_CODEC_ID_NONE
        && stream.codec.sample_rate > 0
    }
    let wanted = language.flatMap(LanguageTag.primary)
    let spoken = tracks.filter { index in
      wanted != nil && file.streams[index].tag("language").flatMap(LanguageTag.primary) == wanted
    }
    let candidates = spoken.isEmpty ? tracks : spoken
    return candidates.first { file.streams[$0].has(AV_DISPOSITION_DEFAULT) } ?? candidates.first
  }

  /// Makes one clip. What fails with this clip alone stands in the result.
  func make(_ clip: ClipOrder) throws(MediaFailure) -> CutClip {
    guard let window = ClipWindow(clip, of: order, duration: file.duration) else {
      return CutClip(
        failed: clip, reason: nil, failure: "its time lies outside the video; do the subtitles fit?"
      )
    }
    do throws(ClipProblem) {
      return try copy(clip, window)
    } catch {
      switch error {
      case .notCopied(let reason): return try encode(clip, window, reason: reason)
      case .failed(let failure): return CutClip(failed: clip, reason: nil, failure: failure)
      case .hopeless(let failure): throw failure
      }
    }
  }

  private func copy(_ clip: ClipOrder, _ window: ClipWindow) throws(ClipProblem) -> CutClip {
    let codec = file.streams[video].codec
    if file.containerName == "avi", codec.video_delay > 0 {
      throw .notCopied("AVI doesn't say when reordered pictures are shown")
    }
    if codec.codec_id == AV_CODEC_ID_H264 || codec.codec_id == AV_CODEC_ID_HEVC,
      codec.extradata_size == 0
    {
      throw .notCopied("the stream's parameters are missing")
    }
    let material = try ClipCollector(file: file, video: video, audio: audio).collect(window)
    let made = try ClipFile(order: clip, window: window, material: material, start: material.start)
      .write()
    return result(of: clip, made, start: material.start, method: .copy, reason: nil)
  }

  private func encode(
    _ clip: ClipOrder, _ window: ClipWindow, reason: String
  ) throws(MediaFailure) -> CutClip {
    let intermediate = clip.folder.appending(".encoding.nut")
    defer { intermediate.withPlatformString { _ = unlink($0) } }
    do throws(ClipProblem) {
      try ClipEncoder(
        program: order.ffmpegProgram, source: order.source, video: video, audio: audio,
        output: intermediate
      ).encode(from: window.target, length: window.stop - window.target)
      let made = try assemble(clip, window, intermediate)
      return result(of: clip, made, start: window.target, method: .encode, reason: reason)
    } catch {
      switch error {
      case .hopeless(let failure): throw failure
      case .failed(let failure), .notCopied(let failure):
        return CutClip(failed: clip, reason: reason, failure: failure)
      }
    }
  }

  /// Puts what was encoded into a clip's file.
  private func assemble(
    _ clip: ClipOrder, _ window: ClipWindow, _ intermediate: FilePath
  ) throws(ClipProblem) -> ClipFile.Outcome {
    let encoded: MediaFile
    do {
      encoded = try MediaFile(intermediate, containers: "nut")
    } catch {
      throw .nothingEncoded
    }
    guard let video = encoded.streams.firstIndex(where: { $0.kind == .video }) else {
      throw .nothingEncoded
    }
    let audio = encoded.streams.firstIndex { $0.kind == .audio }
    var material = try ClipCollector(file: encoded, video: video, audio: audio).collectAll()
    material.video.language = file.streams[self.video].tag("language")
    material.audio?.language = self.audio.flatMap { file.streams[$0].tag("language") }
    return try ClipFile(order: clip, window: window, material: material, start: window.target)
      .write()
  }

  private func result(
    of clip: ClipOrder, _ made: ClipFile.Outcome, start: MediaTime, method: CutClip.Method,
    reason: String?
  ) -> CutClip {
    CutClip(
      id: clip.id, fileName: made.name, container: made.container.rawValue, sourceStart: start,
      duration: made.duration, leadIn: max(clip.start - start, .zero), sizeBytes: made.sizeBytes,
      method: method, reason: reason, subtitles: made.subtitles)
  }
}
