import CLibAV
import Subtitles
import SystemPackage

/// Makes a clip's file of its packets, its cues and its chapters, and looks at the result.
struct ClipFile {
  let order: ClipOrder
  let window: ClipWindow
  let material: ClipMaterial
  /// The source time of the material's first picture.
  let start: MediaTime
  /// Of the subtitles. It ends with the window, not with the last picture: what comes after it
  /// belongs to others.
  private let length: MediaTime
  private let videoEnd: MediaTime
  private let soundTolerance: MediaTime?

  /// Writing changes the packets, so a material makes one file.
  init(order: ClipOrder, window: ClipWindow, material: ClipMaterial, start: MediaTime) {
    self.order = order
    self.window = window
    self.material = material
    self.start = start
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

  private struct Item {
    let packet: MediaPacket
    let stream: Int
    let timeBase: AVRational
    let time: Int64
  }

  func write() throws(ClipProblem) -> Outcome {
    let container = ClipContainer.choose(
      video: material.video.stream.codec.codec_id, audio: material.audio?.stream.codec.codec_id)
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
        length: min(window.stop, order.end) - start
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
    var items = try pictures(stream: video)
    if let audio = material.audio {
      let stream = try writer.addCopy(of: audio, isSound: true)
      items += sounds(audio, stream: stream, container: container)
    }
    for track in subtitles {
      let stream = try writer.addSubtitles(track)
      items += try texts(track, stream: stream, container: container)
    }
    for chapter in chapters {
      try writer.addChapter(from: chapter.start, to: chapter.end, title: chapter.title)
    }
    try writer.begin()
    items.sort { ($0.time, $0.stream) < ($1.time, $1.stream) }
    for item in items {
      try writer.write(item.packet, stream: item.stream, timeBase: item.timeBase)
    }
  }

  private func pictures(stream: Int) throws -> [Item] {
    let timeBase = material.video.stream.pointee.time_base
    let packets = material.video.packets
    let presentation = packets.map { ($0.pts ?? 0) - material.startTicks }
    guard let decoding = DecodingTimes.make(presentation: presentation) else {
      throw ClipProblem.notCopied("the times of its pictures contradict each other")
    }
    return packets.indices.map { position in
      let packet = packets[position]
      packet.pointer.pointee.pts = presentation[position]
      packet.pointer.pointee.dts = decoding[position]
      return Item(
        packet: packet, stream: stream, timeBase: timeBase,
        time: timeBase.time(decoding[position]).microseconds)
    }
  }

  /// Sound in ticks of its sample rate; the container's coarser times would make it jitter.
  private func sounds(
    _ track: ClipMaterial.Track, stream: Int, container: ClipContainer
  ) -> [Item] {
    let timeBase = track.stream.pointee.time_base
    let samples = AVRational(num: 1, den: max(1, track.stream.codec.sample_rate))
    let startTicks = av_rescale_q(
      material.startTicks, material.video.stream.pointee.time_base, samples)
    var previous = MediaPacket.noTime
    var last = Int64.min
    return track.packets.enumerated().map { position, packet in
      let frame = av_get_audio_frame_duration2(track.stream.pointee.codecpar, Int32(packet.size))
      let length = frame > 0 ? frame : track.stream.codec.frame_size
      let pts =
        av_rescale_delta(timeBase, packet.pts ?? 0, samples, length, &previous, samples)
        - startTicks
      // Without an edit list a track of MP4 begins at 0, whatever its first packet says; so this
      // one bears the odd milliseconds, and all others keep their exact times.
      let isMoved = position == 0 && (container == .mp4 || pts < 0)
      let time = max(isMoved ? 0 : pts, last == .min ? .min : last + 1)
      last = time
      packet.pointer.pointee.pts = time
      packet.pointer.pointee.dts = time
      packet.pointer.pointee.duration =
        length > 0 ? Int64(length) : av_rescale_q(max(packet.duration, 0), timeBase, samples)
      av_packet_free_side_data(packet.pointer)
      return Item(
        packet: packet, stream: stream, timeBase: samples, time: samples.time(time).microseconds)
    }
  }

  private func texts(
    _ track: ClipSubtitles, stream: Int, container: ClipContainer
  ) throws -> [Item] {
    let milliseconds = AVRational(num: 1, den: 1_000)
    // The MP4 muxer itself ends each text with an empty sample, at once or where a gap begins.
    let samples =
      container == .mp4
      ? TextSamples.contiguous(track.cues, length: length).filter { !$0.text.isEmpty }
      : TextSamples.overlapping(track.cues)
    return try samples.compactMap { sample in
      let bytes =
        container == .mp4
        ? TimedText.sample(sample)
        : Array(SubtitleWriter.subRipText(sample.text, marks: sample.marks).utf8)
      guard !bytes.isEmpty else { return nil }
      let packet = try MediaPacket(bytes: bytes)
      packet.pointer.pointee.pts = sample.start
      packet.pointer.pointee.dts = sample.start
      packet.pointer.pointee.duration = sample.end - sample.start
      packet.pointer.pointee.flags |= AV_PKT_FLAG_KEY
      return Item(
        packet: packet, stream: stream, timeBase: milliseconds, time: sample.start * 1_000)
    }
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
