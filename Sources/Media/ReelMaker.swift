import CLibAV
import Glibc
import Subtitles
import SystemPackage

/// Joins clips by copy into one file, a chapter for each.
///
/// A file has one set of parameters for each track, so what differs from most of the clips is left out.
struct ReelMaker {
  let order: ReelOrder

  init(_ order: ReelOrder) { self.order = order }

  /// A clip that is open, and where it goes.
  private struct Piece {
    let part: ReelOrder.Part
    let file: MediaFile
    let video: Int
    let audio: Int?
    let packets: Int
  }

  func make() throws(MediaFailure) -> Reel {
    var leftOut: [Reel.LeftOut] = []
    var pieces: [(piece: Piece, parameters: StreamParameters)] = []
    for part in order.parts {
      do {
        let piece = try open(part)
        pieces.append((piece, StreamParameters(piece.file, video: piece.video, audio: piece.audio)))
      } catch {
        leftOut.append(.init(id: part.id, reason: "it can't be read: \(error)"))
      }
    }
    let counts = Dictionary(pieces.map { ($0.parameters, 1) }, uniquingKeysWith: +)
    let most = counts.values.max()
    let chosen = pieces.first { counts[$0.parameters] == most }?.parameters
    for entry in pieces where entry.parameters != chosen {
      leftOut.append(
        .init(
          id: entry.piece.part.id, reason: "its streams are made otherwise than those of most clips"
        ))
    }
    let fitting = pieces.filter { $0.parameters == chosen }.map(\.piece)
    guard !fitting.isEmpty else {
      return Reel(fileName: nil, duration: .zero, sizeBytes: 0, leftOut: leftOut)
    }
    do throws(ClipProblem) {
      return try join(fitting, leftOut)
    } catch {
      if case .hopeless(let failure) = error { throw failure }
      throw MediaFailure(.internalError, "the reel can't be made: \(error.words)")
    }
  }

  private func open(_ part: ReelOrder.Part) throws -> Piece {
    let file = try MediaFile(part.clip, containers: "mov,mp4,matroska")
    guard let video = file.streams.firstIndex(where: \.isRealVideo) else {
      throw ClipProblem.failed("it has no picture")
    }
    let audio = file.streams.firstIndex { $0.kind == .audio }
    file.keep(Set([video, audio].compactMap { $0 }))
    let indexed = [video, audio].compactMap { $0 }.reduce(0) {
      $0 + file.indexEntries(of: $1).count
    }
    let seconds = (file.duration ?? .seconds(30)).seconds
    // Matroska's index holds keyframes only.
    let packets = max(indexed, file.containerName == MediaFile.matroska ? Int(seconds * 200) : 0)
    return Piece(part: part, file: file, video: video, audio: audio, packets: packets)
  }

  private func join(_ pieces: [Piece], _ leftOut: [Reel.LeftOut]) throws(ClipProblem) -> Reel {
    do {
      let first = pieces[0]
      let container = ClipContainer.choose(
        video: first.file.streams[first.video].codec.codec_id,
        audio: first.audio.map { first.file.streams[$0].codec.codec_id })
      let name = "\(order.stem).\(container.fileExtension)"
      let path = order.folder.appending(name)
      let writer = try ClipWriter(path, container: container, title: order.title)
      let written = try fill(writer, container, pieces)
      let check = ClipCheck(
        path: path, soundTolerance: first.audio == nil ? nil : .milliseconds(200),
        length: written.end, pictures: written.pictures, sounds: written.sounds)
      do {
        let facts = try check.check()
        return Reel(
          fileName: name, duration: facts.duration, sizeBytes: facts.sizeBytes, leftOut: leftOut)
      } catch {
        writer.discard()
        throw error
      }
    } catch let problem as ClipProblem {
      throw problem
    } catch let error as LibAVError {
      throw ClipProblem(writing: error)
    } catch {
      throw .failed("\(error)")
    }
  }

  private struct Written {
    var end = MediaTime.zero
    var pictures = 0
    var sounds = 0
  }

