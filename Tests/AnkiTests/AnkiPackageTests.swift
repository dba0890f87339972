import Anki
import Foundation
import GRDB
import SystemPackage
import Testing

struct AnkiPackageTests {
  private static let day: Int64 = 1_700_000_000

  @Test func holdsNotesCardsAndMedia() throws {
    let folder = try TemporaryFolder()
    let sound = try folder.file("a.m4a", "sound")
    var note = Self.note("give up")
    note.sound = sound
    let package = AnkiPackage(deck: "langflix::Show", notes: [note, Self.note("carry on")])
    #expect(try package.write(to: folder.deck, now: Self.day))
    let archive = try Archive(folder.deck)
    let media = try JSONDecoder().decode([String: String].self, from: try archive.content("media"))
    #expect(media.count == 1)
    #expect(try archive.content("0") == Data("sound".utf8))
    let collection = try archive.database()
    let fields = try collection.read {
      try String.fetchAll($0, sql: "SELECT flds FROM notes ORDER BY id")
    }
    #expect(fields.contains { $0.contains("[sound:\(media["0"] ?? "")]") })
    // Two cards for the one with sound, one for the other.
    #expect(try collection.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM cards") } == 3)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path.string).sorted() == [
        "Anki.apkg", "a.m4a",
      ])
  }

  @Test func isLeftAloneWhereNothingChanged() throws {
    let folder = try TemporaryFolder()
    let package = AnkiPackage(deck: "d", notes: [Self.note("give up")])
    #expect(try package.write(to: folder.deck, now: Self.day))
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.deck.string))
    #expect(try !package.write(to: folder.deck, now: Self.day + 100))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.deck.string)) == before)
  }

  @Test func onlyAPackageOfOursIsRemoved() throws {
    let folder = try TemporaryFolder()
    #expect(try !AnkiPackage.remove(at: folder.deck), "there is none")
    // Somebody's own.
    for content in ["", "PK", "notes of mine"] {
      try Data(content.utf8).write(to: URL(fileURLWithPath: folder.deck.string))
      #expect(try !AnkiPackage.remove(at: folder.deck))
    }
    try FileManager.default.removeItem(atPath: folder.deck.string)
    try AnkiPackage(deck: "d", notes: [Self.note("give up")]).write(to: folder.deck, now: Self.day)
    #expect(try AnkiPackage.remove(at: folder.deck))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path.string) == [])
  }

  @Test func onlyTheChangedNoteIsNewer() throws {
    let folder = try TemporaryFolder()
    var notes = [Self.note("give up"), Self.note("carry on")]
    try AnkiPackage(deck: "d", notes: notes).write(to: folder.deck, now: Self.day)
    notes[1].translation = AnkiText("weitermachen")
    // A clock that was set back must not hide the change.
    #expect(try AnkiPackage(deck: "d", notes: notes).write(to: folder.deck, now: Self.day - 50))
    let modified = try Archive(folder.deck).database().read { database in
      try Row.fetchAll(database, sql: "SELECT guid, mod FROM notes").reduce(into: [:]) {
        $0[$1["guid"] as String] = $1["mod"] as Int64
      }
    }
    #expect(
      modified == [
        AnkiIdentity.guid("give up"): Self.day, AnkiIdentity.guid("carry on"): Self.day + 1,
      ])
  }

  @Test func sameIdentityIsOneNote() throws {
    let folder = try TemporaryFolder()
    try AnkiPackage(deck: "d", notes: [Self.note("give up"), Self.note("give up")])
      .write(to: folder.deck, now: Self.day)
    #expect(
      try Archive(folder.deck).database().read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM notes")
      } == 1)
  }

  @Test func otherContentHasAnotherName() throws {
    let folder = try TemporaryFolder()
    var names: Set<String> = []
    for content in ["first", "second", "first"] {
      var note = Self.note("give up")
      note.sound = try folder.file("a.m4a", content)
      names.insert(try AnkiRow(note, modified: 0).media[0].name)
    }
    #expect(names.count == 2)
  }

  @Test(arguments: ["link", "pipe", "nothing"])
  func mediaThatIsNoFileIsRefused(_ kind: String) throws {
    let folder = try TemporaryFolder()
    var note = Self.note("give up")
    let path = folder.path.appending("a.m4a")
    switch kind {
    case "link":
      try FileManager.default.createSymbolicLink(
        atPath: path.string, withDestinationPath: "/etc/passwd")
    case "pipe": #expect(mkfifo(path.string, 0o600) == 0)
    default: break
    }
    note.sound = path
    #expect(throws: AnkiError.self) {
      try AnkiPackage(deck: "d", notes: [note]).write(to: folder.deck, now: Self.day)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.deck.string))
  }

  @Test(arguments: ["a package", "a link", "text", "nothing in it"])
  func aFileThatIsNotOursIsNotWrittenOver(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let package = AnkiPackage(deck: "d", notes: [Self.note("a b")])
    let elsewhere = folder.path.appending("elsewhere")
    switch kind {
    case "a package":
      // A deck of the person's own: the same in all, but for the type of its notes.
      try package.write(to: folder.deck, now: Self.day)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.deck.string))
      let collection = try Archive(folder.deck)
      let size = try collection.content("collection.anki2").count
      try collection.database().write { try $0.execute(sql: "UPDATE notes SET mid = 7") }
      let changed = try collection.content("collection.anki2")
      try #require(changed.count == size)
      let start = 30 + "collection.anki2".utf8.count
      try (bytes.prefix(start) + changed + bytes.dropFirst(start + size))
        .write(to: URL(fileURLWithPath: folder.deck.string))
    case "a link":
      try FileManager.default.createSymbolicLink(
        atPath: folder.deck.string, withDestinationPath: elsewhere.string)
    case "text": try Data("notes of mine".utf8).write(to: URL(fileURLWithPath: folder.deck.string))
    default: try Data().write(to: URL(fileURLWithPath: folder.deck.string))
    }
    let before = try FileManager.default.attributesOfItem(atPath: folder.deck.string)
    let content = FileManager.default.contents(atPath: folder.deck.string)
    #expect {
      try package.write(to: folder.deck, now: Self.day + 100)
    } throws: { error in
      "\(error)".contains("left as it is: move it away")
    }
    let after = try FileManager.default.attributesOfItem(atPath: folder.deck.string)
    #expect(after[.systemFileNumber] as? Int == before[.systemFileNumber] as? Int)
    #expect(FileManager.default.contents(atPath: folder.deck.string) == content)
    #expect(!FileManager.default.fileExists(atPath: elsewhere.string))
    #expect(try !AnkiPackage.remove(at: folder.deck))
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&#60;script&#62;alert(1)&#60;/script&#62;"),
    ("[sound:x.mp3]", "&#91;sound:x.mp3&#93;"), ("{{Sound}}", "&#123;&#123;Sound&#125;&#125;"),
    ("\"\u{301}onload=", "&#34;\u{301}onload="), ("a\u{1f}b\u{1b}[2J", "ab&#91;2J"),
    ("a\nb", "a b"),
  ])
  func textIsNoMarkup(_ text: String, _ html: String) {
    #expect(AnkiText(text).html == html)
  }

  private static func note(_ phrase: String) -> AnkiNote {
    var note = AnkiNote(
      identity: phrase, expression: AnkiText(phrase), dictionaryForm: AnkiText(phrase))
    note.sentence = AnkiText([.plain("Never "), .marked(phrase), .plain(".")])
    note.tags = ["langflix", "langflix::series::A Show"]
    return note
  }
}
