import Foundation
import Publishing
import Testing

/// Names that every file system takes and shows alike, and no media server reads a number in.
@Suite struct NameSafetyTests {
  /// What ext4, ZFS, SMB or exFAT would mind in a name.
  static func problems(in name: String) -> [String] {
    var problems: [String] = []
    if name.utf8.count > 255 || name.utf16.count > 255 { problems.append("too long") }
    if name.isEmpty { problems.append("empty") }
    if name.hasSuffix(".") || name.hasSuffix(" ") || name.hasPrefix(" ") {
      problems.append("its end is lost on Windows")
    }
    if name.precomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
      != name.unicodeScalars.map(\.value)
    {
      problems.append("not composed")
    }
    let base = name.prefix { $0 != "." }.uppercased().trimmingCharacters(in: .whitespaces)
    let ports = ["COM", "LPT"].flatMap { port in "0123456789¹²³".map { "\(port)\($0)" } }
    if (["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"] + ports).contains(base) {
      problems.append("a device on Windows")
    }
    // Else a program that looks for them by characters doesn't find the slash or the dot.
    if ("/" + name + ".").count != name.count + 2 { problems.append("it joins its neighbours") }
    for scalar in name.unicodeScalars {
      let category = scalar.properties.generalCategory
      let isBad =
        "\\/:*?\"<>|\u{FFFD}".unicodeScalars.contains(scalar)
        || scalar.properties.isDefaultIgnorableCodePoint
        || [
          .control, .format, .privateUse, .unassigned, .surrogate, .lineSeparator,
          .paragraphSeparator,
        ].contains(category)
      if isBad { problems.append("U+\(String(scalar.value, radix: 16))") }
    }
    return problems
  }

  private static let stems = NameSamples.episodes + NameSamples.random(count: 200)

  @Test func foldersNamesAreSafeWithWhateverIsAddedToThem() {
    for stem in Self.stems {
      let name = LettersOnlyName.folder(forStem: stem)
      #expect(
        Self.problems(in: name) == [], "\(stem.debugDescription) gave \(name.debugDescription)")
      #expect(!name.hasPrefix("."))
      for made in [
        "\(name) ponmlk", ".old \(name) ponmlk aside", ".work \(name) ponmlk", "\(name).mp4",
        "\(name) ponmlk.mp4", "\(name) kept.mkv",
      ] { #expect(Self.problems(in: made) == [], "\(made.debugDescription)") }
    }
  }

  @Test func clipsNamesAreSafeWithWhateverIsAddedToThem() {
    let phrases = NameSamples.phrases + Self.stems
    for (number, phrase) in phrases.enumerated() {
      let name = LettersOnlyName.clip(
        cue: number % 1_600 + 1, of: 1_600,
        expressions: [phrase, phrases[(number * 7) % phrases.count]])
      let longest = LettersOnlyName.folder(forStem: Self.stems[number % Self.stems.count])
      for made in [
        "\(name).mp4", "\(name).m4a", "\(name).bilingual.vtt",
        "\(longest) ponmlk - \(name).zh-Hant-TW.srt", "\(longest) ponmlk - \(name) kept kept.mkv",
      ] { #expect(Self.problems(in: made) == [], "\(made.debugDescription)") }
    }
  }

  @Test func noServerReadsANumberInAName() {
    for (index, stem) in Self.stems.prefix(200).enumerated() {
      let folder = LettersOnlyName.folder(forStem: stem)
      let clip = LettersOnlyName.clip(
        cue: index % 400 + 1, of: 400,
        expressions: [NameSamples.phrases[index % NameSamples.phrases.count], stem])
      for path in [
        "/Shorts/\(folder).mp4", "/Shorts/\(folder) - \(clip).mkv", "/\(folder)/\(clip).mp4",
      ] {
        for server in ServerRule.Server.allCases {
          if let rule = ServerView.adopting(server, path) {
            Issue.record("\(server) takes \(path) for an episode, for \(rule)")
          }
        }
      }
    }
  }

  /// "pt" is among the letters that stand for a clip's place.
  @Test func noPlaceAndPhraseMakeAPartTogether() {
    let places = (1...400).filter {
      LettersOnlyName.clip(cue: $0, of: 400, expressions: ["x"]).hasPrefix("p")
    }
    #expect(places.count == 20)
    for cue in places {
      for phrase in ["I mean", "one by one", "V", "ii - x", "in a way"] {
        let name = LettersOnlyName.clip(cue: cue, of: 400, expressions: [phrase])
        for server in ServerRule.Server.allCases {
          #expect(ServerView.adopting(server, "/\(name).mp4") == nil, "\(server): \(name)")
          #expect(ServerView.adopting(server, "/Shorts/Show - \(name).mp4") == nil)
        }
      }
    }
  }

  @Test(arguments: [
    ("Show Part II", "Show Part number II"), ("Show.Part.1.mkv", "Show Part number one mkv"),
    ("Department one", "Department one"), ("Party in", "Party in"), ("Part-II", "Part number II"),
    ("三体", "三体"), ("Rocky Ⅱ", "Rocky two"), ("con", "con episode"), ("NUL", "NUL episode"),
    ("COM1", "COM one"), ("한국", "한국"), ("e\u{301}", "\u{E9}"), ("a\u{200D}b", "ab"),
    ("\u{3164}", "episode"), ("*\u{1F3FB}", "episode"), ("👍🏽", "👍🏽"),
  ])
  func names(stem: String, name: String) {
    let made = LettersOnlyName.folder(forStem: stem)
    #expect(Array(made.utf8) == Array(name.utf8), "\(made)")
    #expect(made == LettersOnlyName.folder(forStem: stem))
  }

  /// A Mac sends names decomposed.
  @Test func composedAndDecomposedNamesAreOne() {
    for stem in Self.stems {
      let (first, second) = (
        LettersOnlyName.folder(forStem: stem.precomposedStringWithCanonicalMapping),
        LettersOnlyName.folder(forStem: stem.decomposedStringWithCanonicalMapping)
      )
      #expect(Array(first.utf8) == Array(second.utf8), "\(stem.debugDescription)")
    }
  }

  @Test func aLongTitleLeavesRoomForTheEpisode() {
    let title = String(repeating: "아주 긴 제목 ", count: 12)
    let names = (1...24).map { LettersOnlyName.folder(forStem: "\(title)S01E\($0).1080p") }
    #expect(Set(names).count == 24)
    #expect(names[1].hasSuffix(" season one episode two"), "\(names[1])")
  }
}
