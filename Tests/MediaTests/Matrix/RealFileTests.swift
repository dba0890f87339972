import Foundation
import Media
import Subtitles
import SystemPackage
import Testing

/// Clips of files of many makers begin with the source's own picture.
@Suite(
  .serialized,
  .enabled(
    if: TestMedia.canRun && SampleFiles.folder != nil,
    "needs ffmpeg, the langflix program and the sample files (LANGFLIX_DATA)"))
struct RealFileTests {
  /// What is no video that can be cut, and what is said of it.
  private static let refused = [
    "sample_ac3.mp4": "holds no video",
    "sample_with_dts.mkv": "holds no video",
    "sample_with_opus_audio.mkv": "holds no video",
  ]

  /// Of decibels between a picture and its encoded copy.
  private static let likeness = 30.0

  @Test(arguments: SampleFiles.files)
  func theMiddleThirdIsCut(_ name: String) async throws {
    let path = FilePath(try #require(SampleFiles.folder)).appending(name)
    let folder = try TemporaryFolder()
    let client = try TestMedia.client()
    if let reason = Self.refused[name] {
      let failure = await #expect(throws: MediaFailure.self) { try await client.probe(path) }
      #expect(failure?.message.contains(reason) == true)
      return
    }
    let source = try await pictures(of: path, folder, isSource: true)
    let (begin, end) = (try #require(source.times.first), try #require(source.times.last))
    let (from, to) = (begin + (end - begin) / 3, begin + (end - begin) * 2 / 3)
    let order = CutTests.order(path, [CutTests.clip("a", in: folder.path, from: from, to: to)])
    let clip = try #require(try await client.cut(order) { _ in }.first)
    let made = folder.file(try #require(clip.fileName, "\(clip.failure ?? "")"))
    let seen = try await pictures(of: made, folder, isSource: false)
    #expect(seen.complaints.isEmpty)
    let start = clip.sourceStart.seconds
    let place = try #require(source.times.firstIndex { abs($0 - start) < 0.0021 }, "\(start)")
    #expect(abs(try #require(seen.times.first)) < 0.0021)
    #expect(abs(clip.leadIn.seconds - max(0, from - start)) < 0.0021)
    let interval = zip(seen.times, seen.times.dropFirst()).map { $1 - $0 }.max() ?? 0
    #expect(try #require(seen.times.last) + start > to - max(0.1, interval))
    if clip.method == .copy {
      #expect(seen.hashes.first == source.hashes[place])
      #expect(seen.hashes.last.map { source.hashes.contains($0) } == true)
    } else {
      let pair = (
        try await picture(0, of: made, folder), try await picture(place, of: path, folder)
      )
      #expect(Self.decibels(pair.0, pair.1) > Self.likeness)
    }
  }

  private struct Pictures {
    var hashes: [String]
    var times: [Double]
    var complaints: String
  }

  private func pictures(
    of path: FilePath, _ folder: TemporaryFolder, isSource: Bool
  ) async throws -> Pictures {
    let decoded = try await Tool(
      "ffmpeg",
      ["-nostdin", "-v", "error"] + (isSource ? [] : ["-xerror"]) + [
        "-i", path.string, "-map", "0:V:0", "-vsync", "passthrough", "-f", "framemd5", "-",
      ], folder: folder.path)
    let hashes = decoded.output.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      String($0.split(separator: ",").last ?? "")
    }
    let told = try await Tool(
      "ffprobe",
      [
        "-v", "error", "-select_streams", "V:0", "-show_entries",
        "frame=best_effort_timestamp_time:format=start_time", "-of", "compact=p=0", path.string,
      ], folder: folder.path
    ).output
    var (times, zero) = ([Double](), 0.0)
    for field in told.split(whereSeparator: { $0 == "\n" || $0 == "|" }) {
      let parts = field.split(separator: "=")
      guard parts.count == 2, let value = Double(parts[1]) else { continue }
      if parts[0] == "start_time" { zero = value } else { times.append(value) }
    }
    if !isSource { zero = 0 }
    try #require(times.count == hashes.count)
    return Pictures(
      hashes: hashes, times: times.map { $0 - zero }, complaints: decoded.errors)
  }

  private func picture(
    _ number: Int, of path: FilePath, _ folder: TemporaryFolder
  ) async throws -> Data {
    let gray = folder.file("picture.gray")
    try await Tool(
      "ffmpeg",
      [
        "-nostdin", "-y", "-v", "error", "-i", path.string, "-map", "0:V:0", "-vf",
        "select='eq(n,\(number))'", "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo",
        gray.string,
      ], folder: folder.path)
    return try Data(contentsOf: URL(fileURLWithPath: gray.string))
  }

  /// The peak signal-to-noise ratio; below 0 for pictures of different sizes.
  private static func decibels(_ one: Data, _ other: Data) -> Double {
    guard one.count == other.count, !one.isEmpty else { return -1 }
    let sum = zip(one, other).reduce(0) { sum, pair in
      let difference = Int(pair.0) - Int(pair.1)
      return sum + difference * difference
    }
    return sum == 0 ? .infinity : 10 * log10(255 * 255 * Double(one.count) / Double(sum))
  }
}
