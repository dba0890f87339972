import CLibAV
import Glibc
import Settings
import Subtitles
import SystemPackage

/// Cuts all clips of an order out of one source, which is opened once and never for writing.
final class ClipMaker {
  private let order: CutOrder
  private let file: MediaFile
  private let video: Int
  private let audio: Int?
  private let reader: SourceReader
  private let program: FFmpegProgram
  /// How much later than its dialogue an encoded clip may begin where the source has no picture before.
  private static let startTolerance = MediaTime.seconds(1)
  /// Found here, for the next run.
  let newIndex: KeyframeIndex?

  /// - Parameter pulse: told of while the keyframes of a file without an index are searched for.
  init(_ order: CutOrder, _ pulse: Pulse) throws(MediaFailure) {
    self.order = order
    let size = try SourceFile(order.source).size
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
    program = FFmpegProgram(name: order.ffmpegProgram)
    let known = order.index.flatMap { $0.stream == video && $0.size == size ? $0 : nil }
    if known == nil, order.mode != .exact {
      newIndex = try Self.scan(KeyframeFinder(file: file, video: video, size: size), pulse)
    } else {
      newIndex = nil
    }
    reader = SourceReader(file, video: video, index: known ?? newIndex)
  }

  private static func scan(
    _ finder: KeyframeFinder, _ pulse: Pulse
  ) throws(MediaFailure) -> KeyframeIndex? {
    do {
      return try finder.needsScan ? finder.scan(pulse) : nil
    } catch {
      // A damaged end spoils the scan, not the clips before it.
      guard error.systemError == 0 else { throw MediaFailure(reading: error) }
      return nil
    }
  }

  private static func chooseAudio(_ file: MediaFile, language: String?) -> Int? {
    let tracks = file.streams.indices.filter { index in
      let stream = file.streams[index]
      return stream.kind == .audio && stream.codec.codec_id != AV_CODEC_ID_NONE
        && stream.hasSampleRate && stream.canBeDecoded
    }
    let wanted = language.flatMap(LanguageTag.primary)
    let spoken = tracks.filter { index in
      wanted != nil && file.streams[index].tag("language").flatMap(LanguageTag.primary) == wanted
    }
    let candidates = spoken.isEmpty ? tracks : spoken
    return candidates.first { file.streams[$0].has(AV_DISPOSITION_DEFAULT) } ?? candidates.first
  }

