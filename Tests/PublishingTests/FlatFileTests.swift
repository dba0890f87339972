import Foundation
import Publishing
import SystemPackage
import Testing

/// The reel, and in the layout `extras` the clips: files in `Shorts/`, where people keep files, too.
@Suite struct FlatFileTests {
  private static let name = "Show season one episode two"

  @Test(arguments: [ClipLayout.beside, .extras])
  func aPersonsFileOfTheSameNameStays(layout: ClipLayout) throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show.S01E02.mkv")
    let taken = ["\(Self.name).mp4", "SHOW SEASON ONE EPISODE TWO - b give up.en.srt"]
    for name in taken { try shelf.file("Shorts/\(name)") }
    var names: Set<String> = []
    for text in ["first", "second"] {
      try shelf.publish(episode, "9-abcdef", layout, text: text)
      for name in taken { #expect(shelf.content("Shorts/\(name)") == "mine") }
      let made = shelf.names(in: "Shorts").subtracting(taken + ["langflix"])
      #expect(names.isEmpty || names == made, "the same at every run")
      names = made
      #expect(names.contains("\(Self.name) klmnop.mp4"))
      for name in names { #expect(shelf.content("Shorts/\(name)") == text) }
    }
    // A set without flat files takes its own along, and no other.
    try shelf.publish(episode, "9-abcdef", reel: false)
    #expect(shelf.names(in: "Shorts") == Set(taken + ["langflix"]))
  }

  @Test func aReelIsReplacedInOneStep() throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show.S01E02.mkv")
    try shelf.publish(episode, "9-abc", text: "first")
    let reel = shelf.root.appending("Shorts").appending("\(Self.name).mp4")
    let open = try #require(FileHandle(forReadingAtPath: reel.string))
    try shelf.publish(episode, "9-abc", text: "second")
    #expect(shelf.content("Shorts/\(Self.name).mp4") == "second")
    // Who is watching it sees it to its end.
    #expect(try open.readToEnd() == Data("first".utf8))
    #expect(shelf.names(in: "Shorts") == ["\(Self.name).mp4", "langflix"])
  }

