/// Makes cues of the packets of a text subtitle track.
package enum EmbeddedSubtitles {
  /// libavcodec's names of the codecs that hold text.
  package static let readableCodecs: Set<String> = [
    "subrip", "text", "ass", "ssa", "mov_text", "webvtt",
  ]

  /// How long a packet is shown that doesn't say it, unless another begins before.
  private static let usualDuration = MediaTime.milliseconds(4_000)

  /// Cleaned cues in time order, numbered from 1; none for a codec that holds no text.
  ///
  /// All readable codecs fix their packets' layout, so nothing in their private data is needed.
  ///
  /// - Parameter styles: which styles of ASS hold dialogue.
  package static func read(
    codec: String, packets: [SubtitlePacket], styles: StyleRules = .init()
  ) -> (cues: [Cue], leftOut: LeftOut) {
    guard readableCodecs.contains(codec) else { return ([], LeftOut()) }
    let isASS = codec == "ass" || codec == "ssa"
    // Also refuses libav's value for "no time".
    let limit = TimeSpan.limit
    let timed = packets.filter { $0.start > MediaTime.zero - limit && $0.start < limit }
    let ordered = timed.enumerated().sorted {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }.map(\.element)
    var filter = StyleFilter(styles)
    var found = TimedEntries()
    var signs = TimedEntries()
    found.leftOut.add(.unusableTime, packets.count - timed.count)
    var nextStart: MediaTime?
    for (position, packet) in ordered.enumerated().reversed() {
      if position + 1 < ordered.count, ordered[position + 1].start > packet.start {
        nextStart = ordered[position + 1].start
      }
      guard let content = content(of: packet.payload, codec: codec) else { continue }
      let span = TimeSpan(
        start: max(packet.start, .zero), end: end(of: packet, nextStart: nextStart))
      if isASS, filter.leavesOut(style: content.style, effect: content.effect) {
        signs.add(span, text: content.text, speaker: content.speaker)
      } else {
        found.add(span, text: content.text, speaker: content.speaker)
      }
    }
    var all = found.besides(signs)
    all.entries.reverse()
    var leftOut = all.leftOut
    let cues = CueCleaner.cues(
      of: all, markup: isASS ? .ass : .html, &leftOut)
    return (cues, leftOut)
  }

  private static func end(of packet: SubtitlePacket, nextStart: MediaTime?) -> MediaTime {
    if packet.duration > .zero {
      let last = TimeSpan.limit - .milliseconds(1)
      return min(packet.start + min(packet.duration, last), last)
    }
    let usual = packet.start + usualDuration
    return nextStart.map { min($0, usual) } ?? usual
  }

  private struct Content {
    var text: String
    var speaker: String?
    var style: ArraySlice<UInt8> = []
    var effect: ArraySlice<UInt8> = []
  }

  /// Nil for a packet that holds no text, such as a gap.
  private static func content(of payload: [UInt8], codec: String) -> Content? {
    var content = Content(text: "")
    var text = payload[...]
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
      content.style = fields[2]
      content.speaker = ASSReader.speaker(fields[3])
      content.effect = fields[7]
      text = fields[8]
    default:
      break
    }
    if text.first != 0xFE, text.first != 0xFF { text = text.prefix { $0 != 0 } }
    guard !text.isEmpty, text.count <= TimedEntry.textLimit else { return nil }
    content.text = DecodedText.line(text)
    return content
  }
}
