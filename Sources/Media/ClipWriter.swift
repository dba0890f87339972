import CLibAV
import Glibc
import Subtitles
import SystemPackage

/// Writes one clip's file: streams, subtitles and chapters, from time 0, without an edit list.
///
/// Use it in this order: the `add` functions, `begin`, `write`, `finish`. What is not finished is
/// removed.
final class ClipWriter {
  private let context: UnsafeMutablePointer<AVFormatContext>
  private let path: FilePath
  private let container: ClipContainer
  private var isFinished = false

  init(_ path: FilePath, container: ClipContainer, title: String) throws(LibAVError) {
    self.path = path
    self.container = container
    var allocated: UnsafeMutablePointer<AVFormatContext>?
    try LibAVError.check(
      avformat_alloc_output_context2(&allocated, nil, container.rawValue, path.libavAddress),
      "prepare a clip")
    context = try LibAVError.memory(allocated)
    context.pointee.avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED
    context.pointee.strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL
    av_dict_set(&context.pointee.metadata, "title", title, 0)
  }

  deinit {
    // Whoever did not finish has an error of more worth than this one.
    avio_closep(&context.pointee.pb)
    avformat_free_context(context)
    if !isFinished { path.withPlatformString { _ = unlink($0) } }
  }

  /// A stream that is copied as it is.
  func addCopy(
    of track: ClipMaterial.Track, isSound: Bool
  ) throws(LibAVError) -> Int {
    let source = track.stream
    let stream = try LibAVError.memory(avformat_new_stream(context, nil))
    try LibAVError.check(
      avcodec_parameters_copy(stream.pointee.codecpar, source.pointee.codecpar), "copy a stream")
    let isHEVC = source.codec.codec_id == AV_CODEC_ID_HEVC
    stream.pointee.codecpar.pointee.codec_tag = container != .matroska && isHEVC ? lfTagHVC1 : 0
    stream.pointee.time_base =
      isSound
      ? AVRational(num: 1, den: max(1, source.codec.sample_rate)) : source.pointee.time_base
    stream.pointee.avg_frame_rate = source.pointee.avg_frame_rate
    stream.pointee.r_frame_rate = source.pointee.r_frame_rate
    stream.pointee.sample_aspect_ratio = source.pointee.sample_aspect_ratio
    stream.pointee.disposition = AV_DISPOSITION_DEFAULT
    try LibAVError.check(lfCopySideData(stream, source), "copy a stream")
    if let language = track.language {
      av_dict_set(&stream.pointee.metadata, "language", language, 0)
    }
    return Int(stream.pointee.index)
  }

  /// A subtitle track, whose packets are in milliseconds.
  func addSubtitles(_ track: ClipSubtitles) throws(LibAVError) -> Int {
    let stream = try LibAVError.memory(avformat_new_stream(context, nil))
    let parameters = stream.pointee.codecpar
    parameters?.pointee.codec_type = AVMEDIA_TYPE_SUBTITLE
    parameters?.pointee.codec_id =
      container == .mp4 ? AV_CODEC_ID_MOV_TEXT : AV_CODEC_ID_SUBRIP
    if container == .mp4 {
      let description = TimedText.description
      try LibAVError.check(
        lfSetExtradata(parameters, description, Int32(description.count)), "reserve memory")
    }
    stream.pointee.time_base = AVRational(num: 1, den: 1_000)
    stream.pointee.disposition = track.isDefault ? AV_DISPOSITION_DEFAULT : 0
    let language = LanguageCode.threeLetters(track.language)
    av_dict_set(&stream.pointee.metadata, "language", language, 0)
    av_dict_set(&stream.pointee.metadata, "title", track.title, 0)
    av_dict_set(&stream.pointee.metadata, "handler_name", track.title, 0)
    return Int(stream.pointee.index)
  }

  func addChapter(from start: MediaTime, to end: MediaTime, title: String) throws(LibAVError) {
    try LibAVError.check(
      lfAddChapter(context, start.milliseconds, end.milliseconds, title), "add a chapter")
  }

  /// Creates the file.
  /// - Parameter packets: how many will be written. MP4's index stands in front of them, so room is kept for it; it is
  ///   never moved, which would mean writing everything twice.
  func begin(packets: Int) throws(LibAVError) {
    var options: OpaquePointer?
    defer { av_dict_free(&options) }
    switch container {
    case .mp4, .m4a:
      av_dict_set(&options, "movflags", "+negative_cts_offsets", 0)
      av_dict_set(&options, "use_editlist", "0", 0)
      av_dict_set_int(&options, "moov_size", Int64(indexSize(packets: packets)), 0)
    case .matroska:
      av_dict_set(&options, "default_mode", "passthrough", 0)
    }
    let address = path.libavAddress
    try LibAVError.check(
      avio_open2(&context.pointee.pb, address, AVIO_FLAG_WRITE, nil, nil), "create the clip's file")
    try LibAVError.check(avformat_write_header(context, &options), "begin the clip")
    try checkDisk()
  }

  /// The most that the index can take: for each packet its size, its chunk, and its times where they differ from
  /// those of the packet before.
  private func indexSize(packets: Int) -> Int {
    let streams = (0..<Int(context.pointee.nb_streams)).reduce(0) { sum, position in
      sum + 4_096
        + Int(context.pointee.streams[position]?.pointee.codecpar.pointee.extradata_size ?? 0)
    }
    let chapters = (0..<Int(context.pointee.nb_chapters)).count * 1_024
    return 8_192 + streams + chapters + packets * Self.indexBytesPerPacket
  }

  private static let indexBytesPerPacket = 48

  /// Packets of all tracks; brought into the order of their decoding times.
  func write(_ packets: [TrackPacket]) throws(LibAVError) {
    for item in packets.sorted(by: { ($0.time, $0.stream) < ($1.time, $1.stream) }) {
      try write(item.packet, stream: item.stream, timeBase: item.timeBase)
    }
  }

  /// Packets must come in the order of their decoding times.
  private func write(_ packet: MediaPacket, stream: Int, timeBase: AVRational) throws(LibAVError) {
    guard let output = context.pointee.streams[stream] else { return }
    packet.pointer.pointee.stream_index = Int32(stream)
    packet.pointer.pointee.pos = -1
    av_packet_rescale_ts(packet.pointer, timeBase, output.pointee.time_base)
    try LibAVError.check(av_write_frame(context, packet.pointer), "write the clip")
    try checkDisk()
  }

  /// Completes the file. Its data is with the kernel, not yet surely on the disk.
  func finish() throws(LibAVError) {
    try LibAVError.check(av_write_trailer(context), "finish the clip")
    avio_flush(context.pointee.pb)
    try checkDisk()
    try LibAVError.check(avio_closep(&context.pointee.pb), "close the clip's file")
    isFinished = true
  }

  /// Gives up a file that was finished but is no good.
  func discard() { isFinished = false }

  /// A full disk shows here, whatever the muxer makes of it.
  private func checkDisk() throws(LibAVError) {
    try LibAVError.check(context.pointee.pb?.pointee.error ?? 0, "write the clip")
  }
}
