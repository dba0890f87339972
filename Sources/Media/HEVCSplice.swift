import CLibAV

/// Where HEVC clips meet in one file (ITU-T H.265, 7.4.2.2).
///
/// The keyframe of an open group of pictures (CRA) goes on with the picture order of what came before it. What came before
/// is another clip's here: two pictures may bear one order then, and decoders throw one of them away. As a broken link
/// (BLA) the same keyframe starts an order of its own; nothing else in its head differs.
enum HEVCSplice {
  /// The packet with its keyframe as a broken link; the packet itself where it holds no CRA.
  static func brokenLink(
    _ packet: MediaPacket, of stream: UnsafeMutablePointer<AVStream>
  ) throws(LibAVError) -> MediaPacket {
    let codec = stream.codec
    // In MP4 and Matroska each unit follows its length, whose size the stream's parameters tell (ISO 14496-15, 8.3.3).
    guard codec.codec_id == AV_CODEC_ID_HEVC, let extradata = codec.extradata,
      codec.extradata_size > lengthSizePlace, extradata[0] == 1
    else { return packet }
    var bytes = packet.payload
    let heads = heads(in: bytes, sizeBytes: Int(extradata[lengthSizePlace] & 3) + 1)
      .filter { bytes[$0] >> 1 & 0x3F == cleanRandomAccess }
    guard !heads.isEmpty else { return packet }
    for head in heads { bytes[head] = bytes[head] & 0x81 | brokenLinkAccess << 1 }
    let linked = try MediaPacket(bytes: bytes)
    try LibAVError.check(av_packet_copy_props(linked.pointer, packet.pointer), "reserve memory")
    return linked
  }

  private static let lengthSizePlace = 21
  private static let cleanRandomAccess: UInt8 = 21
  /// With leading pictures or without.
  private static let brokenLinkAccess: UInt8 = 16

  /// Where each unit begins.
  private static func heads(in bytes: [UInt8], sizeBytes: Int) -> [Int] {
    var heads: [Int] = []
    var position = 0
    while position + sizeBytes < bytes.count {
      let size = bytes[position..<position + sizeBytes].reduce(0) { $0 << 8 | Int($1) }
      position += sizeBytes
      heads.append(position)
      position += size
    }
    return heads
  }
}
