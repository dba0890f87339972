import Foundation
import Media
import Subtitles
import Synchronization
import SystemPackage
import Testing

/// Sources whose containers do not say where their keyframes are.
@Suite(.enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct KeyframeTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    var name: String
    var options: [String]
    var isSearched: Bool
    var testDescription: String { name }
  }

  static let kinds = [
    Kind(name: "source.ts", options: [], isSearched: true),
    Kind(name: "source.mkv", options: [], isSearched: false),
    Kind(name: "live.mkv", options: ["-live", "1"], isSearched: true),
    Kind(name: "source.mp4", options: [], isSearched: false),
    Kind(
      name: "fragments.mp4", options: ["-movflags", "frag_keyframe+empty_moov"], isSearched: false),
    Kind(name: "source.flv", options: [], isSearched: true),
  ]

  @Test(arguments: kinds) func areSearchedForOnce(_ kind: Kind) async throws {
    let folder = try TemporaryFolder()
    let source = folder.file(kind.name)
    try TestMedia.source(options: TestMedia.h264 + kind.options, at: source)
    let out = try folder.folder("out")
    let orders = [
      CutTests.clip("a", in: out, from: 5.3, to: 8), CutTests.clip("b", in: out, from: 8.4, to: 11),
      CutTests.clip("c", in: out, from: 24.5, to: 28),
    ]
    let found = Mutex<KeyframeIndex?>(nil)
    let clips = try await TestMedia.client().cut(
      CutTests.order(source, orders), onIndex: { index in found.withLock { $0 = index } },
      onClip: { _ in })
    let index = found.withLock { $0 }
    #expect((index != nil) == kind.isSearched)
    #expect(clips.allSatisfy { $0.method == .copy }, "\(clips.compactMap(\.reason))")
    for (clip, order) in zip(clips, orders) {
      try CutTests.expectSound(
        clip, try ProbedClip(out.appending(try #require(clip.fileName))), order: order)
    }
    guard let index else { return }
    #expect(index.entries.count == 15)
    // With what was found, nothing is searched for again, and the clips are the same.
    var again = CutTests.order(source, orders)
    again.index = index
    let repeated = try await TestMedia.client().cut(
      again, onIndex: { _ in Issue.record("searched again") }, onClip: { _ in })
    #expect(repeated == clips)
    again.index?.size += 1
    let other = try await TestMedia.client().cut(again) { _ in }
    #expect(other == clips)
  }
}
