import Foundation
import Media
import Subtitles
import SystemPackage
import Testing

/// Clips of sources of many kinds: every one is decoded, and its pictures and its sound are
/// compared with the source's.
@Suite(
  .serialized, .enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct MatrixTests {
  /// Containers count in milliseconds, some in tenths.
  private static let rounding = 0.0021

  @Test(arguments: MatrixRow.all)
  func clipsShowWhatTheSourceShows(_ row: MatrixRow) async throws {
    if let encoder = row.missingEncoder {
      print("skipped: \(row.name): ffmpeg has no \(encoder)")
      return
    }
    let folder = try TemporaryFolder()
    let path = try await row.make(in: folder)
    let source = try await WatchedFile(path, isSource: true, folder: folder.path)
    let end = try #require(source.pictures.last).time + 0.02
    let out = try folder.folder("out")
    let orders = [
      CutTests.clip("near the start", in: out, from: 1.2, to: 4.2),
      CutTests.clip("in the middle", in: out, from: end / 2 - 1.9, to: end / 2 + 1.1),
      CutTests.clip("up to the end", in: out, from: end - 4.3, to: end),
    ]
    var order = CutTests.order(path, orders)
    (order.mode, order.sound) = (row.mode, row.soundMode)
    let clips = try await CutTests.cut(order)
    #expect(clips.map(\.id) == orders.map(\.id))
    for ((clip, order), method) in zip(zip(clips, orders), row.methods) {
      #expect(clip.method == method, "\(order.id): \(clip.reason ?? "")")
      #expect(method == .copy || clip.reason?.contains(row.reason) == true)
      try await Self.expect(clip, of: order, source, row, folder)
    }
  }

  private static func expect(
    _ clip: CutClip, of order: ClipOrder, _ source: WatchedFile, _ row: MatrixRow,
    _ folder: TemporaryFolder
  ) async throws {
    let path = order.folder.appending(
      try #require(clip.fileName, "\(order.id): \(clip.failure ?? "")"))
    #expect(clip.container == row.container)
    let watched = try await WatchedFile(path, isSource: false, folder: folder.path)
    #expect(watched.complaints.isEmpty, "\(order.id)")
    try expectPictures(watched, clip, order, source, row)
    try expectSound(watched, clip, order, source)
    try expectCue(watched, clip, order, source)
    if clip.container == "mp4" {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path.string))
      let media = try #require(bytes.range(of: Data("mdat".utf8)))
      #expect(bytes[..<media.lowerBound].range(of: Data("elst".utf8)) == nil, "\(order.id)")
    }
  }

  /// The same pictures as in the source, from the right one on, all of them, for as long.
  private static func expectPictures(
    _ watched: WatchedFile, _ clip: CutClip, _ order: ClipOrder, _ source: WatchedFile,
    _ row: MatrixRow
  ) throws {
    let first = try #require(watched.pictures.first)
    #expect(first.isKey)
    #expect(abs(first.time) < rounding)
    #expect(watched.videoPackets == watched.pictures.count, "\(order.id)")
    let place = try #require(
      source.pictures.firstIndex { $0.number == first.number },
      "\(order.id): first picture \(first.number ?? -1)")
    let target = order.start.seconds - 0.3
    let expected =
      clip.method == .copy
      ? source.pictures.lastIndex { $0.isKey && $0.time <= target + rounding } ?? 0
      : source.pictures.firstIndex { $0.time >= target - rounding } ?? 0
    #expect(
      abs(place - expected) <= (clip.method == .copy ? 0 : 1), "\(order.id): first picture")
    let start = clip.sourceStart.seconds
    #expect(abs(start - source.pictures[place].time) < rounding, "\(order.id)")
    let leadIn = order.start.seconds - source.pictures[place].time
    #expect(abs(clip.leadIn.seconds - leadIn) < rounding, "\(order.id): lead-in")
    let rest = source.pictures[place...]
    let stop = order.end.seconds + 0.3
    let wanted = rest.prefix { $0.time < stop - rounding }
    let pairs = zip(watched.pictures, rest)
    let whole = pairs.prefix { $0.number == $1.number }
    let late = whole.first { abs($0.time + start - $1.time) > 2 * rounding }
    #expect(late == nil, "\(order.id): the time of \(late?.0.number ?? -1)")
    #expect(
      whole.count >= wanted.count - (clip.method == .copy ? 0 : 1),
      "\(order.id): \(whole.count) of \(wanted.count) pictures, then \(text(pairs, whole.count))")
    #expect(try #require(watched.pictures.last).time + start <= stop + 0.5, "\(order.id)")
    // Of the pictures behind the end, only those are written that others need.
    let isEndWhole = whole.count == watched.pictures.count
    #expect(isEndWhole, "\(order.id): \(text(pairs, whole.count))")
  }

  private static func text(
    _ pairs: Zip2Sequence<[WatchedFile.Picture], ArraySlice<WatchedFile.Picture>>, _ count: Int
  ) -> String {
    pairs.dropFirst(count).first { _ in true }.map {
      "\($0.number ?? -1) instead of \($1.number ?? -1)"
    } ?? "no more"
  }

  private static func expectSound(
    _ watched: WatchedFile, _ clip: CutClip, _ order: ClipOrder, _ source: WatchedFile
  ) throws {
    let frame = max(watched.soundFrame, source.soundFrame)
    let start = clip.sourceStart.seconds
    let wanted = max(0, source.soundStart - start)
    for time in watched.startTimes {
      #expect(time > -rounding && time < wanted + frame + rounding, "\(order.id): \(time)")
    }
    #expect(abs(watched.soundStart - wanted) < frame + rounding, "\(order.id): sound's start")
    let end = min(source.soundEnd, order.end.seconds + 0.3)
    #expect(watched.soundEnd + start > end - frame - 0.01, "\(order.id): sound's end")
    // All along: neither a gap nor a doubled frame.
    let tones = stride(from: wanted + 0.1, to: watched.soundEnd - 0.1, by: 0.37).map { time in
      (time: time, heard: watched.chirp(at: time), right: source.chirp(at: time + start))
    }
    let wrong = tones.first { tone in
      guard let heard = tone.heard, let right = tone.right else { return true }
      return abs(heard - right) > frame + Chirp.error
    }
    #expect(wrong == nil, "\(order.id)")
  }

  /// What is seen and heard when the first full cue of the context begins.
  private static func expectCue(
    _ watched: WatchedFile, _ clip: CutClip, _ order: ClipOrder, _ source: WatchedFile
  ) throws {
    let original = try #require(CutTests.cues.first { $0.start > order.start })
    let cue = try #require(
      clip.subtitles.first?.cues.map(\.cue).first { $0.number == original.number })
    let (time, wanted) = (cue.start.seconds, original.start.seconds)
    let seen = try #require(watched.picture(at: time))
    let right = try #require(source.pictures.lastIndex { $0.time <= wanted + 0.0005 })
    let near = source.pictures[max(0, right - 1)...min(right + 1, source.pictures.count - 1)]
    #expect(near.contains { $0.number == seen.number }, "\(order.id): at the cue")
    let heard = try #require(watched.chirp(at: time), "\(order.id)")
    let there = try #require(source.chirp(at: wanted), "\(order.id)")
    let frame = max(watched.soundFrame, source.soundFrame)
    #expect(abs(heard - there) < frame + Chirp.error, "\(order.id): heard at the cue")
  }
}
