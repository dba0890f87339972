import CLibAV
import Subtitles

/// Reads one clip's packets out of an open file.
struct ClipCollector {
  let reader: SourceReader
  let video: Int
  let audio: Int?

  private var file: MediaFile { reader.file }

  /// Steps back from the wanted start, for containers whose seeking lands anywhere.
  private static let backSteps: [Int64] = [0, 1, 3, 8, 20]
  private static let byteLimit = 768 << 20
  /// How far the streams of a file may lie apart.
  private static let spread = MediaTime.seconds(10)
  /// The longest that a run of reordered pictures goes on.
  private static let runLimit = MediaTime.seconds(1)
  /// How much later than its context a clip may start where the source has no picture before.
  private static let startTolerance = MediaTime.seconds(1)

  func collect(_ window: ClipWindow) throws(ClipProblem) -> ClipMaterial {
    let material = try collect(window, closed: false)
    return material.isEntangled ? try collect(window, closed: true) : material
  }

  /// - Parameter closed: whether only a closed group of pictures may begin the clip.
  private func collect(
    _ window: ClipWindow, closed: Bool
  ) throws(ClipProblem) -> ClipMaterial {
    var flaw: String?
    for step in Self.backSteps {
      let from = window.target - .seconds(Double(step))
      if let material = try gather(
        window, from: max(from, .zero), latest: window.target, closed: closed)
      {
        guard let found = self.flaw(in: material) else { return material }
        // A container may know too little right after a seek; further back it may be more.
        flaw = found
      }
      if from < .zero { break }
    }
    if flaw == nil, window.target < Self.startTolerance {
      // The file's own first picture, when it comes after the wanted start.
      let latest = window.start + Self.startTolerance
      if let material = try gather(window, from: .zero, latest: latest, first: true, closed: closed)
      {
        guard let found = self.flaw(in: material) else { return material }
        flaw = found
      }
    }
    throw .notCopied(flaw ?? "no keyframe was found near the start")
  }

  /// Why a material makes no good clip.
  private func flaw(in material: ClipMaterial) -> String? {
    let times = material.video.times
    if DecodingTimes.make(presentation: times) == nil {
      return "the times of its pictures contradict each other"
    }
    guard let audio, let pts = material.audio?.packets.first?.pts else { return nil }
    let delay = file.time(pts, stream: audio) - material.start
    guard delay > material.soundTolerance else { return nil }
    return "the sound begins \(delay.milliseconds) ms after the picture"
  }

  private func gather(
    _ window: ClipWindow, from: MediaTime, latest: MediaTime, first: Bool = false, closed: Bool
  ) throws(ClipProblem) -> ClipMaterial? {
    do {
      try reader.seek(to: from)
      return try gather(window, latest: latest, first: first, closed: closed)
    } catch let error as LibAVError {
      throw ClipProblem(reading: error)
    } catch let problem as ClipProblem {
      throw problem
    } catch {
      throw .failed("\(error)")
    }
  }

