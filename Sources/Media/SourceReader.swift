import CLibAV
import Subtitles

/// Reads a source for one clip after the other. What was read stays here until the next seek beyond it, so that clips
/// that lie close together read no byte twice.
final class SourceReader {
  let file: MediaFile
  private let video: Int
  private let index: KeyframeIndex?
  /// All packets since the file was last at another place, in its order.
  private var kept: [MediaPacket] = []
  /// The next of `kept`.
  private var position = 0
  /// How far the pictures in `kept` reach.
  private var reach = MediaTime.zero

  /// Sound may lie so far before its pictures in the file.
  private static let spread = MediaTime.seconds(10)

  /// - Parameter index: found by a scan; without it the container's own index is used.
  init(_ file: MediaFile, video: Int, index: KeyframeIndex? = nil) {
    self.file = file
    self.video = video
    self.index = index
    if let index, file.containerName == MediaFile.matroska {
      for entry in index.entries { file.addIndexEntry(entry, of: video) }
    }
  }

  /// Goes to the last keyframe at or before `time`, as far as can be told.
  func seek(to time: MediaTime) throws(LibAVError) {
    let firstKey = kept.first { isKey($0) && shown($0) <= time }
    if firstKey != nil, reach >= time {
      let start = kept.lastIndex { isKey($0) && shown($0) <= time - Self.spread } ?? 0
      kept.removeFirst(start)
      position = 0
      return
    }
    kept = []
    position = 0
    reach = .zero
    if let index, file.containerName != MediaFile.matroska, let entry = entry(before: time, index) {
      try file.seek(toByte: entry.position)
    } else {
      try file.seek(to: time, stream: video)
    }
  }

  /// Nil at the end.
  func next() throws(LibAVError) -> MediaPacket? {
    if position < kept.count {
      position += 1
      return kept[position - 1]
    }
    guard let packet = try file.next() else { return nil }
    kept.append(packet)
    position = kept.count
    if packet.stream == video, let time = packet.dts ?? packet.pts {
      reach = max(reach, file.time(time, stream: video))
    }
    return packet
  }

  private func entry(before time: MediaTime, _ index: KeyframeIndex) -> KeyframeIndex.Entry? {
    index.entries.last { file.time($0.ticks, stream: video) <= time } ?? index.entries.first
  }

  private func isKey(_ packet: MediaPacket) -> Bool {
    packet.stream == video && packet.isKey && packet.pts != nil
  }

  private func shown(_ packet: MediaPacket) -> MediaTime {
    file.time(packet.pts ?? 0, stream: video)
  }
}
