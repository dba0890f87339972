import Library
import SystemPackage
import Testing

@Suite struct EpisodeFilesTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  @Test func sidecarsLieBesideAndInSubtitleFolders() throws {
    let episode = try folder.write("Show.S01E01.mkv")
    let expected = try [
      folder.write("Show.S01E01.en.srt"), folder.write("Show.S01E02.srt"),
      folder.write("Subs/Show.S01E01/2_English.srt"), folder.write("Subs/de.ass"),
      folder.write("subtitles/x.VTT"),
    ]
    try folder.write("Show.S01E01.nfo")
    try folder.write(".hidden.srt")
    try folder.write("Other/x.srt")
    try folder.write("Subs/Show.S01E02/2_English.srt")
    try folder.makeFolder("Subs/folder.srt")
    #expect(try EpisodeFiles.sidecars(of: episode) == expected)
  }

  @Test func sidecarsWithNamesThatAreNotUTF8() throws {
    let stem: [UInt8] = [0xe9, 0x0a, 0x66]
    let episode = folder.path.appending(try .bytes(stem + Array(".mkv".utf8)))
    let sidecar = folder.path.appending(try .bytes(stem + Array(".srt".utf8)))
    try TestFolder.append(1, to: sidecar)
    #expect(try EpisodeFiles.sidecars(of: episode) == [sidecar])
  }

  @Test func aLinkedSubtitleFolderCounts() throws {
    let elsewhere = try TestFolder()
    try elsewhere.write("en.srt")
    try folder.symlink(elsewhere.path, to: "Subs")
    let linked = try elsewhere.write("b.srt")
    try folder.symlink(linked, to: "a.srt")
    #expect(
      try EpisodeFiles.sidecars(of: folder["x.mkv"])
        == [folder["Subs/b.srt"], folder["Subs/en.srt"], folder["a.srt"]])
  }

  @Test func sidecarsOfAFolderThatIsMissingThrow() {
    #expect(throws: Errno.noSuchFileOrDirectory) {
      try EpisodeFiles.sidecars(of: folder["missing/x.mkv"])
    }
  }

  @Test func countsOtherEpisodes() throws {
    let episode = try folder.write("a.mkv")
    try folder.write("b.mp4")
    try folder.write("b-sample.mp4")
    try folder.write("b.srt")
    try folder.makeFolder("c.mkv")
    #expect(EpisodeFiles.otherEpisodes(in: folder.path, than: episode) == 1)
    #expect(EpisodeFiles.otherEpisodes(in: folder["none"], than: episode) == 0)
  }

  @Test func listsOneFolderAsALibraryTakesIt() throws {
    let episodes = try [folder.write("a.mkv"), folder.write("b.mp4")]
    try folder.write("b-sample.mp4")
    try folder.write("a.srt")
    let below = try folder.write("Season 1/c.mkv")
    try folder.write("Shorts/langflix/a/clip.mp4")
    try folder.symlink(folder["Season 1"], to: "linked")
    let rules = IgnoreRules(include: [], exclude: [])
    let entries = { (place: FilePath) in
      try EpisodeFiles.entries(of: place, root: folder.path, rules: rules)
    }
    let top = try entries(folder.path)
    #expect(Set(top.episodes) == Set(episodes))
    #expect(Set(top.folders) == [folder["Season 1"], folder["Shorts"]])
    #expect(try entries(folder["Season 1"]).episodes == [below])
    // It is left out, and so is what lies below it.
    let shorts = try entries(folder["Shorts"])
    #expect(shorts.episodes.isEmpty && shorts.folders.isEmpty)
    #expect(throws: Errno.noSuchFileOrDirectory) { try entries(folder["none"]) }
  }

  @Test func observesRegularFilesOnly() throws {
    let file = try folder.write("a.mkv", bytes: 1_000, modified: 1_700_000_000)
    let observed = try #require(EpisodeFiles.observe(file))
    #expect(observed.path == file)
    #expect(observed.sizeBytes == 1_000)
    #expect(observed.modified == 1_700_000_000_000_000_000)
    try folder.symlink(file, to: "link.mkv")
    let linked = try #require(EpisodeFiles.observe(folder["link.mkv"]))
    #expect(linked.inode == observed.inode && linked.device == observed.device)
    try folder.symlink(folder["nowhere"], to: "dangling.mkv")
    #expect(EpisodeFiles.observe(folder["dangling.mkv"]) == nil)
    #expect(EpisodeFiles.observe(folder.path) == nil)
    #expect(EpisodeFiles.observe(folder["none"]) == nil)
  }
}