  /// Reads from here to the window's end; nil when no keyframe at or before `latest` is met.
  /// - Parameter first: whether the first keyframe is taken, not the last that is early enough.
  private func gather(
    _ window: ClipWindow, latest: MediaTime, first: Bool, closed: Bool
  ) throws -> ClipMaterial? {
    var pictures: [MediaPacket] = []
    var sounds: [MediaPacket] = []
    var key: (ticks: Int64, time: MediaTime)?
    var lastShown = MediaTime.zero
    var lastEnd = MediaTime.zero
    var isDecided = false
    var isVideoOver = false
    var isAudioOver = audio == nil
    var room = Self.byteLimit
    while !isVideoOver || !isAudioOver, let packet = try reader.next() {
      guard packet.stream == video || packet.stream == audio else { continue }
      guard let pts = packet.pts else {
        if key != nil, packet.stream == video {
          throw ClipProblem.notCopied("pictures without a time")
        }
        continue
      }
      room -= packet.size
      guard room > 0 else { throw ClipProblem.notCopied("its keyframes are too far apart") }
      let shown = file.time(pts, stream: packet.stream)
      if packet.stream == audio {
        if shown >= window.stop + Self.runLimit {
          isAudioOver = true
        } else {
          sounds.append(packet)
        }
        if shown >= window.stop + Self.spread { isVideoOver = true }
        continue
      }
      let decoded = file.time(packet.dts ?? pts, stream: video)
      if !isDecided {
        if packet.isKey, shown <= latest, !closed || !beginsOpenGroup(packet) {
          key = (pts, shown)
          pictures = []
          (lastShown, lastEnd) = (shown, shown)
          isDecided = first
        }
        if decoded >= latest { isDecided = true }
        if isDecided {
          guard let key else { return nil }
          guard key.time >= window.earliest else {
            throw ClipProblem.notCopied(
              "the nearest keyframe is \((window.start - key.time).rounded) s before the dialogue")
          }
        }
      }
      // To the end of a run of reordered pictures, or else some between the last ones would be missing.
      if decoded >= window.stop, shown > lastShown {
        isVideoOver = true
      } else if key != nil, !isVideoOver {
        pictures.append(packet)
        lastShown = max(lastShown, shown)
        let length = file.streams[video].pointee.time_base.time(max(packet.duration, 0))
        lastEnd = max(lastEnd, shown + length)
      }
      if decoded >= window.stop + Self.spread { isAudioOver = true }
    }
    guard let key, !pictures.isEmpty else { return nil }
    guard key.time >= window.earliest else {
      throw ClipProblem.notCopied(
        "the nearest keyframe is \((window.start - key.time).rounded) s before the dialogue")
    }
    // What an open group of pictures shows before its keyframe needs pictures that are not here.
    let beginsOpen = pictures.first.map(beginsOpenGroup) == true
    let isEntangled = beginsOpen && pictures.contains(where: isReferredB)
    pictures.removeAll { ($0.pts ?? .min) < key.ticks }
    // Sound and picture end together, or else there would be gaps where clips are joined.
    let end = max(window.stop, lastEnd)
    sounds.removeAll { file.time($0.pts ?? 0, stream: $0.stream) >= end }
    var made = material(pictures, sounds, from: key.ticks)
    made.isEntangled = isEntangled
    return made
  }

  private func beginsOpenGroup(_ packet: MediaPacket) -> Bool {
    H264Picture(packet, of: file.streams[video])?.isIDR == false
  }

  private func isReferredB(_ packet: MediaPacket) -> Bool {
    H264Picture(packet, of: file.streams[video])?.isReferredB == true
  }

  private func material(
    _ pictures: [MediaPacket], _ sounds: [MediaPacket], from ticks: Int64
  ) -> ClipMaterial {
    let start = file.time(ticks, stream: video)
    let base = file.streams[video].pointee.time_base
    let track = { (index: Int, packets: [MediaPacket]) in
      let stream = file.streams[index]
      return ClipMaterial.Track(
        file: file, stream: stream, language: stream.tag("language"), packets: packets,
        origin: ticks, originBase: base)
    }
    // The sound from the packet that begins nearest to the start.
    let heard = sounds.drop { packet in
      let half = file.streams[packet.stream].pointee.time_base.time(max(packet.duration, 0) / 2)
      return file.time(packet.pts ?? 0, stream: packet.stream) + half < start
    }
    return ClipMaterial(
      video: track(video, pictures),
      audio: audio.flatMap { heard.isEmpty ? nil : track($0, Array(heard)) }, start: start)
  }

  /// All of a file that was made to be one clip.
  func collectAll() throws(ClipProblem) -> ClipMaterial {
    var pictures: [MediaPacket] = []
    var sounds: [MediaPacket] = []
    do {
      while let packet = try reader.next() {
        if packet.stream == video { pictures.append(packet) }
        if packet.stream == audio { sounds.append(packet) }
      }
    } catch {
      throw ClipProblem(reading: error)
    }
    guard let ticks = pictures.first?.pts else {
      throw .nothingEncoded
    }
    return material(pictures, sounds, from: ticks)
  }
}

extension MediaTime {
  /// Seconds with one decimal, for people.
  var rounded: Double { (seconds * 10).rounded() / 10 }
}
