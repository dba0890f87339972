import CLibAV
import Subtitles

/// One packet of a stream, owned; its bytes are shared with libav's own references.
final class MediaPacket {
  let pointer: UnsafeMutablePointer<AVPacket>

  init() throws(LibAVError) { pointer = try LibAVError.memory(av_packet_alloc()) }

  deinit {
    var packet: UnsafeMutablePointer<AVPacket>? = pointer
    av_packet_free(&packet)
  }

  /// A packet of the same bytes, whose times can be changed alone.
  convenience init(sharing other: MediaPacket) throws(LibAVError) {
    try self.init()
    try LibAVError.check(av_packet_ref(pointer, other.pointer), "reserve memory")
  }

  /// A packet with bytes of its own.
  convenience init(bytes: [UInt8]) throws(LibAVError) {
    try self.init()
    try LibAVError.check(av_new_packet(pointer, Int32(bytes.count)), "reserve memory")
    bytes.withUnsafeBytes { source in
      if let address = source.baseAddress { memcpy(pointer.pointee.data, address, source.count) }
    }
  }

  static let noTime = Int64.min

  var stream: Int { Int(pointer.pointee.stream_index) }
  var isKey: Bool { pointer.pointee.flags & AV_PKT_FLAG_KEY != 0 }
  var size: Int { Int(pointer.pointee.size) }
  /// Its byte in the file; negative where that is not known.
  var position: Int64 { pointer.pointee.pos }
  var duration: Int64 { pointer.pointee.duration }
  var dts: Int64? { pointer.pointee.dts == Self.noTime ? nil : pointer.pointee.dts }
  /// When it is shown; the decoding time where the container knows nothing else.
  var pts: Int64? { pointer.pointee.pts == Self.noTime ? dts : pointer.pointee.pts }

  var payload: [UInt8] {
    guard let data = pointer.pointee.data else { return [] }
    return Array(UnsafeBufferPointer(start: data, count: size))
  }
}
