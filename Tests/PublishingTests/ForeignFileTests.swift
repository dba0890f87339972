import Foundation
import Publishing
import SystemPackage
import Testing

/// What is not langflix's is not touched, whatever a manifest says and whatever lies in the way.
@Suite struct ForeignFileTests {
  private static let name = "Show season one episode two"
  private let shelf: TestShelf
  private let episode: FilePath

  init() throws {
    shelf = try TestShelf()
    episode = try shelf.file("Show.S01E02.mkv")
  }

  @Test(
    arguments: [
      "../../langflix", "../../user.mp4", "../../Folder",
      "../../Show season one episode three.mp4", "known",
    ], [false, true])
  func aManifestThatNamesOthersIsNotFollowed(reel: String, adds: Bool) throws {
    try shelf.publish(try shelf.file("Show.S01E03.mkv"), "9-def")
    let folder = try shelf.publish(episode, "9-abc")
    try shelf.file("Shorts/user.mp4")
    try shelf.file("Shorts/Folder/user.mp4")
    try shelf.file("Shorts/langflix/\(Self.name)/known/x.mp4")
    let manifest = folder.path.appending(Manifest.fileName)
    try Data(try shelf.manifest("9-abc", [], reel: reel).utf8)
      .write(to: URL(fileURLWithPath: manifest.string))
    if adds {
      try shelf.make(episode, "9-abc", text: "new").add()
    } else {
      try shelf.publish(episode, "9-abc", text: "new")
    }
    #expect(shelf.content("Shorts/user.mp4") == "mine")
    #expect(shelf.content("Shorts/Folder/user.mp4") == "mine")
    #expect(shelf.content("Shorts/Show season one episode three.mp4") == "made")
    let other = "Shorts/langflix/Show season one episode three"
    #expect(shelf.names(in: other).contains("bb give up.mp4"))
    #expect(shelf.names(in: "Shorts/langflix/\(Self.name)/known").contains("x.mp4"))
    #expect(shelf.names(in: "Shorts/langflix/\(Self.name)").contains("bb give up.mp4"))
  }

  @Test func aFileThatCameMeanwhileStays() throws {
    let folder = try shelf.make(episode, "9-abc")
    try shelf.file("Shorts/\(Self.name).mp4")
    #expect(throws: PublishingError.self) { try folder.publish() }
    #expect(shelf.content("Shorts/\(Self.name).mp4") == "mine")
    // The next run takes another name.
    try shelf.publish(episode, "9-abc")
    #expect(shelf.content("Shorts/\(Self.name).mp4") == "mine")
  }

  @Test func secondChoicesAreLookedAtToo() throws {
    try shelf.file("Shorts/\(Self.name).mp4")
    try shelf.file("Shorts/\(Self.name) klmnop.mp4")
    try shelf.publish(episode, "9-abcdef")
    #expect(shelf.content("Shorts/\(Self.name) klmnop.mp4") == "mine")
    let names = shelf.names(in: "Shorts")
    try shelf.publish(episode, "9-abcdef", text: "again")
    #expect(shelf.names(in: "Shorts") == names)
  }

  @Test func namesThatBeginAlikeStayAsTheyAre() throws {
    let (first, second) = (try shelf.file("Show.mkv"), try shelf.file("Show - Pilot.mkv"))
    try shelf.publish(first, "9-abc")
    try shelf.publish(second, "9-def")
    let before = shelf.names(in: "Shorts")
    try shelf.publish(first, "9-abc")
    #expect(shelf.names(in: "Shorts") == before)
  }

  @Test func namesThatDifferInCaseAloneAreTwo() throws {
    let other = try shelf.file("show.s01e02.mkv")
    let folders = [try shelf.publish(episode, "9-abc"), try shelf.publish(other, "9-def")]
    #expect(Set(folders.map { $0.path.string.lowercased() }).count == 2)
  }

