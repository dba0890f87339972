import CLibAV
import Subtitles
import SystemPackage

/// A media file open for reading by libavformat.
///
/// Only real containers are opened, and nothing but the named file is read: no playlist, no
/// reference to another file, no network.
final class MediaFile {
  /// libavformat's names of the demuxers that may open an episode.
  static let containers =
    "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,asf,flv,mpeg,mpegts,ogg,wtv"

  /// libavformat's name of the Matroska demuxer.
  static let matroska = "matroska,webm"

  private let context: UnsafeMutablePointer<AVFormatContext>
  /// The container's own time of the episode clock's zero.
  let startTime: MediaTime
  private let isAVI: Bool

  /// - Parameter examines: whether to read on until all streams are known.
  init(
    _ path: FilePath, containers: String = MediaFile.containers, examines: Bool = true
  ) throws(LibAVError) {
    var options: OpaquePointer?
    defer { av_dict_free(&options) }
    av_dict_set(&options, "format_whitelist", containers, 0)
    av_dict_set(&options, "protocol_whitelist", "file", 0)
    var opened: UnsafeMutablePointer<AVFormatContext>?
    try LibAVError.check(
      avformat_open_input(&opened, path.libavAddress, nil, &options), "open the file")
    context = try LibAVError.memory(opened)
    context.pointee.flags |= AVFMT_FLAG_GENPTS
    isAVI = String(cString: context.pointee.iformat.pointee.name) == "avi"
    if examines {
      do {
        try LibAVError.check(avformat_find_stream_info(context, nil), "find the streams")
      } catch {
        avformat_close_input(&opened)
        throw error
      }
    }
    let start = context.pointee.start_time
    startTime = MediaTime(microseconds: start == MediaPacket.noTime ? 0 : start)
  }

  deinit {
    var closing: UnsafeMutablePointer<AVFormatContext>? = context
    avformat_close_input(&closing)
  }

  var containerName: String { String(cString: context.pointee.iformat.pointee.name) }

  /// Nil when the container doesn't say it and nothing lets it be estimated.
  var duration: MediaTime? {
    let duration = context.pointee.duration
    guard duration > 0 else { return nil }
    // MP4 counts from its own zero, also where all streams begin later.
    let ends = streams.map { stream -> MediaTime? in
      let (start, length) = (stream.pointee.start_time, stream.pointee.duration)
      guard start != MediaPacket.noTime, length > 0 else { return nil }
      return stream.pointee.time_base.time(start) + stream.pointee.time_base.time(length)
        - startTime
    }
    let known = ends.compactMap { $0 }.max()
    guard let known, ends.allSatisfy({ $0 != nil }), known > .zero else {
      return MediaTime(microseconds: duration)
    }
    return min(MediaTime(microseconds: duration), known)
  }

  var streams: [UnsafeMutablePointer<AVStream>] {
    (0..<Int(context.pointee.nb_streams)).compactMap { context.pointee.streams[$0] }
  }

  /// Has only these streams' packets read.
  func keep(_ indices: Set<Int>) {
    for (index, stream) in streams.enumerated() {
      stream.pointee.discard = indices.contains(index) ? AVDISCARD_DEFAULT : AVDISCARD_ALL
    }
  }

  /// Nil at the end.
  func next() throws(LibAVError) -> MediaPacket? {
    let packet = try MediaPacket()
    let code = av_read_frame(context, packet.pointer)
    if code == lfErrorEndOfFile { return nil }
    try LibAVError.check(code, "read the file")
    if isAVI, let stream = context.pointee.streams[packet.stream], stream.kind == .video,
      stream.codec.video_delay == 0
    {
      // AVI has decoding times alone, and libavformat takes each picture to be shown with the next one's.
      packet.pointer.pointee.pts = packet.pointer.pointee.dts
    }
    return packet
  }

  /// Goes to the last place at or before `time`, as far as can be told, else to the start.
  func seek(to time: MediaTime, stream: Int) throws(LibAVError) {
    let ticks = streams[stream].pointee.time_base.ticks(time + startTime)
    if av_seek_frame(context, Int32(stream), ticks, AVSEEK_FLAG_BACKWARD) >= 0 { return }
    try LibAVError.check(
      avformat_seek_file(context, -1, .min, startTime.microseconds, .max, 0), "seek in the file")
  }

  func seek(toByte position: Int64) throws(LibAVError) {
    try LibAVError.check(
      av_seek_frame(context, -1, position, AVSEEK_FLAG_BYTE), "seek in the file")
  }

  /// Goes back to the first packet.
  func rewind() throws(LibAVError) {
    if avformat_seek_file(context, -1, .min, startTime.microseconds, .max, 0) >= 0 { return }
    try seek(toByte: 0)
  }

  struct IndexEntry {
    var ticks: Int64
    var position: Int64
    var isKey: Bool
  }

  /// What the container's index, as far as it was read, says of a stream.
  func indexEntries(of stream: Int) -> [IndexEntry] {
    let pointer = streams[stream]
    return (0..<avformat_index_get_entries_count(pointer)).compactMap { position in
      avformat_index_get_entry(pointer, position).map { entry in
        IndexEntry(
          ticks: entry.pointee.timestamp, position: entry.pointee.pos,
          isKey: entry.pointee.flags & AVINDEX_KEYFRAME != 0)
      }
    }
  }

  func addIndexEntry(_ entry: KeyframeIndex.Entry, of stream: Int) {
    _ = av_add_index_entry(
      streams[stream], entry.position, entry.ticks, 0, 0, AVINDEX_KEYFRAME)
  }

  /// On the episode clock.
  func time(_ ticks: Int64, stream: Int) -> MediaTime {
    streams[stream].pointee.time_base.time(ticks) - startTime
  }
}

extension UnsafeMutablePointer<AVStream> {
  var codec: AVCodecParameters { pointee.codecpar.pointee }
  var kind: MediaStream.Kind {
    switch codec.codec_type {
    case AVMEDIA_TYPE_VIDEO: .video
    case AVMEDIA_TYPE_AUDIO: .audio
    case AVMEDIA_TYPE_SUBTITLE: .subtitle
    default: .other
    }
  }

  func has(_ disposition: Int32) -> Bool { pointee.disposition & disposition != 0 }

  func tag(_ key: String) -> String? {
    guard let entry = av_dict_get(pointee.metadata, key, nil, 0), let value = entry.pointee.value
    else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// Whether its pictures are brighter than a screen without HDR shows.
  var isHDR: Bool {
    codec.color_trc == AVCOL_TRC_SMPTE2084 || codec.color_trc == AVCOL_TRC_ARIB_STD_B67
  }

  /// A moving picture that can be shown, no cover.
  var isRealVideo: Bool {
    kind == .video && !has(AV_DISPOSITION_ATTACHED_PIC) && codec.codec_id != AV_CODEC_ID_NONE
      && codec.width > 0
  }
}
