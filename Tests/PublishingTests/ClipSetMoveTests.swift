import Foundation
import Publishing
import SystemPackage
import Testing

/// A published set goes to another folder, and a kill between any two steps leads to the same end.
@Suite struct ClipSetMoveTests {
  private let shelf: TestShelf
  private let fingerprint = "fp-0123456789abcdef"

  init() throws { shelf = try TestShelf() }

  private func episode(_ path: String) -> FilePath { shelf.root.pushing(FilePath(path)) }

  private func perform(
    _ move: ClipSetMove, to episode: FilePath, fingerprints: Set<String>? = nil
  ) throws -> ClipSetMove.Outcome {
    try move.perform(
      fingerprints: fingerprints ?? [fingerprint], episode: episode,
      within: episode.removingLastComponent())
  }

  private func plan(
    _ folder: ClipFolder, to episode: FilePath, _ layout: ClipLayout = .beside
  ) throws -> ClipSetMove {
    try #require(
      ClipSetMove(of: folder, toEpisode: episode, layout: layout, fingerprint: fingerprint))
  }

  /// All files with their content, but for the manifest.
  private func content() -> [String: String] {
    shelf.files(below: shelf.root).filter { !$0.hasSuffix("expressions.json") }
      .reduce(into: [:]) { $0[$1] = shelf.content(String($1.dropFirst())) }
  }

  @Test(arguments: [ClipLayout.beside, .extras])
  func folderReelAndFlatFilesAreRenamed(layout: ClipLayout) throws {
    try shelf.file("tv/Show.S01E02.mkv", "source")
    let folder = try shelf.publish(
      episode("tv/Show.S01E02.mkv"), fingerprint, layout, phrases: ["give up", "call it a day"])
    try shelf.file("tv/Shorts/langflix/Show season one episode two/notes.txt")
    let target = episode("tv/A.Show.S01E02.mkv")
    try shelf.file("tv/A.Show.S01E02.mkv", "source")
    let move = try plan(folder, to: target, layout)
    #expect(try perform(move, to: target) == .done)
    let home = "tv/Shorts/langflix/A Show season one episode two"
    #expect(move.to == shelf.root.pushing(FilePath(home)))
    #expect(shelf.content("\(home)/notes.txt") == "mine")
    #expect(shelf.content("tv/Shorts/A Show season one episode two.mp4") == "made")
    #expect(!shelf.names(in: "tv/Shorts").contains { $0.hasPrefix("Show") })
    let manifest = try #require(shelf.content("\(home)/expressions.json"))
    #expect(manifest.contains("\"../../A Show season one episode two.mp4\""))
    #expect(manifest.contains("\"A.Show.S01E02.mkv\""))
    #expect(!manifest.contains("\"../../Show"))
    #expect(ClipFolder(at: move.to).isHome(ofEpisode: target, layout: layout))
    // Every name leads to a file.
    let named = move.files.values.map { move.to.pushing(FilePath($0)).lexicallyNormalized() }
    #expect(named.count == (layout == .beside ? 1 : 5))
    for file in named { #expect(FileManager.default.fileExists(atPath: file.string)) }
    #expect(shelf.content("tv/A.Show.S01E02.mkv") == "source")
  }

  @Test func aKillBetweenAnyTwoStepsLeadsToTheSameEnd() throws {
    let steps: [(String, (ClipSetMove) throws -> Void)] = [
      ("nothing was done", { _ in }),
      ("the folder was renamed", { try rename($0.from, $0.to) }),
      (
        "a flat file was renamed, too",
        {
          try rename($0.from, $0.to)
          let (old, new) = try #require($0.files.min { $0.key < $1.key })
          try rename($0.from.pushing(FilePath(old)), $0.to.pushing(FilePath(new)))
        }
      ),
      (
        "all flat files were, and a draft of the manifest was begun",
        {
          try rename($0.from, $0.to)
          for (old, new) in $0.files {
            try rename($0.from.pushing(FilePath(old)), $0.to.pushing(FilePath(new)))
          }
          try Data("{".utf8).write(
            to: URL(fileURLWithPath: $0.to.appending(".expressions.json.new").string))
        }
      ),
    ]
    var ends: [[String: String]] = []
    for (step, prepare) in steps {
      let own = try ClipSetMoveTests()
      try own.shelf.file("tv/two/there.txt")
      let folder = try own.shelf.publish(own.episode("tv/one/Pilot.mkv"), own.fingerprint, .extras)
      let target = own.episode("tv/two/Opening.mkv")
      let move = try own.plan(folder, to: target, .extras)
      // What the rename needs is made by the run that was killed.
      try FileManager.default.createDirectory(
        atPath: move.to.removingLastComponent().string, withIntermediateDirectories: true)
      try prepare(move)
      #expect(try own.perform(move, to: target) == .done, "\(step)")
      #expect(try own.perform(move, to: target) == .done, "again after \(step)")
      var end = own.content()
      end["manifest"] = own.shelf.content("tv/two/Shorts/langflix/Opening/expressions.json")
      ends.append(end)
      #expect(own.shelf.names(in: "tv/one").isEmpty, "\(step)")
    }
    #expect(Set(ends).count == 1, "\(ends)")
    #expect(ends[0].count > 4)
  }

  @Test func theManifestNamesTheFileAsItIsCalledNow() throws {
    let folder = try shelf.publish(episode("tv/Show.S01E01.mkv"), fingerprint)
    let path = episode("tv/Show.S01E01.720p.mkv")
    let manifest = folder.path.appending("expressions.json")
    #expect(try folder.nameEpisode(oneOf: [path], fingerprint: "fp-of-another") == false)
    #expect(try folder.nameEpisode(oneOf: [], fingerprint: fingerprint) == false)
    #expect(try folder.nameEpisode(oneOf: [path], fingerprint: fingerprint))
    let text = try String(contentsOfFile: manifest.string, encoding: .utf8)
    #expect(text.contains(#""file" : "Show.S01E01.720p.mkv""#), "\(text)")
    #expect(text.contains(#""name" : "Show.S01E01.720p""#), "\(text)")
    // Any of its names will do.
    let both = [episode("tv/another.mkv"), path]
    #expect(try folder.nameEpisode(oneOf: both, fingerprint: fingerprint) == false)
  }

  @Test func namesOfOthersAreLeftAlone() throws {
    let folder = try shelf.publish(episode("tv/Pilot.mkv"), fingerprint)
    try shelf.file("tv/Shorts/langflix/Opening/theirs.txt")
    try shelf.file("tv/Shorts/opening.mp4", "theirs")
    let target = episode("tv/Opening.mkv")
    let move = try plan(folder, to: target)
    #expect(move.to.lastComponent?.string != "Opening")
    #expect(try perform(move, to: target) == .done)
    #expect(shelf.content("tv/Shorts/langflix/Opening/theirs.txt") == "mine")
    #expect(shelf.content("tv/Shorts/opening.mp4") == "theirs")
    #expect(ClipFolder(at: move.to).isHome(ofEpisode: target, layout: .beside))
    let reel = try #require(move.files.values.first)
    #expect(shelf.content("tv/Shorts/\(reel.dropFirst("../../".count))") == "made")
  }

  @Test func aNameThatIsTakenMeanwhileIsRefused() throws {
    let folder = try shelf.publish(episode("tv/Pilot.mkv"), fingerprint)
    let target = episode("tv/Opening.mkv")
    let move = try plan(folder, to: target)
    try shelf.file("tv/Shorts/langflix/Opening/theirs.txt")
    #expect(try perform(move, to: target) == .nameTaken)
    #expect(shelf.names(in: "tv/Shorts/langflix/Opening") == ["theirs.txt"])
    #expect(folder.fingerprint == fingerprint)
  }

  @Test func whatIsNoSetOfThisEpisodeIsNotMoved() throws {
    let folder = try shelf.publish(episode("tv/Pilot.mkv"), "fp-of-another")
    let target = episode("tv/Opening.mkv")
    let move = try plan(folder, to: target)
    let before = content()
    #expect(try perform(move, to: target) == .gone)
    #expect(content() == before)
    // But that of the file before it is.
    #expect(
      try perform(move, to: target, fingerprints: [fingerprint, "fp-of-another"]) == .done)
  }

  @Test func aFolderThatWasRenamedIsNotMadeAgain() throws {
    let path = episode("tv/Season 1/Pilot.mkv")
    try shelf.file("tv/Season 1/Pilot.mkv", "source")
    let folder = try shelf.make(path, fingerprint)
    #expect(
      rename(
        shelf.root.pushing("tv/Season 1").string, shelf.root.pushing("tv/Season One").string) == 0)
    #expect(throws: PublishingError.self) { try folder.write("late", to: "captions/a.vtt") }
    #expect(throws: PublishingError.self) { try folder.publish() }
    #expect(throws: PublishingError.self) {
      try folder.prepare(within: path.removingLastComponent())
    }
    #expect(shelf.names(in: "tv") == ["Season One"])
  }

  @Test func caseAloneIsAnotherName() throws {
    let folder = try shelf.publish(episode("tv/pilot.mkv"), fingerprint)
    let target = episode("tv/Pilot.mkv")
    let move = try plan(folder, to: target)
    #expect(try perform(move, to: target) == .done)
    #expect(shelf.names(in: "tv/Shorts/langflix").contains("Pilot"))
    #expect(shelf.names(in: "tv/Shorts") == ["langflix", "Pilot.mp4"])
  }

  @Test func anotherFileSystemGetsACopyThatIsWhole() throws {
    let other = FilePath("/dev/shm/langflix-\(UUID())")
    try #require(
      FileManager.default.fileExists(atPath: "/dev/shm"), "no second file system to move to")
    try FileManager.default.createDirectory(
      atPath: other.string, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: other.string) }
    let folder = try shelf.publish(episode("tv/Pilot.mkv"), fingerprint, .extras)
    try shelf.file("tv/Shorts/langflix/Pilot/known/mine.mp4", "known")
    let before = content().mapValues { $0 }
    let target = other.appending("Pilot.mkv")
    let move = try plan(folder, to: target, .extras)
    #expect(try perform(move, to: target) == .done)
    #expect(shelf.names(in: "tv").isEmpty)
    let found = try FileManager.default.subpathsOfDirectory(atPath: other.string)
    for file in before.keys where !file.contains("/.") {
      #expect(found.contains(String(file.dropFirst("/tv/".count))), "\(file)")
    }
    #expect(ClipFolder(at: move.to).fingerprint == fingerprint)
  }

  @Test func aRemovedSetLeavesWhatIsNotOurs() throws {
    let folder = try shelf.publish(episode("tv/Pilot.mkv"), fingerprint, .extras)
    try shelf.publish(episode("tv/Other.mkv"), "fp-of-another", .extras)
    try shelf.file("tv/Shorts/langflix/Pilot/known/mine.mp4", "known")
    try shelf.file("tv/Shorts/Pilot trailer.mp4")
    try folder.removeSet(fingerprints: ["fp-of-another"])
    #expect(folder.fingerprint == fingerprint, "another's set is not touched")
    try folder.removeSet(fingerprints: [fingerprint])
    #expect(shelf.files(below: folder.path) == ["/known/mine.mp4"])
    #expect(shelf.names(in: "tv/Shorts").filter { $0.hasPrefix("Pilot") } == ["Pilot trailer.mp4"])
    #expect(shelf.names(in: "tv/Shorts").contains("Other.mp4"))
  }
}

private func rename(_ from: FilePath, _ to: FilePath) throws {
  try FileManager.default.moveItem(
    atPath: from.lexicallyNormalized().string, toPath: to.lexicallyNormalized().string)
}