  @Test(.enabled(if: getuid() == 0, "only root may give a folder any group"))
  func belowARootFolderItsGroupHolds() throws {
    let inner = try shelf.file("Show/Show.S01E02.mkv")
    let root = try shelf.file("Out/x").removingLastComponent()
    #expect(chown(root.string, 0, 12_345) == 0)
    #expect(chmod(root.string, 0o775) == 0)
    let folder = try shelf.make(inner, "9-abc", .root(root.appending("lib").appending("Show")))
    #expect(folder.followFolder() == nil)
    try folder.publish()
    for path in ["lib", "lib/Show", "lib/Show/Shorts", "lib/Show/Shorts/\(Self.name).mp4"] {
      let facts = try #require(shelf.facts("Out/\(path)"), "\(path)")
      #expect(facts.st_gid == 12_345, "\(path)")
      #expect(facts.st_mode & 0o020 != 0, "\(path)")
    }
  }

  @Test func nothingIsWrittenOrRemovedThroughALink() throws {
    let folder = try shelf.publish(episode, "9-abc")
    try shelf.file("elsewhere/bb give up.m4a")
    let extracts = folder.path.appending("extracts").string
    try FileManager.default.removeItem(atPath: extracts)
    #expect(symlink(shelf.root.appending("elsewhere").string, extracts) == 0)
    let again = try shelf.make(episode, "9-abc", phrases: ["other one"], text: "new")
    try again.add()
    #expect(shelf.content("elsewhere/bb give up.m4a") == "mine")
    #expect(shelf.names(in: "elsewhere") == ["bb give up.m4a"])
  }

  @Test func aFolderThatAnotherEpisodeHasTakenOverIsTold() throws {
    let folder = try shelf.publish(episode, "9-abc")
    #expect(!folder.isAnothers(than: "9-abc"))
    #expect(folder.isAnothers(than: "9-def"))
    #expect(!ClipFolder(at: shelf.root.appending("nowhere")).isAnothers(than: "9-def"))
  }

  @Test func whatTheNewManifestDoesNotNameGoesAndWhatAPersonTouchedStays() throws {
    let folder = try shelf.publish(episode, "9-abc")
    let names = { shelf.names(in: "Shorts/langflix/\(Self.name)").filter { $0.hasSuffix(".mp4") } }
    let before = names().sorted()
    let again = try shelf.make(episode, "9-abc", phrases: ["other one"], text: "new")
    try again.add(keeping: [before[0]])
    #expect(Set(names()).isSuperset(of: [before[0]]))
    #expect(names().count == 2)
    let last = try shelf.make(episode, "9-abc", phrases: ["third one"], text: "new")
    try last.add()
    #expect(!names().contains { $0.contains("other one") })
    #expect(folder.isThere)
  }

  @Test func aMarkerThatIsALinkCreatesNothingElsewhere() throws {
    try shelf.file("Shorts/langflix/keep")
    let marker = shelf.root.pushing("Shorts/langflix/.plexignore").string
    #expect(symlink(shelf.root.appending("created").string, marker) == 0)
    try shelf.publish(episode, "9-abc")
    #expect(shelf.content("created") == nil)
  }

  @Test func theLongestNamesAreKept() throws {
    let folder = try shelf.publish(episode, "9-abc")
    let long = String(repeating: "n", count: 251) + ".txt"
    try shelf.file("Shorts/langflix/\(Self.name)/\(long)")
    let retired = folder.path.removingLastComponent().appending(".old \(Self.name)")
    try FileManager.default.copyItem(atPath: folder.path.string, toPath: retired.string)
    try shelf.publish(episode, "9-abc")
    #expect(
      shelf.names(in: "Shorts/langflix/\(Self.name)").filter { $0.hasPrefix("nnn") }.count == 2)
  }

  @Test func aStopBetweenManifestAndReelLeavesOneReel() throws {
    let folder = try shelf.publish(episode, "9-abc")
    try shelf.file("Shorts/\(Self.name) - notes.txt")
    _ = try shelf.make(episode, "9-abc", text: "second")
    let manifest = folder.path.appending(Manifest.fileName).string
    try FileManager.default.removeItem(atPath: manifest)
    try FileManager.default.moveItem(
      atPath: folder.workFolder.appending(Manifest.fileName).string, toPath: manifest)
    try shelf.make(episode, "9-abc", text: "third").add()
    let reels = shelf.names(in: "Shorts").filter { $0.hasSuffix(".mp4") }
    #expect(reels.count == 1, "\(reels)")
  }
}