  /// Makes one clip. What fails with this clip alone stands in the result.
  /// - Parameter onTime: told how much of a clip that must be encoded is done.
  func make(
    _ clip: ClipOrder, onTime: (MediaTime) -> Void = { _ in }
  ) throws(MediaFailure) -> CutClip {
    guard let window = ClipWindow(clip, of: order, duration: file.duration) else {
      return CutClip(
        failed: clip, reason: nil, failure: "its time lies outside the video; do the subtitles fit?"
      )
    }
    if order.mode == .exact {
      return try encode(clip, window, reason: "clip.cut is exact", onTime: onTime)
    }
    do throws(ClipProblem) {
      return try copy(clip, window)
    } catch {
      switch error {
      case .notCopied(let reason) where order.mode == .copy:
        return CutClip(
          failed: clip, reason: nil,
          failure: "it can't be copied (\(reason)); clip.cut: auto would encode it")
      case .notCopied(let reason):
        return try encode(clip, window, reason: reason, onTime: onTime)
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
    guard file.streams[video].canBeDecoded else {
      throw .notCopied("the stream's parameters are damaged")
    }
    var material = try ClipCollector(reader: reader, video: video, audio: audio).collect(window)
    var soundReason = noSound(in: material)
    if let sound = material.audio, let reason = reasonToEncode(sound) {
      material.audio = try SoundEncoder(program: program, folder: clip.folder).encode(sound)
      soundReason = reason
    }
    let made = try ClipFile(order: clip, window: window, material: material).write()
    var result = try result(of: clip, made, material, method: .copy, reason: nil)
    result.soundReason = soundReason
    return result
  }

  /// Said where a clip has no sound though its source has some.
  private func noSound(in material: ClipMaterial) -> String? {
    guard material.audio == nil, file.streams.contains(where: { $0.kind == .audio }) else {
      return nil
    }
    return audio == nil ? "no sound of the source can be read" : "the source has no sound there"
  }

  /// Nil for sound that is copied.
  private func reasonToEncode(_ track: ClipMaterial.Track) -> String? {
    let codec = track.stream.codec.codec_id
    switch order.sound {
    case .copy: return nil
    case .aac: return codec == AV_CODEC_ID_AAC ? nil : "clip.audio is aac"
    case .auto:
      guard !Self.playedByBrowsers.contains(where: { $0 == codec }) else { return nil }
      return "browsers don't play \(String(cString: avcodec_get_name(codec)))"
    }
  }

  private static let playedByBrowsers = [
    AV_CODEC_ID_AAC, AV_CODEC_ID_MP3, AV_CODEC_ID_OPUS, AV_CODEC_ID_FLAC,
  ]

  private func encode(
    _ clip: ClipOrder, _ window: ClipWindow, reason: String, onTime: (MediaTime) -> Void
  ) throws(MediaFailure) -> CutClip {
    do throws(ClipProblem) {
      let material = try encoded(window, folder: clip.folder, onTime: onTime)
      let made = try ClipFile(order: clip, window: window, material: material).write()
      var result = try result(of: clip, made, material, method: .encode, reason: reason)
      result.soundReason = noSound(in: material)
      return result
    } catch {
      switch error {
      case .hopeless(let failure): throw failure
      case .failed(let failure), .notCopied(let failure):
        return CutClip(failed: clip, reason: reason, failure: failure)
      }
    }
  }

  /// A stretch of the source, encoded.
  private func encoded(
    _ window: ClipWindow, folder: FilePath, onTime: (MediaTime) -> Void
  ) throws(ClipProblem) -> ClipMaterial {
    let intermediate = folder.appending(".encoding.nut")
    defer { intermediate.withPlatformString { _ = unlink($0) } }
    // On the stream's own clock, or else its pictures' times would be rounded to others.
    let ticks = file.streams[video].pointee.time_base
    let start =
      ticks.time(ticks.ticks(window.target + file.startTime)) - file.startTime
    let isCoarse = ["mpegts", "mpeg"].contains(file.containerName)
    try ClipEncoder(
      program: program, source: order.source, video: video, audio: audio, quality: order.quality,
      isHDR: file.streams[video].isHDR,
      output: intermediate, margin: isCoarse ? .seconds(15) : .seconds(2)
    ).encode(from: start, length: window.stop - start, onTime: onTime)
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
    var material = try ClipCollector(
      reader: SourceReader(encoded, video: video), video: video, audio: audio
    ).collectAll()
    let base = material.video.stream.pointee.time_base
    let first = base.time(material.video.packets.first?.pts ?? 0) - ClipEncoder.timeOffset
    material.start = start + first
    guard material.start < window.start + Self.startTolerance else { throw .nothingEncoded }
    material.video.language = file.streams[self.video].tag("language")
    material.audio?.language = self.audio.flatMap { file.streams[$0].tag("language") }
    return material
  }

  private func result(
    of clip: ClipOrder, _ made: ClipFile.Outcome, _ material: ClipMaterial, method: CutClip.Method,
    reason: String?
  ) throws(ClipProblem) -> CutClip {
    let start = material.start
    return CutClip(
      id: clip.id, fileName: made.name, container: made.container.rawValue, sourceStart: start,
      duration: made.duration, leadIn: max(clip.start - start, .zero), sizeBytes: made.sizeBytes,
      method: method, reason: reason, subtitles: made.subtitles,
      extracts: try extracts(of: clip, material))
  }

  private func extracts(
    of clip: ClipOrder, _ material: ClipMaterial
  ) throws(ClipProblem) -> [CutExtract] {
    var made: [CutExtract] = []
    if let folder = clip.extracts.first?.folder {
      // What is wrong with it shows when it is written to.
      folder.withPlatformString { _ = mkdir($0, 0o777) }
    }
    for extract in clip.extracts {
      do throws(ClipProblem) {
        switch order.extracts {
        case .none: break
        case .audio:
          guard let sound = material.audio else { break }
          made.append(
            try SoundExtract(extract, start: material.start, program: program).make(of: sound))
        case .video: made.append(try film(extract, of: clip, start: material.start))
        }
      } catch {
        // A clip is worth more than its extracts.
        if case .hopeless = error { throw error }
        made.append(CutExtract(failed: extract, start: material.start, error))
      }
    }
    return made
  }

  /// An extract with pictures, which begins where its sentence does and so must be encoded.
  private func film(
    _ extract: ExtractOrder, of clip: ClipOrder, start: MediaTime
  ) throws(ClipProblem) -> CutExtract {
    let short = ClipOrder(
      id: clip.id, folder: extract.folder, stem: extract.stem, start: extract.start,
      end: extract.end, notBefore: extract.start, notAfter: extract.end, title: clip.title,
      subtitles: clip.subtitles)
    guard let window = ClipWindow(short, of: order, duration: file.duration) else {
      throw .failed("its time lies outside the video")
    }
    let made = try ClipFile(
      order: short, window: window,
      material: try encoded(window, folder: extract.folder, onTime: { _ in })
    ).write()
    return CutExtract(
      stem: extract.stem, fileName: made.name, start: window.target - start,
      duration: made.duration)
  }
}