  private func fill(
    _ writer: ClipWriter, _ container: ClipContainer, _ pieces: [Piece]
  ) throws -> Written {
    let model = try material(of: pieces[0])
    let video = try writer.addCopy(of: model.video, isSound: false)
    let audio = try model.audio.map { try writer.addCopy(of: $0, isSound: true) }
    let tracks = subtitleTracks(of: pieces)
    let texts = try tracks.map { try writer.addSubtitles($0) }
    // Chapters stand before the packets, so their times must be known first.
    var offsets: [MediaTime] = [.zero]
    for piece in pieces {
      offsets.append(offsets[offsets.count - 1] + (piece.file.duration ?? .zero))
    }
    for (piece, (start, end)) in zip(pieces, zip(offsets, offsets.dropFirst())) {
      try writer.addChapter(from: start, to: end, title: piece.part.title)
    }
    let cues = pieces.reduce(0) { $0 + $1.part.subtitles.reduce(0) { $0 + $1.cues.count } }
    try writer.begin(packets: pieces.reduce(4 * cues) { $0 + $1.packets })
    var last: [Int: Int64] = [:]
    var written = Written(end: offsets[offsets.count - 1])
    for (piece, (start, end)) in zip(pieces, zip(offsets, offsets.dropFirst())) {
      var material = try material(of: piece)
      if start > .zero, let first = material.video.packets.first {
        material.video.packets[0] = try HEVCSplice.brokenLink(first, of: material.video.stream)
      }
      var packets = try TrackPackets.pictures(material.video, stream: video, offset: start)
      if let audio, let sound = material.audio {
        packets += try TrackPackets.sounds(
          sound, stream: audio, offset: start,
          beginsAtZero: container == .mp4 && start == .zero)
      }
      for (track, stream) in zip(tracks, texts) {
        guard
          let own = piece.part.subtitles.first(where: { $0.isSameTrack(as: track) })
        else { continue }
        let length = min(end - start, piece.part.end - piece.part.start)
        packets += try TrackPackets.texts(
          TextSamples.cues(own.cues, from: piece.part.start, length: length), stream: stream,
          offset: start, length: length, container: container)
      }
      packets = packets.filter { rises($0, after: &last) }
      written.pictures += packets.count { $0.stream == video }
      written.sounds += packets.count { $0.stream == audio }
      try writer.write(packets)
    }
    try writer.finish()
    return written
  }

  /// A packet that would step back at a joint, of which there may be one of sound, is left out.
  private func rises(_ item: TrackPacket, after last: inout [Int: Int64]) -> Bool {
    let dts = item.packet.dts ?? 0
    guard dts > last[item.stream] ?? .min else { return false }
    last[item.stream] = dts
    return true
  }

  private func material(of piece: Piece) throws -> ClipMaterial {
    try piece.file.rewind()
    return try ClipCollector(
      reader: SourceReader(piece.file, video: piece.video), video: piece.video, audio: piece.audio
    ).collectAll()
  }

  /// Every track that one of the clips has, without cues.
  private func subtitleTracks(of pieces: [Piece]) -> [ClipSubtitles] {
    var tracks: [ClipSubtitles] = []
    for track in pieces.flatMap(\.part.subtitles)
    where !tracks.contains(where: { $0.isSameTrack(as: track) }) {
      var empty = track
      empty.cues = []
      tracks.append(empty)
    }
    return tracks
  }
}

/// What must be equal for packets to share a track.
private struct StreamParameters: Hashable {
  let video: [Int]
  let videoExtradata: [UInt8]
  let audio: [Int]
  let audioExtradata: [UInt8]

  init(_ file: MediaFile, video: Int, audio: Int?) {
    let picture = file.streams[video].codec
    self.video = [
      Int(picture.codec_id.rawValue), Int(picture.width), Int(picture.height),
      Int(picture.format), Int(picture.color_trc.rawValue),
    ]
    videoExtradata = Self.extradata(picture)
    let sound = audio.map { file.streams[$0].codec }
    self.audio =
      sound.map {
        [Int($0.codec_id.rawValue), Int($0.sample_rate), Int($0.ch_layout.nb_channels)]
      } ?? []
    audioExtradata = sound.map(Self.extradata) ?? []
  }

  private static func extradata(_ codec: AVCodecParameters) -> [UInt8] {
    codec.extradata.map {
      Array(UnsafeBufferPointer(start: $0, count: Int(codec.extradata_size)))
    } ?? []
  }
}

extension ClipSubtitles {
  fileprivate func isSameTrack(as other: ClipSubtitles) -> Bool {
    language == other.language && title == other.title
  }
}
