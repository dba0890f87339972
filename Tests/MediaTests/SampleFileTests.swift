import Foundation
import Media
import Subtitles
import SystemPackage
import Testing

/// Where the sample files are, if anywhere.
enum SampleFiles {
  static let folder: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent()
    let data =
      ProcessInfo.processInfo.environment["LANGFLIX_DATA"]
      ?? root.appendingPathComponent("../shared/data").standardized.path
    let media = data + "/media"
    guard FileManager.default.fileExists(atPath: media) else {
      print("skipped: no sample files at \(media)")
      return nil
    }
    return media
  }()

  static let files: [String] =
    folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) }?.sorted() ?? []
}

/// Files of many makers: each is read or refused with a reason, and none ends the worker.
@Suite(
  .enabled(
    if: TestMedia.canRun && SampleFiles.folder != nil,
    "needs ffmpeg, the langflix program and the sample files (LANGFLIX_DATA)"))
struct SampleFileTests {
  @Test(arguments: SampleFiles.files)
  func isReadOrRefused(_ name: String) async throws {
    let path = FilePath(try #require(SampleFiles.folder)).appending(name)
    let client = try TestMedia.client()
    let probe: Probe
    do throws(MediaFailure) {
      probe = try await client.probe(path)
    } catch {
      print("\(name): \(error.kind): \(error.message)")
      #expect([.notMedia, .noVideo, .truncated].contains(error.kind))
      #expect(!error.message.isEmpty)
      return
    }
    for stream in probe.streams where EmbeddedSubtitles.readableCodecs.contains(stream.codec) {
      let track = try await client.subtitleTrack(of: path, stream: stream.index)
      #expect(track.codec == stream.codec)
    }
    let folder = try TemporaryFolder()
    let middle = probe.duration.seconds / 2
    let order = CutTests.order(
      path, [CutTests.clip("a", in: folder.path, from: middle, to: middle + 1)])
    let clips = try await client.cut(order) { _ in }
    let clip = try #require(clips.first)
    print("\(name): \(clip.method) \(clip.container) \(clip.reason ?? "") \(clip.failure ?? "")")
    if let file = clip.fileName {
      #expect(folder.names == [file])
      let probed = try ProbedClip(folder.file(file))
      let video = try #require(probed.streams("video").first)
      #expect(abs(try #require(probed.packets(of: video).first).pts) < 0.05)
    } else {
      #expect(clip.failure?.isEmpty == false)
      #expect(folder.names.isEmpty)
    }
  }
}
