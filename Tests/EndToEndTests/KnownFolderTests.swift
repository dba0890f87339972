import Foundation
import SystemPackage
import Testing

/// What people do with clips on the sofa.
@Suite(.timeLimit(.minutes(10))) struct KnownFolderTests {
  @Test func aClipInTheFolderKnownTeachesNoMore() async throws {
    let place = try Workplace()
    let first = try await place.add("Show.S01E01.mkv")
    let plenty = ["LANGFLIX_LEXICON_CLIPS": "12"]
    #expect(try await place.langflix(["process", first.string], plenty).status == 0)
    let folder = place.media.appending("Shorts/langflix/Show season one episode one")
    let manifest = try ManifestView.read(folder)
    let known = try #require(manifest.groups.first)
    let clip = try #require(known.clip)
    #expect(place.names(in: folder).contains("known"))
    rename(
      folder.appending(clip.file).string, folder.appending("known").appending(clip.file).string)

    // Another episode with the same dialogue, of another series.
    let second = try await place.add("Other.S01E01.mkv")
    let handle = try #require(FileHandle(forWritingAtPath: second.string))
    try handle.seekToEnd()
    try handle.write(contentsOf: [0xEC, 0x81, 7])
    try handle.close()
    #expect(try await place.langflix(["process", second.string], plenty).status == 0)
    let list = try String(
      contentsOfFile: place.media.appending("known.txt").string, encoding: .utf8)
    for expression in known.expressions {
      #expect(list.split(separator: "\n").contains { $0 == expression.dictionaryForm })
    }
    let other = try ManifestView.read(
      place.media.appending("Shorts/langflix/Other season one episode one"))
    let forms = Set(other.groups.flatMap(\.expressions).map(\.dictionaryForm))
    #expect(!forms.isEmpty)
    #expect(forms.isDisjoint(with: known.expressions.map(\.dictionaryForm)))
    // Its subtitles followed it.
    for file in (clip.subtitles + clip.captions).map(\.file) {
      #expect(
        FileManager.default.fileExists(
          atPath: folder.appending("known").pushing(FilePath(file)).string))
    }
    let explained = try await place.langflix(["explain", second.string])
    #expect(explained.output.contains("is known"), "\(explained.output)")
  }

  @Test func whatTheSeriesGaveIsNotGivenAgain() async throws {
    let place = try Workplace()
    let plenty = ["LANGFLIX_LEXICON_CLIPS": "12"]
    let first = try await place.add("Show.S01E01.mkv")
    #expect(try await place.langflix(["process", first.string], plenty).status == 0)
    let second = try await place.add("Show.S01E02.mkv")
    let handle = try #require(FileHandle(forWritingAtPath: second.string))
    try handle.seekToEnd()
    try handle.write(contentsOf: [0xEC, 0x81, 7])
    try handle.close()
    let result = try await place.langflix(["process", second.string], plenty)
    #expect(result.output.contains("no clips"), "\(result.output)")
    let explained = try await place.langflix(["explain", second.string])
    #expect(
      explained.output.contains("an earlier episode of the series gave it"), "\(explained.output)")
    // Another release of the first episode is that episode again, with all that it gives.
    let release = try await place.add("Show.S01E01.1080p.mkv")
    let other = try #require(FileHandle(forWritingAtPath: release.string))
    try other.seekToEnd()
    try other.write(contentsOf: [0xEC, 0x81, 8])
    try other.close()
    #expect(try await place.langflix(["process", release.string], plenty).output.contains("clip"))
    let shelf = place.media.appending("Shorts/langflix")
    let names = place.names(in: shelf).filter { $0.hasPrefix("Show season one episode one ") }
    try await expectGoodClips(shelf.appending(try #require(names.first)))
    let third = try await place.add("Show.S01E03.mkv")
    let again = plenty.merging(["LANGFLIX_SELECTION_REPEAT_AFTER_EPISODES": "0"]) { $1 }
    #expect(try await place.langflix(["process", third.string], again).output.contains("clip"))
  }
}
