import CLibAV
import Subtitles

/// Reads one clip's packets out of an open file.
struct ClipCollector {
  let file: MediaFile
  let video: Int
  let audio: Int?
  /// How late the sound of a clip may begin.
  static let soundTolerance = MediaTime.milliseconds(60)

  /// Steps back from the wanted start, for containers whose seeking lands anywhere.
  private static let backSteps: [Int64] = [0, 1, 3, 8, 20]
  private static let byteLimit = 768 << 20
  /// How far the streams of a file may lie apart.
  private static let spread = MediaTime.seconds(10)
  /// How much later than its context a clip may start where the source has no picture before.
  private static let startTolerance = MediaTime.seconds(1)

  func collect(_ window: ClipWindow) throws(ClipProblem) -> ClipMaterial {
    var best: ClipMaterial?
    for step in Self.backSteps {
      let from = window.target - .seconds(Double(step))
      do {
        try file.seek(to: max(from, .zero), stream: video)
        if let material = try gather(window, latest: window.target) {
          if !isSoundLate(in: material) { return material }
          if best.map({ lateness(of: $0) > lateness(of: material) }) ?? true { best = material }
        }
      } catch let error as LibAVError {
        throw ClipProblem(reading: error)
      } catch let problem as ClipProblem {
        throw problem
      } catch {
        throw .failed("\(error)")
      }
      if from < .zero { break }
    }
    if let best {
      throw .notCopied(
        "the sound begins \(lateness(of: best).milliseconds) ms after the picture")
    }
    return try collectFromStart(window)
  }

  /// The file's own first picture, when it comes after the wanted start.
  private func collectFromStart(_ window: ClipWindow) throws(ClipProblem) -> ClipMaterial {
    let problem = ClipProblem.notCopied("no keyframe was found near the start")
    guard window.target < Self.startTolerance else { throw problem }
    do {
      try file.seek(to: .zero, stream: video)
      if let material = try gather(window, latest: window.start + Self.startTolerance, first: true),
        !isSoundLate(in: material)
      {
        return material
      }
    } catch let error as LibAVError {
      throw ClipProblem(reading: error)
    } catch let problem as ClipProblem {
      throw problem
    } catch {
      throw .failed("\(error)")
    }
    throw problem
  }

  /// Reads from here to the window's end; nil when no keyframe at or before `latest` is met.
  /// - Parameter first: whether the first keyframe is taken, instead of the last that is early enough.
  private func gather(
    _ window: ClipWindow, latest: MediaTime, first: Bool = false
  ) throws -> ClipMaterial? {
    var pictures: [MediaPacket] = []
    var sounds: [MediaPacket] = []
    var key: (ticks: Int64, time: MediaTime)?
    var isDecided = false
    var isVideoOver = false
    var isAudioOver = audio == nil
    var room = Self.byteLimit
    while !isVideoOver || !isAudioOver, let packet = try file.next() {
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
        if shown >= window.stop { isAudioOver = true } else { sounds.append(packet) }
        if shown >= window.stop + Self.spread { isVideoOver = true }
        continue
      }
      let decoded = file.time(packet.dts ?? pts, stream: video)
      if !isDecided {
        if packet.isKey, shown <= latest {
          key = (pts, shown)
          pictures = []
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
      if decoded >= window.stop { isVideoOver = true } else if key != nil { pictures.append(packet) }
      if decoded >= window.stop + Self.spread { isAudioOver = true }
    }
    guard let key, !pictures.isEmpty else { return nil }
    guard key.time >= window.earliest else {
      throw ClipProblem.notCopied(
        "the nearest keyframe is \((window.start - key.time).rounded) s before the dialogue")
    }
    // What an open group of pictures shows before its keyframe needs pictures that are not here.
    pictures.removeAll { ($0.pts ?? .min) < key.ticks }
    return ClipMaterial(
      file: file, video: track(video, pictures),
      audio: soundTrack(sounds, from: key.time), start: key.time, startTicks: key.ticks)
  }

  /// The sound from the packet that begins nearest to `start`.
  private func soundTrack(_ packets: [MediaPacket], from start: MediaTime) -> ClipMaterial.Track? {
    guard let audio else { return nil }
    let stream = file.streams[audio]
    let kept = packets.drop { packet in
      let half = stream.pointee.time_base.time(max(packet.duration, 0) / 2)
      return file.time(packet.pts ?? 0, stream: audio) + half < start
    }
    return kept.isEmpty ? nil : track(audio, Array(kept))
  }

  private func track(_ index: Int, _ packets: [MediaPacket]) -> ClipMaterial.Track {
    let stream = file.streams[index]
    return ClipMaterial.Track(stream: stream, language: stream.tag("language"), packets: packets)
  }

  /// All of a file that was made to be one clip.
  func collectAll() throws(ClipProblem) -> ClipMaterial {
    var pictures: [MediaPacket] = []
    var sounds: [MediaPacket] = []
    do {
      while let packet = try file.next() {
        if packet.stream == video { pictures.append(packet) }
        if packet.stream == audio { sounds.append(packet) }
      }
    } catch {
      throw ClipProblem(reading: error)
    }
    guard let ticks = pictures.first?.pts else {
      throw .failed("nothing was encoded; there may be no picture at that time")
    }
    let start = file.time(ticks, stream: video)
    return ClipMaterial(
      file: file, video: track(video, pictures), audio: soundTrack(sounds, from: start),
      start: start, startTicks: ticks)
  }

  private func lateness(of material: ClipMaterial) -> MediaTime {
    guard let audio, let pts = material.audio?.packets.first?.pts else { return .zero }
    return file.time(pts, stream: audio) - material.start
  }

  private func isSoundLate(in material: ClipMaterial) -> Bool {
    lateness(of: material) > Self.soundTolerance
  }
}

extension MediaTime {
  /// Seconds with one decimal, for people.
  var rounded: Double { (seconds * 10).rounded() / 10 }
}