  @Test func flatFilesOfAFormerChoiceGo() throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show.S01E02.mkv")
    try shelf.file("Shorts/trailer.mp4")
    try shelf.publish(episode, "9-abc", .extras, phrases: ["give up", "so far"])
    #expect(shelf.names(in: "Shorts").count == 7)
    let folder = try shelf.publish(episode, "9-abc", .extras, phrases: ["so far"])
    #expect(
      shelf.names(in: "Shorts") == [
        "langflix", "trailer.mp4", "\(Self.name).mp4", "\(Self.name) - bb so far.mp4",
        "\(Self.name) - bb so far.en.srt",
      ])
    #expect(folder.missing(among: ["../../\(Self.name) - bb so far.mp4"]).isEmpty)
    #expect(folder.hasReel && folder.isPublished(fingerprint: "9-abc"))
  }

  // MARK: - Stops

  /// What is there after a run that was stopped, then one that was not.
  private func expectOneSet(_ shelf: TestShelf, _ folder: ClipFolder, _ text: String) {
    #expect(
      shelf.names(in: "Shorts") == ["langflix", "\(Self.name).mp4", "user.mp4"],
      "one reel, and nothing of a person's is lost")
    #expect(shelf.content("Shorts/\(Self.name).mp4") == text)
    #expect(
      shelf.names(in: "Shorts/langflix").filter { $0.hasPrefix(".work") || $0.hasPrefix(".old") }
        == [])
    #expect(
      shelf.names(in: "Shorts/langflix/\(Self.name)") == [
        "bb give up.mp4", "bb give up.en.srt", "captions", "extracts", "known", "expressions.json",
      ])
    #expect(folder.hasCompleteSet(fingerprint: "9-abc"))
  }

  @Test func aStopBeforeTheFirstFlatFileIsPlaced() throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show.S01E02.mkv")
    try shelf.file("Shorts/user.mp4")
    let folder = try shelf.make(episode, "9-abc", text: "first")
    try FileManager.default.moveItem(atPath: folder.workFolder.string, toPath: folder.path.string)
    #expect(shelf.content("Shorts/\(Self.name).mp4") == nil)
    // The next run begins: what was made before is in its place, before anything else is.
    let next = ClipFolder(forEpisode: episode, fingerprint: "9-abc")
    try next.prepare()
    #expect(next.path == folder.path)
    #expect(shelf.content("Shorts/\(Self.name).mp4") == "first")
    #expect(next.flatStem(fingerprint: "9-abc") == Self.name)
    next.discard()
    expectOneSet(shelf, try shelf.publish(episode, "9-abc", text: "second"), "second")
  }

  @Test(arguments: [false, true])
  func aStopBetweenTheSwapAndTheClearing(wasPlaced: Bool) throws {
    let shelf = try TestShelf()
    let files = FileManager.default
    let episode = try shelf.file("Show.S01E02.mkv")
    try shelf.file("Shorts/user.mp4")
    let folder = try shelf.publish(episode, "9-abc", text: "first")
    try shelf.file("Shorts/langflix/\(Self.name)/my notes.txt")
    _ = try shelf.make(episode, "9-abc", text: "second")
    let retired = folder.path.removingLastComponent().appending(".old \(Self.name)")
    try files.moveItem(atPath: folder.path.string, toPath: retired.string)
    try files.moveItem(atPath: folder.workFolder.string, toPath: folder.path.string)
    if wasPlaced {
      let reel = shelf.root.appending("Shorts").appending("\(Self.name).mp4").string
      try files.removeItem(atPath: reel)
      try files.moveItem(
        atPath: folder.path.appending("flat").appending("\(Self.name).mp4").string, toPath: reel)
    }
    let next = ClipFolder(forEpisode: episode, fingerprint: "9-abc")
    try next.prepare()
    next.discard()
    #expect(shelf.content("Shorts/langflix/\(Self.name)/my notes.txt") == "mine")
    try files.removeItem(atPath: folder.path.appending("my notes.txt").string)
    expectOneSet(shelf, next, "second")
    expectOneSet(shelf, try shelf.publish(episode, "9-abc", text: "third"), "third")
  }

  @Test func aStopBeforeTheSwapChangesNothing() throws {
    let shelf = try TestShelf()
    let episode = try shelf.file("Show.S01E02.mkv")
    try shelf.file("Shorts/user.mp4")
    let folder = try shelf.publish(episode, "9-abc", text: "first")
    _ = try shelf.make(episode, "9-abc", text: "second")
    folder.discard()
    expectOneSet(shelf, folder, "first")
    // Between the work folder's rename and the swap, the new set is where the old one would be cleared.
    _ = try shelf.make(episode, "9-abc", text: "second")
    let retired = folder.path.removingLastComponent().appending(".old \(Self.name)")
    try FileManager.default.moveItem(atPath: folder.workFolder.string, toPath: retired.string)
    try folder.prepare()
    folder.discard()
    expectOneSet(shelf, folder, "first")
  }

  @Test func anAdditionThatWasStoppedIsMadeAgain() throws {
    let shelf = try TestShelf()
    let files = FileManager.default
    let episode = try shelf.file("Show.S01E02.mkv")
    let folder = try shelf.publish(episode, "9-abc", .extras, phrases: ["give up"], text: "first")
    for _ in 0..<2 {
      _ = try shelf.make(episode, "9-abc", .extras, phrases: ["give up", "so far"], text: "second")
      // Stopped when the manifest is new and no flat file is placed.
      let manifest = folder.path.appending(Manifest.fileName).string
      try files.removeItem(atPath: manifest)
      try files.moveItem(
        atPath: folder.workFolder.appending(Manifest.fileName).string, toPath: manifest)
    }
    _ = try shelf.make(episode, "9-abc", .extras, phrases: ["give up", "so far"], text: "second")
    try folder.add()
    #expect(
      shelf.names(in: "Shorts") == [
        "langflix", "\(Self.name).mp4", "\(Self.name) - bb give up.mp4",
        "\(Self.name) - bb give up.en.srt", "\(Self.name) - bc so far.mp4",
        "\(Self.name) - bc so far.en.srt",
      ])
    #expect(shelf.content("Shorts/\(Self.name).mp4") == "second")
    #expect(
      shelf.names(in: "Shorts/langflix/\(Self.name)") == [
        "captions", "extracts", "known", "expressions.json",
      ])
  }

  // MARK: - Neighbours

  @Test(arguments: [ClipLayout.beside, .extras])
  func episodesOfASeasonShareTheFolder(layout: ClipLayout) throws {
    let shelf = try TestShelf()
    let stems = [
      "Show.S01E02", "Show.S01E03", "show.s01e02", "Show 1x02", "Show", "Show - Pilot",
      "Show.S01E02.Part.2",
      "한국 드라마 3화", "한국 드라마 4화", "...", "..", "S01E02.1080p", "S01E02.720p",
    ]
    let episodes = try stems.enumerated().map { index, stem in
      let letters = String(
        "abcdef".utf8.map { Character(UnicodeScalar(($0 + UInt8(index) * 3) % 6 + 97)) })
      return (try shelf.file("Season 1/\(stem)\(index).mkv"), "\(index)-\(letters)", stem)
    }
    var folders: [FilePath] = []
    for round in 0..<2 {
      for (index, (file, fingerprint, stem)) in episodes.enumerated() {
        // Of the same name in the same folder: one came after the other.
        let named = file.removingLastComponent().appending("\(stem).mkv")
        let folder = try shelf.publish(named, fingerprint, layout, text: "\(index)")
        if round == 0 {
          folders.append(folder.path)
        } else {
          #expect(folders[index] == folder.path)
        }
      }
    }
    #expect(Set(folders).count == episodes.count)
    let perEpisode = layout == .extras ? 3 : 1
    let flat = shelf.names(in: "Season 1/Shorts").subtracting(["langflix"])
    #expect(flat.count == episodes.count * perEpisode, "\(flat.sorted())")
    for index in episodes.indices {
      #expect(
        flat.filter { shelf.content("Season 1/Shorts/\($0)") == "\(index)" }.count == perEpisode)
    }
    // One goes, the others stay.
    let (_, fingerprint, stem) = episodes[0]
    let named = shelf.root.appending("Season 1").appending("\(stem).mkv")
    try shelf.publish(named, fingerprint, reel: false)
    #expect(shelf.names(in: "Season 1/Shorts").count == (episodes.count - 1) * perEpisode + 1)
  }
}
