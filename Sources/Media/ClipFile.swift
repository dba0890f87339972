import CLibAV
import Subtitles
import SystemPackage

/// Makes a clip's file of its packets, its cues and its chapters, and looks at the result.
struct ClipFile {
  let order: ClipOrder
  let window: ClipWindow
  let material: ClipMaterial
  private let start: MediaTime
  /// Of the subtitles. It ends with the window, not with the last picture: what comes after it
  /// belongs to others.
  private let length: MediaTime
  private let videoEnd: MediaTime
  private let soundTolerance: MediaTime?
  /// How long the last picture may stand where the source has no more.
  private static let pictureTolerance = MediaTime.seconds(1)

  init(order: ClipOrder, window: ClipWindow, material: ClipMaterial) {
    self.order = order
    self.window = window
    self.material = material
    start = material.start
    videoEnd = material.videoEnd
    soundTolerance = material.audio == nil ? nil : material.soundTolerance
    length = min(videoEnd, max(window.stop - start, .zero))
  }

  /// A file that passed the check.
  struct Outcome {
    let name: String
    let container: ClipContainer
    let duration: MediaTime
    let sizeBytes: Int64
    let subtitles: [ClipSubtitles]
  }

  func write() throws(ClipProblem) -> Outcome {
    let container = ClipContainer.choose(
      video: material.video.stream.codec.codec_id, audio: material.audio?.stream.codec.codec_id)
    let missing = min(window.stop, order.end) - start - videoEnd
    guard missing <= Self.pictureTolerance else {
      throw .notCopied("its pictures end \(missing.rounded) s before the dialogue")
    }
    let name = "\(order.stem).\(container.fileExtension)"
    let path = order.folder.appending(name)
    let subtitles = keptSubtitles
    let writer: ClipWriter
    do {
      writer = try ClipWriter(path, container: container, title: order.title)
      try fill(writer, container, subtitles)
      try writer.finish()
    } catch let problem as ClipProblem {
      throw problem
    } catch let error as LibAVError {
      throw ClipProblem(writing: error)
    } catch {
      throw .failed("\(error)")
    }
    do {
      let facts = try ClipCheck(
        path: path, soundTolerance: soundTolerance,
        length: min(window.stop, order.end) - start, pictures: material.video.packets.count,
        sounds: material.audio?.packets.count ?? 0
      ).check()
      return Outcome(
        name: name, container: container, duration: facts.duration, sizeBytes: facts.sizeBytes,
        subtitles: subtitles)
    } catch {
      writer.discard()
      throw error
    }
  }

  private var keptSubtitles: [ClipSubtitles] {
    order.subtitles.compactMap { track in
      var track = track
      track.cues = TextSamples.cues(track.cues, from: start, length: length)
      return track.cues.isEmpty ? nil : track
    }
  }

  private func fill(
    _ writer: ClipWriter, _ container: ClipContainer, _ subtitles: [ClipSubtitles]
  ) throws {
    let video = try writer.addCopy(of: material.video, isSound: false)
    var packets = try TrackPackets.pictures(material.video, stream: video)
    if let audio = material.audio {
      let stream = try writer.addCopy(of: audio, isSound: true)
      packets += try TrackPackets.sounds(
        audio, stream: stream, beginsAtZero: container == .mp4)
    }
    for track in subtitles {
      let stream = try writer.addSubtitles(track)
      packets += try TrackPackets.texts(
        track.cues, stream: stream, length: length, container: container)
    }
    for chapter in chapters {
      try writer.addChapter(from: chapter.start, to: chapter.end, title: chapter.title)
    }
    try writer.begin(packets: packets.count)
    try writer.write(packets)
  }

  /// Without a gap from 0 to the end.
  private var chapters: [(start: MediaTime, end: MediaTime, title: String)] {
    let end = videoEnd
    var marks = order.chapters.sorted { $0.at < $1.at }.map { chapter in
      (at: max(chapter.at - start, .zero), title: chapter.title)
    }.filter { $0.at < end }
    guard !marks.isEmpty else { return [] }
    marks[0].at = .zero
    return marks.indices.compactMap { position in
      let next = position + 1 < marks.count ? marks[position + 1].at : end
      let mark = marks[position]
      return next.milliseconds > mark.at.milliseconds ? (mark.at, next, mark.title) : nil
    }
  }
}
