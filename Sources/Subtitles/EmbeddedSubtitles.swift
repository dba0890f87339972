/// Makes cues of the packets of a text subtitle track.
package enum EmbeddedSubtitles {
  /// libavcodec's names of the codecs that hold text.
  package static let readableCodecs: Set<String> = [
    "subrip", "text", "ass", "ssa", "mov_text", "webvtt",
  ]

  /// How long a packet is shown that doesn't say it, unless another begins before.
  private static let usualDuration = MediaTime.milliseconds(4_000)
  /// No film is as long as this; also refuses libav's value for "no time".
  private static let limit = MediaTime.seconds(10_000 * 3_600)

  /// Cleaned cues in time order, numbered from 1; none for a codec that holds no text.
  ///
  /// - Parameter header: the codec's private data. All readable codecs fix their packets' layout,
  ///   so nothing in it is needed.
  package static func cues(
    codec: String, header: [UInt8], packets: [SubtitlePacket]
  ) -> [Cue] {
    guard readableCodecs.contains(codec) else { return [] }
    let isASS = codec == "ass" || codec == "ssa"
    let timed = packets.filter { $0.start > MediaTime.zero - limit && $0.start < limit }
    let ordered = timed.enumerated().sorted {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }.map(\.element)
    var entries: [TimedEntry] = []
    var nextStart: MediaTime?
    for (position, packet) in ordered.enumerated().reversed() {
      if position + 1 < ordered.count, ordered[position + 1].start > packet.start {
        nextStart = ordered[position + 1].start
      }
      guard let (text, speaker) = content(of: packet.payload, codec: codec) else { continue }
      let span = TimeSpan(
        start: max(packet.start, .zero), end: end(of: packet, nextStart: nextStart))
      guard span.isShowable else { continue }
      entries.append(
        TimedEntry(start: span.start, end: span.end, text: text, speaker: speaker))
    }
    var leftOut = LeftOut()
    return CueCleaner.cues(of: entries.reversed(), markup: isASS ? .ass : .html, &leftOut)
  }

  private static func end(of packet: SubtitlePacket, nextStart: MediaTime?) -> MediaTime {
    if packet.duration > .zero { return packet.start + min(packet.duration, limit) }
    let usual = packet.start + usualDuration
    return nextStart.map { min($0, usual) } ?? usual
  }

  /// Nil for a packet that holds no text, such as a gap.
  private static func content(
    of payload: [UInt8], codec: String
  ) -> (text: String, speaker: String?)? {
    var text = payload[...]
    var speaker: String?
    switch codec {
    case "mov_text":
      guard text.count >= 2 else { return nil }
      let length = Int(text[0]) << 8 | Int(text[1])
      text = text.dropFirst(2).prefix(length)
    case "ass", "ssa":
      // ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text
      let fields = text.split(
        separator: UInt8(ascii: ","), maxSplits: 8, omittingEmptySubsequences: false)
      guard fields.count == 9 else { return nil }
      speaker = ASSReader.speaker(fields[3])
      text = fields[8]
    default:
      break
    }
    if text.first != 0xFE, text.first != 0xFF { text = text.prefix { $0 != 0 } }
    guard !text.isEmpty, text.count <= TimedEntry.textLimit else { return nil }
    return (DecodedText.line(text), speaker)
  }
}
