import CLibAV
import Subtitles

/// Tells whether a container knows where its keyframes are, and finds them where it does not.
struct KeyframeFinder {
  let file: MediaFile
  let video: Int
  let size: Int64

  /// How far before its end a container's own index may stop.
  private var tolerance: MediaTime {
    max(.seconds(15), MediaTime(microseconds: (file.duration ?? .zero).microseconds / 20))
  }

  /// Whether reading all of the file once would make every seek exact. MP4 can't be without an index, or names it in
  /// its fragments; for the rest libavformat's own search is as good as it gets.
  var needsScan: Bool {
    get throws(LibAVError) {
      switch file.containerName {
      case "mpegts", "mpeg": return true
      case "flv", MediaFile.matroska:
        // Matroska's cues are read when they are first needed.
        try file.seek(to: .zero, stream: video)
        guard let last = file.indexEntries(of: video).last(where: \.isKey) else { return true }
        guard let duration = file.duration else { return true }
        return file.time(last.ticks, stream: video) < duration - tolerance
      default: return false
      }
    }
  }

  /// Reads the file from its beginning to its end, without keeping what it reads.
  func scan(_ pulse: Pulse) throws(LibAVError) -> KeyframeIndex {
    if file.containerName == MediaFile.matroska {
      try file.rewind()
    } else {
      // By time, a transport stream is entered after its first pictures.
      try file.seek(toByte: 0)
    }
    var entries: [KeyframeIndex.Entry] = []
    while let packet = try file.next() {
      pulse.beat()
      guard packet.stream == video, packet.isKey, let pts = packet.pts, packet.position >= 0
      else { continue }
      entries.append(KeyframeIndex.Entry(ticks: pts, position: packet.position))
    }
    if file.containerName == MediaFile.matroska {
      // It seeks to clusters, whose places only libavformat's own index holds.
      entries = file.indexEntries(of: video).filter(\.isKey).map {
        KeyframeIndex.Entry(ticks: $0.ticks, position: $0.position)
      }
    }
    return KeyframeIndex(stream: video, size: size, entries: entries)
  }
}
