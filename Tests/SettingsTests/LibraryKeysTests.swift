import Foundation
import Settings
import SystemPackage
import Testing
import langflix

@Suite struct LibraryKeysTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func level(_ text: String) throws -> LevelSetting { try #require(LevelSetting(text)) }

  @Test(arguments: [
    ("b2", "B2"), ("B2-B1", "B1-B2"), ("a1 to a2", "A1-A2"), ("Beginner", "A1-A2"),
    ("intermediate", "B1-B2"), ("advanced", "C1-C2"), ("mixed", "A1-C2"), ("C2 – A1", "A1-C2"),
  ])
  func levelsAreWrittenInManyWays(text: String, level: String) {
    #expect(LevelSetting(text)?.description == level)
    #expect(LevelSetting(level)?.description == level)
  }

  @Test func roomForClipsIsInMebibytes() async throws {
    let loaded = try await sandbox.load(
      "libraries: {tv: {path: /tv, clip_quota_mib: 20, min_free_mib: 3}}\n")
    #expect(loaded.settings.libraries.map(\.clipQuota) == [20 << 20])
    #expect(loaded.settings.libraries.map(\.minFree) == [3 << 20])
    #expect(loaded.value("libraries.tv.clip_quota_mib") == "20")
  }

  @Test func librariesTakeTheLanguagesOfTheTopLevel() async throws {
    let loaded = try await sandbox.load(
      """
      languages: {source: de, target: en, level: b1 to c1, known: [of course, "say \\"when\\""]}
      libraries:
        tv: {path: /tv}
        films:
          path: /films
          languages: {target: none, level: Mixed, known: []}
          backlog: all
          exclude: [Extras, "*.preview.*"]
        kids:
          path: /kids
          languages: {source: ES, level: advanced}
          backlog: newest 10
      """)
    #expect(
      loaded.settings.libraries == [
        LibrarySettings(
          name: "films", root: "/films",
          languages: .init(source: "de", target: nil, level: try level("A1–C2")),
          backlog: .all, exclude: ["Extras", "*.preview.*"]),
        LibrarySettings(
          name: "kids", root: "/kids",
          languages: .init(
            source: "es", target: "en", level: try level("C1-C2"),
            known: ["of course", "say \"when\""]),
          backlog: .newest(10)),
        LibrarySettings(
          name: "tv", root: "/tv",
          languages: .init(
            source: "de", target: "en", level: try level("B1-C1"),
            known: ["of course", "say \"when\""])),
      ])
    #expect(loaded.origin("libraries.tv.languages.source") == "as languages.source")
    #expect(loaded.origin("libraries.tv.languages.known") == "as languages.known")
    #expect(loaded.value("languages.known") == #"["of course", "say \"when\""]"#)
    #expect(loaded.origin("libraries.kids.languages.source") == "\(sandbox.file):11")
    #expect(loaded.value("libraries.films.exclude") == "[\"Extras\", \"*.preview.*\"]")
  }

  @Test func theMediaVariableAloneMakesOneLibrary() async throws {
    let loaded = try await sandbox.load(
      environment: ["LANGFLIX_MEDIA": "/srv/media/", "LANGFLIX_LANGUAGES_SOURCE": "fr"])
    #expect(
      loaded.settings.libraries == [
        LibrarySettings(name: "media", root: "/srv/media", languages: .init(source: "fr"))
      ])
    #expect(loaded.origin("libraries.media.path") == "LANGFLIX_MEDIA")
  }

  @Test func theMediaVariableChangesOnlyThePathOfTheLibraryMedia() async throws {
    let loaded = try await sandbox.load(
      "libraries:\n  media: {path: /a, backlog: none}\n  tv: {path: /tv}",
      environment: ["LANGFLIX_MEDIA": "/b"])
    #expect(
      loaded.settings.libraries == [
        LibrarySettings(name: "media", root: "/b", backlog: .none),
        LibrarySettings(name: "tv", root: "/tv"),
      ])
    let withoutPath = try await sandbox.load(
      "libraries:\n  media: {backlog: none}", environment: ["LANGFLIX_MEDIA": "/b"])
    #expect(withoutPath.settings.libraries.map(\.root) == ["/b"])
  }

  @Test func mediaInTheFileIsShortForOneLibrary() async throws {
    let loaded = try await sandbox.load("media: /srv/media")
    #expect(loaded.settings.libraries == [LibrarySettings(name: "media", root: "/srv/media")])
    #expect(loaded.origin("libraries.media.path") == "\(sandbox.file):1")
    let both = try await sandbox.problems("media: /a\nlibraries:\n  media:\n    path: /b")
    #expect(
      both == [
        "FILE:4: media and libraries.media.path both name the library 'media'; keep one (the other is at FILE:1)"
      ])
  }

  @Test func everyLibraryNeedsAPathAndAPlainName() async throws {
    let problems = try await sandbox.problems(
      "libraries:\n  tv:\n  films: {backlog: all}\n")
    #expect(
      problems == [
        "FILE:3: libraries.films.path: it is missing; give the folder to watch",
        "FILE:2: libraries.tv.path: it is missing; give the folder to watch",
      ])
    let names = try await sandbox.problems("libraries:\n  'my tv': {path: /a}\n  a.b: {path: /b}")
    let rule = "can't name a library; use up to 64 letters, digits, '-' and '_'"
    #expect(
      names == ["FILE:2: libraries: 'my tv' \(rule)", "FILE:3: libraries: 'a.b' \(rule)"])
  }

  @Test func librariesMustNotLieInEachOther() async throws {
    let nested = try await sandbox.problems(
      "libraries:\n  all:\n    path: /srv/media\n  tv:\n    path: /srv/media/tv\n  tvs:\n    path: /srv/media-2"
    )
    #expect(
      nested == [
        "FILE:5: libraries.tv.path: '/srv/media/tv' lies in the folder of libraries.all.path, '/srv/media' (FILE:3); give folders that lie beside each other"
      ])
    let same = try await sandbox.problems(
      "libraries:\n  a: {path: /srv/media}\n", environment: ["LANGFLIX_MEDIA": "/srv/./media/"])
    #expect(
      same == [
        "LANGFLIX_MEDIA: libraries.media.path: '/srv/media' is also the folder of libraries.a.path, '/srv/media' (FILE:2); keep one library for it"
      ])
  }

  @Test func overlapsAreFoundThroughLinks() async throws {
    let real = sandbox.folder.appending("real")
    let link = sandbox.folder.appending("link")
    try sandbox.makeFolder(real)
    try FileManager.default.createSymbolicLink(
      atPath: link.string, withDestinationPath: real.string)
    let problems = try await sandbox.problems(
      "libraries:\n  a: {path: \(link)}\n  b: {path: \(real)/not-yet/there}")
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("FILE:3: libraries.b.path: ") == true)
  }

  @Test func theStateFolderMustLieOutsideOfTheLibraries() async throws {
    let problems = try await sandbox.problems(
      "media: /srv/media", overrides: ["state_folder": "/srv/media/.state"])
    #expect(
      problems == [
        "--state-folder: state_folder: it lies in the folder of libraries.media.path, '/srv/media' (FILE:1); give a folder outside of every library"
      ])
    let home = try await sandbox.problems("media: ~/")
    #expect(home.first?.hasPrefix("default: state_folder: it lies in") == true)
  }
}
