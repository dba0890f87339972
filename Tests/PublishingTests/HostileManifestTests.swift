import Foundation
import Publishing
import SystemPackage
import Testing

/// Anyone who may write to the share may write a manifest.
@Suite struct HostileManifestTests {
  static let names = [
    "../../../victim.txt", "../../../../victim.txt", "../victim.txt", "..", ".", "", "/", "../..",
    "../../",
    "../../..", "known/../../victim.txt", "known/../x", "./../../victim.txt",
    "a/b/../../../victim.txt",
    "../../a/../../victim.txt", "a/b/c.txt", "../../Shorts/../../victim.txt", "x\u{0}y",
    "../../x\u{0}",
    "..\\..\\victim.txt", "//victim.txt", String(repeating: "x", count: 300) + ".mp4",
    "../../" + String(repeating: "x/", count: 50),
  ]

  private func clip(_ file: String) -> Manifest.Clip {
    .init(
      file: file, container: "mp4", durationS: 1, sizeBytes: 1, sourceStartS: 0, leadInS: 0,
      method: "copy",
      methodReason: nil, subtitles: [.init(language: "en", file: file)],
      captions: [.init(language: "en", file: file)],
      extracts: [.init(dictionaryForm: "x", file: file, failure: nil, startS: 0, durationS: 1)])
  }

  /// A published set whose manifest names what is not its own, and what is to be there afterwards.
  private func prepare() throws -> (TestShelf, FilePath, [String]) {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show/Show.S01E02.mkv")
    let folder = try shelf.publish(episode, "9-abc")
    let victims = [
      "victim.txt", "Show/victim.txt", "Show/Shorts/victim.txt", "Show/Shorts/langflix/victim.txt",
      "Show/Shorts/langflix/Other/clip.mp4",
      "Show/Shorts/langflix/Show season one episode two/a/b/c.txt",
    ]
    for victim in victims { try shelf.file(victim) }
    let absolute = ["victim.txt", "Show/victim.txt"].map { shelf.root.pushing(FilePath($0)).string }
    try Data(
      try shelf.manifest(
        "9-abc", (Self.names + absolute).map(clip), reel: "../../../victim.txt"
      ).utf8
    ).write(to: URL(fileURLWithPath: folder.path.appending(Manifest.fileName).string))
    return (shelf, episode, victims)
  }

  @Test func nothingElsewhereIsTouchedByANewSet() throws {
    let (shelf, episode, victims) = try prepare()
    try shelf.publish(episode, "9-abc", text: "new")
    for victim in victims { #expect(shelf.content(victim) == "mine", "\(victim)") }
    #expect(shelf.content("Show/Show.S01E02.mkv") == "mine")
    // The reel that no manifest names any more is somebody's.
    #expect(shelf.content("Show/Shorts/Show season one episode two.mp4") == "made")
    #expect(shelf.content("Show/Shorts/Show season one episode two klm.mp4") == "new")
  }

  @Test func nothingElsewhereIsTouchedByAnAddition() throws {
    let (shelf, episode, victims) = try prepare()
    let folder = try shelf.make(episode, "9-abc", text: "new")
    try folder.add()
    for victim in victims { #expect(shelf.content(victim) == "mine", "\(victim)") }
    #expect(folder.missing(among: Self.names) == Set(Self.names), "none is among ours")
    #expect(shelf.content("Show/Show.S01E02.mkv") == "mine")
  }

  @Test func nothingFollowsIntoKnown() throws {
    let (shelf, _, victims) = try prepare()
    let folder = shelf.root.pushing(
      FilePath("Show/Shorts/langflix/Show season one episode two"))
    // Some of these names can't be a file's at all.
    for name in Self.names { try? ClipFolder.followIntoKnown([name], in: folder) }
    for victim in victims { #expect(shelf.content(victim) == "mine", "\(victim)") }
    #expect(ClipFolder.knownFiles(in: folder) == [])
  }

  /// A link, a folder's link and a pipe in place of files that the manifest names.
  @Test func whatStandsInPlaceOfAFileIsNotFollowed() throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show/Show.S01E02.mkv")
    let folder = try shelf.publish(episode, "9-abc")
    let victim = try shelf.file("elsewhere/bb give up.m4a")
    let files = FileManager.default
    let clip = folder.path.appending("bb give up.mp4").string
    let extracts = folder.path.appending("extracts").string
    let reel = shelf.root.pushing(FilePath("Show/Shorts/Show season one episode two.mp4")).string
    for path in [clip, extracts, reel] { try files.removeItem(atPath: path) }
    #expect(symlink(victim.string, clip) == 0 && symlink(victim.string, reel) == 0)
    #expect(symlink(victim.removingLastComponent().string, extracts) == 0)
    let pipe = folder.path.appending("bb give up.en.srt").string
    try files.removeItem(atPath: pipe)
    #expect(mkfifo(pipe, 0o600) == 0)
    try shelf.publish(episode, "9-abc", text: "new")
    #expect(shelf.content("elsewhere/bb give up.m4a") == "mine")
    #expect(shelf.content("Show/Shorts/Show season one episode two.mp4") == "new")
    for path in [clip, reel, pipe] {
      #expect(
        shelf.facts(path.replacingOccurrences(of: shelf.root.string + "/", with: ""))?.st_mode
          == S_IFREG | 0o644)
    }
  }

  @Test(arguments: [
    "", "{}", "[]", "null", "{\"episode\":7}", "{\"groups\":[{\"clip\":{\"file\":{}}}]}",
    "{\"reel\":\"../../x\"}", String(repeating: "[", count: 10_000), "\u{FEFF}{\"groups\":[]}",
  ])
  func aManifestThatIsNoneOwnsNothing(text: String) throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show.S01E02.mkv")
    let folder = try shelf.publish(episode, "9-abc")
    try Data(text.utf8).write(
      to: URL(fileURLWithPath: folder.path.appending(Manifest.fileName).string))
    #expect(!folder.isPublished(fingerprint: "9-abc") && !folder.hasReel)
    let again = try shelf.publish(episode, "9-abc", text: "new")
    #expect(again.path != folder.path)
    #expect(shelf.content("Shorts/Show season one episode two.mp4") == "made", "somebody's, by now")
    #expect(
      shelf.names(in: "Shorts/langflix/Show season one episode two").contains("bb give up.mp4"))
  }
}
