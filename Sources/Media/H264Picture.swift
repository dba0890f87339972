import CLibAV

/// What an H.264 picture is to others, read from the head of its first slice (ITU-T H.264, 7.3.1 and 7.4.1).
struct H264Picture {
  /// Whether no picture after it refers to one before it. libavformat also takes the beginning of an open group of
  /// pictures for a keyframe, which is none of these.
  let isIDR: Bool
  /// Whether it is a B picture that others may refer to. Where there are such, pictures bear orders to forget others, also
  /// some from before an open group.
  let isReferredB: Bool

  /// Nil for what holds no slice, and for other codecs.
  init?(_ packet: MediaPacket, of stream: UnsafeMutablePointer<AVStream>) {
    let codec = stream.codec
    guard codec.codec_id == AV_CODEC_ID_H264, let data = packet.pointer.pointee.data else {
      return nil
    }
    let bytes = UnsafeBufferPointer(start: data, count: packet.size)
    // In MP4 and Matroska each unit follows its length; in a transport stream, a start code.
    var sizeBytes: Int?
    if codec.extradata_size > 4, let extradata = codec.extradata, extradata[0] == 1 {
      sizeBytes = Int(extradata[4] & 3) + 1
    }
    guard let place = Self.slice(in: bytes, sizeBytes: sizeBytes) else { return nil }
    let head = bytes[place]
    isIDR = head & 0x1F == 5
    var bits = Bits(bytes[(place + 1)...])
    _ = bits.number()
    isReferredB = head >> 5 & 3 != 0 && bits.number().map { $0 % 5 == Self.typeB } == true
  }

  private static func isSlice(_ head: UInt8) -> Bool { [1, 2, 5].contains(head & 0x1F) }

  /// `slice_type` modulo 5.
  private static let typeB = 1

  /// Exponential-Golomb numbers (9.1), as far as a slice's first ones go.
  private struct Bits {
    private var bits: [Bool]

    init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
      bits = bytes.prefix(8).flatMap { byte in (0..<8).reversed().map { byte >> $0 & 1 == 1 } }
        .reversed()
    }

    mutating func number() -> Int? {
      var zeros = 0
      while let bit = bits.popLast(), !bit { zeros += 1 }
      guard bits.count >= zeros else { return nil }
      return (0..<zeros).reduce(1) { value, _ in value << 1 | (bits.removeLast() ? 1 : 0) } - 1
    }
  }

  /// Where the first slice begins.
  private static func slice(in bytes: UnsafeBufferPointer<UInt8>, sizeBytes: Int?) -> Int? {
    var position = 0
    if let sizeBytes {
      while position + sizeBytes < bytes.count {
        let size = bytes[position..<position + sizeBytes].reduce(0) { $0 << 8 | Int($1) }
        position += sizeBytes
        if isSlice(bytes[position]) { return position }
        position += size
      }
    } else {
      while position + 3 < bytes.count {
        if bytes[position] == 0, bytes[position + 1] == 0, bytes[position + 2] == 1 {
          if isSlice(bytes[position + 3]) { return position + 3 }
          position += 3
        } else {
          position += 1
        }
      }
    }
    return nil
  }
}
