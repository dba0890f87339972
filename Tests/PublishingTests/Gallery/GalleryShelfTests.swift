import Foundation
import Publishing
import SystemPackage
import Testing

/// Which pages lie where, and what becomes of them.
@Suite struct GalleryShelfTests {
  private let shelf: TestShelf
  private let pages: GalleryShelf
  private static let home = "Shorts/langflix"

  init() throws {
    shelf = try TestShelf()
    pages = GalleryShelf(at: shelf.root.pushing(FilePath(Self.home)))
  }

  private func publish(_ name: String, _ fingerprint: String) throws -> FilePath {
    try shelf.publish(try shelf.file("\(name).mkv"), fingerprint).path
  }

  private func page(_ place: String = "") throws -> PageView {
    try PageView(at: shelf.root.pushing(FilePath("\(Self.home)/\(place)/index.html")).string)
  }

  private func has(_ place: String) -> Bool {
    shelf.content("\(Self.home)/\(place)/index.html") != nil
  }

  @Test func oneForEachEpisodeAndOneForAll() throws {
    for (name, fingerprint) in [("Show.S01E10", "9-abc"), ("Show.S01E02", "9-def")] {
      _ = try publish(name, fingerprint)
    }
    #expect(try pages.update() == 3)
    let season = try page()
    #expect(try season.data["kind"] as? String == "season")
    #expect(try season.groups.count == 2)
    #expect(
      try season.groups.compactMap { $0["clip"] as? String } == [
        "Show%20season%20one%20episode%20ten/bb%20give%20up.mp4",
        "Show%20season%20one%20episode%20two/bb%20give%20up.mp4",
      ])
    let episode = try page("Show season one episode two")
    #expect(try episode.groups.compactMap { $0["clip"] as? String } == ["bb%20give%20up.mp4"])
    #expect(
      !shelf.names(in: Self.home).contains { $0.hasSuffix(".langflix") }, "nothing is left over")
    // Again there is nothing to do.
    let before = [season.text, episode.text]
    #expect(try pages.update() == 0)
    #expect(try [page().text, page("Show season one episode two").text] == before)
  }

  @Test func flatClipsAreFoundFromBothPages() throws {
    try shelf.publish(try shelf.file("Show.mkv"), "9-abc", .extras)
    #expect(try pages.update() == 2)
    let name = "Show%20-%20bb%20give%20up.mp4"
    #expect(try page("Show").groups.compactMap { $0["clip"] as? String } == ["../../\(name)"])
    #expect(try page().groups.compactMap { $0["clip"] as? String } == ["../\(name)"])
  }

  @Test func episodesAreInTheOrderInWhichPeopleCount() throws {
    for (index, name) in ["Show 10", "Show 9", "Show 1", "Special"].enumerated() {
      let folder = try publish(name, "9-abc\(index)")
      let manifest = folder.appending("expressions.json").string
      let text = try String(contentsOfFile: manifest, encoding: .utf8)
      try text.replacingOccurrences(of: "\"name\" : \"Show\"", with: "\"name\" : \"\(name)\"")
        .write(toFile: manifest, atomically: true, encoding: .utf8)
    }
    try pages.update()
    #expect(
      try page().episodes.compactMap { $0["title"] as? String }
        == ["Show 1", "Show 9", "Show 10", "Special"])
  }

  @Test func whatGoesGoesFromThePagesToo() throws {
    let first = try publish("One", "9-abc")
    let second = try publish("Two", "9-def")
    try pages.update()
    let stamp = pages.stamp
    #expect(pages.stamp == stamp)
    try FileManager.default.removeItem(atPath: first.string)
    #expect(pages.stamp != stamp)
    #expect(try pages.update() == 1)
    #expect(try page().episodes.count == 1)
    try FileManager.default.removeItem(atPath: second.string)
    #expect(try pages.update() == 1)
    #expect(!has(""))
    #expect(try pages.update() == 0)
    #expect(try GalleryShelf(at: shelf.root.appending("nowhere")).update() == 0)
  }

  @Test func whereTheyAreNotWantedOnlyOwnOnesGo() throws {
    _ = try publish("One", "9-abc")
    _ = try publish("Two", "9-def")
    try shelf.file("\(Self.home)/Two/index.html", "<h1>mine</h1>")
    #expect(try pages.update() == 2)
    #expect(try pages.update(isWanted: false) == 2)
    #expect(!has("") && !has("One"))
    #expect(shelf.content("\(Self.home)/Two/index.html") == "<h1>mine</h1>")
  }

  @Test func somebodysPageStays() throws {
    let folder = try publish("One", "9-abc")
    for place in [Self.home, "\(Self.home)/One"] { try shelf.file("\(place)/index.html", "mine") }
    #expect(try pages.update() == 0)
    #expect(shelf.content("\(Self.home)/index.html") == "mine")
    // A new set brings its own page: theirs is kept beside it, whichever way it comes.
    let page = try #require(try GalleryPage.episode(manifest: "{}"))
    let added = try shelf.make(try shelf.file("One.mkv"), "9-abc", text: "new")
    try added.write(page, to: GalleryPage.fileName)
    try added.add()
    #expect(shelf.content("\(Self.home)/One/index kept.html") == "mine")
    #expect(shelf.content("\(Self.home)/One/index.html") == page)
    try shelf.file("\(Self.home)/One/index.html", "mine, too")
    let again = try shelf.make(try shelf.file("One.mkv"), "9-abc", text: "third")
    try again.write(page, to: GalleryPage.fileName)
    try again.publish()
    #expect(shelf.content("\(Self.home)/One/index.html") == page)
    let kept = shelf.names(in: "\(Self.home)/One").filter { $0.hasPrefix("index kept") }
    #expect(
      Set(kept.compactMap { shelf.content("\(Self.home)/One/\($0)") }) == ["mine", "mine, too"])
    #expect(folder.lastComponent?.string == "One")
  }

  @Test func nothingIsReadOrWrittenThroughLinks() throws {
    _ = try publish("One", "9-abc")
    let ours = try #require(try GalleryPage.episode(manifest: "{}"))
    let target = try shelf.file("elsewhere/index.html", ours)
    for place in [Self.home, "\(Self.home)/One"] {
      let link = shelf.root.pushing(FilePath("\(place)/index.html")).string
      #expect(symlink(target.string, link) == 0)
    }
    // A folder that is a link is nobody's episode.
    let other = try shelf.file("elsewhere/expressions.json", "{}").removingLastComponent()
    #expect(symlink(other.string, shelf.root.pushing(FilePath("\(Self.home)/Linked")).string) == 0)
    // Nor is a named pipe a manifest.
    let pipe = try shelf.file("\(Self.home)/Pipe/x").removingLastComponent()
    #expect(mkfifo(pipe.appending("expressions.json").string, 0o600) == 0)
    #expect(try pages.update() == 0)
    #expect(shelf.content("elsewhere/index.html") == ours)
  }

  @Test func aSetWithoutAPageTakesTheOldOneAway() throws {
    _ = try publish("One", "9-abc")
    try pages.update()
    #expect(has("One"))
    try shelf.make(try shelf.file("One.mkv"), "9-abc", text: "new").add()
    #expect(!has("One"))
    try pages.update()
    try shelf.publish(try shelf.file("One.mkv"), "9-abc", text: "third")
    #expect(!has("One"))
  }

  @Test func postersBelongToTheirClips() throws {
    let folder = try publish("One", "9-abc")
    let clip = Manifest.Clip(
      file: "a.mp4", container: "mp4", durationS: 1, sizeBytes: 1, sourceStartS: 0, leadInS: 0,
      method: "copy", methodReason: nil, subtitles: [], captions: [], poster: "posters/a.jpg")
    #expect(clip.files == ["a.mp4", "posters/a.jpg"])
    try shelf.file("\(Self.home)/One/posters/a.jpg", "made")
    try shelf.file("\(Self.home)/One/posters/b.jpg")
    try Data(try shelf.manifest("9-abc", [clip], reel: nil).utf8).write(
      to: URL(fileURLWithPath: folder.appending(Manifest.fileName).string))
    try pages.update()
    #expect(try page().groups.first?["poster"] as? String == "One/posters/a.jpg")
    #expect(try page("One").groups.first?["poster"] as? String == "posters/a.jpg")
    try shelf.publish(try shelf.file("One.mkv"), "9-abc", text: "new")
    #expect(shelf.names(in: "\(Self.home)/One/posters") == ["b.jpg"])
  }

  @Test func aThousandEpisodesInOneFolderAreLinked() throws {
    let manifest = try GalleryPageTests.manifest(saying: "x")
    for number in 0..<75 {
      let file = try shelf.file("\(Self.home)/Film \(number)/expressions.json", manifest)
      let time = Date(timeIntervalSince1970: 1_000_000 + Double(number))
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: file.string)
    }
    #expect(try pages.update() == 76)
    #expect(try page().episodes.count == 60)
    let others = try #require(try page().data["others"] as? [[String: Any]])
    #expect(others.count == 15)
    #expect(others.contains { $0["href"] as? String == "Film%2014/index.html" })
    #expect(!others.contains { $0["title"] as? String == "Film 15" })
    #expect(try pages.update() == 0)
  }

  @Test func aSeasonIsCalledByItsSeries() throws {
    for (folder, title) in [
      ("Show/Season 01", "Show · Season 01"), ("Show/Specials", "Show · Specials"),
      ("Film", "Film"),
    ] {
      try shelf.publish(try shelf.file("\(folder)/Pilot.mkv"), "9-abc")
      let place = shelf.root.pushing(FilePath("\(folder)/\(Self.home)"))
      try GalleryShelf(at: place).update()
      let page = try PageView(at: place.appending("index.html").string)
      #expect(try page.data["title"] as? String == title)
    }
  }
}
