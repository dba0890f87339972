import CLibAV
import Subtitles

/// A packet with its times in the file that it goes into.
struct TrackPacket {
  let packet: MediaPacket
  let stream: Int
  let timeBase: AVRational
  /// When it is decoded, in microseconds.
  let time: Int64
}

/// Makes the packets of a file's tracks out of what was read. What was read stays as it is.
enum TrackPackets {
  /// - Parameter offset: where the track begins in the file.
  static func pictures(
    _ track: ClipMaterial.Track, stream: Int, offset: MediaTime = .zero
  ) throws -> [TrackPacket] {
    let timeBase = track.stream.pointee.time_base
    let presentation = track.times
    guard let decoding = DecodingTimes.make(presentation: presentation) else {
      throw ClipProblem.notCopied("the times of its pictures contradict each other")
    }
    let shift = timeBase.ticks(offset)
    return try track.packets.indices.map { position in
      let packet = try MediaPacket(sharing: track.packets[position])
      packet.pointer.pointee.pts = presentation[position] + shift
      packet.pointer.pointee.dts = decoding[position] + shift
      if position > 0, packet.isKey, H264Picture(packet, of: track.stream)?.isIDR == false {
        // Players enter at every keyframe that the index lists, and stumble over the pictures around this one.
        packet.pointer.pointee.flags &= ~AV_PKT_FLAG_KEY
      }
      return TrackPacket(
        packet: packet, stream: stream, timeBase: timeBase,
        time: timeBase.time(decoding[position] + shift).microseconds)
    }
  }

  /// Sound in ticks of its sample rate; the container's coarser times would make it jitter.
  /// - Parameter beginsAtZero: whether the first packet is moved to the beginning of the track. Without an edit list a
  ///   track of MP4 begins at 0, whatever its first packet says; so this one bears the odd milliseconds, and all
  ///   others keep their exact times.
  static func sounds(
    _ track: ClipMaterial.Track, stream: Int, offset: MediaTime = .zero, beginsAtZero: Bool
  ) throws -> [TrackPacket] {
    let timeBase = track.stream.pointee.time_base
    let samples = AVRational(num: 1, den: max(1, track.stream.codec.sample_rate))
    let origin = av_rescale_q(track.origin, track.originBase, samples)
    let shift = samples.ticks(offset)
    var previous = MediaPacket.noTime
    var last = Int64.min
    return try track.packets.enumerated().map { position, original in
      let packet = try MediaPacket(sharing: original)
      let frame = av_get_audio_frame_duration2(track.stream.pointee.codecpar, Int32(packet.size))
      let length = frame > 0 ? frame : track.stream.codec.frame_size
      let pts =
        av_rescale_delta(timeBase, packet.pts ?? 0, samples, length, &previous, samples) - origin
      let isMoved = position == 0 && (beginsAtZero || pts < 0)
      let time = max(isMoved ? 0 : pts, last == .min ? .min : last + 1)
      last = time
      packet.pointer.pointee.pts = time + shift
      packet.pointer.pointee.dts = time + shift
      packet.pointer.pointee.duration =
        length > 0 ? Int64(length) : av_rescale_q(max(packet.duration, 0), timeBase, samples)
      av_packet_free_side_data(packet.pointer)
      return TrackPacket(
        packet: packet, stream: stream, timeBase: samples,
        time: samples.time(time + shift).microseconds)
    }
  }

  /// - Parameter length: of the stretch that the cues are for.
  static func texts(
    _ cues: [MarkedCue], stream: Int, offset: MediaTime = .zero, length: MediaTime,
    container: ClipContainer
  ) throws -> [TrackPacket] {
    let milliseconds = AVRational(num: 1, den: 1_000)
    // The MP4 muxer itself ends each text with an empty sample, at once or where a gap begins.
    let samples =
      container == .mp4
      ? TextSamples.contiguous(cues, length: length).filter { !$0.text.isEmpty }
      : TextSamples.overlapping(cues)
    return try samples.compactMap { sample in
      let bytes =
        container == .mp4
        ? TimedText.sample(sample)
        : Array(SubtitleWriter.subRipText(sample.text, marks: sample.marks).utf8)
      guard !bytes.isEmpty else { return nil }
      let packet = try MediaPacket(bytes: bytes)
      let start = sample.start + offset.milliseconds
      packet.pointer.pointee.pts = start
      packet.pointer.pointee.dts = start
      packet.pointer.pointee.duration = sample.end - sample.start
      packet.pointer.pointee.flags |= AV_PKT_FLAG_KEY
      return TrackPacket(
        packet: packet, stream: stream, timeBase: milliseconds, time: start * 1_000)
    }
  }
}
