import Foundation
import Media
import Subtitles
import SystemPackage
import Testing

/// A clip that was made of a damaged source, judged by ffprobe.
struct DamagedClip {
  private let clip: CutClip
  private let order: ClipOrder
  private let probe: Probe?
  private let path: FilePath
  private let probed: ProbedClip

  private static let picture = 0.041

  init(_ clip: CutClip, _ order: ClipOrder, _ probe: Probe?) throws {
    self.clip = clip
    self.order = order
    self.probe = probe
    path = order.folder.appending(try #require(clip.fileName))
    probed = try ProbedClip(path, decodes: false)
  }

  func expectGood(_ label: String) throws {
    let label = Comment(rawValue: "clip \(clip.id), \(clip.method), \(label)")
    let video = try #require(probed.streams("video").first, label)
    let pictures = probed.packets(of: video)
    let first = try #require(pictures.first, label)
    #expect(first.flags.hasPrefix("K"), label)
    #expect(abs(first.pts) < Self.picture, label)
    let sounds = probed.streams("audio")
    if probe?.streams.contains(where: { $0.kind == .audio }) == true {
      #expect(sounds.count == 1 || clip.soundReason != nil, label)
    }
    for stream in [video] + sounds {
      let times = probed.packets(of: stream).map(\.dts)
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 }, label)
    }
    let duration = try #require(probed.format.duration.flatMap(Double.init), label)
    #expect(abs(duration - clip.duration.seconds) < 0.01, label)
    #expect(clip.sourceStart <= order.start + .seconds(1), label)
    if let probe {
      // What lies behind the end of the source can't be in the clip.
      let end = min(order.end, probe.duration)
      let shown = pictures.map(\.pts).max() ?? 0
      // Where pictures are lost, the last one may stand for a second.
      #expect(clip.sourceStart.seconds + shown > end.seconds - 1.3, label)
    }
    let size = try FileManager.default.attributesOfItem(atPath: path.string)[.size] as? Int64
    #expect(size == clip.sizeBytes, label)
  }
}
