import Library
import Subtitles
import SystemPackage
import Testing

@Suite struct IgnoreRulesTests {
  @Test(arguments: [
    "Season 01", "Recycled Love", "Samples of Life", "@midnight", "Shorts Season 1", "Others",
  ])
  func folderIsEntered(_ name: FilePath.Component) {
    #expect(IgnoreRules().use(ofFolder: name) == .everything)
  }

  @Test(arguments: [
    ".git", ".Trash-1000", ".stversions", "@eaDir", "#recycle", "@Recycle", "#snapshot",
    "$RECYCLE.BIN", "RECYCLER", "lost+found", "Sample", "samples", "Shorts", "SHORTS", "Extras",
    "extrafanart", "Behind The Scenes", "Deleted Scenes", "Featurettes", "Interviews", "Other",
    "Scenes", "Trailers", "_UNPACK_Show", "_FAILED_Show", "Show.download",
  ])
  func folderIsLeftOut(_ name: FilePath.Component) {
    #expect(IgnoreRules().use(ofFolder: name) == nil)
  }

  @Test(arguments: ["Subs", "subtitles", "SUB"])
  func subtitleFolderHoldsNoEpisode(_ name: FilePath.Component) {
    let rules = IgnoreRules()
    #expect(rules.use(ofFolder: name) == .subtitlesOnly)
    #expect(rules.use(ofFolder: "Show.S01E01", within: .subtitlesOnly) == .subtitlesOnly)
    #expect(rules.kind(ofFile: "Show.mkv", within: .subtitlesOnly) == nil)
    #expect(rules.kind(ofFile: "Show.srt", within: .subtitlesOnly) == .subtitles)
  }

  @Test func userPatternsCountForEachName() {
    let rules = IgnoreRules(exclude: ["*.AVI", "season ?", "dub*"])
    #expect(rules.kind(ofFile: "x.avi") == nil)
    #expect(rules.kind(ofFile: "x.mkv") == .episode)
    #expect(rules.use(ofFolder: "Season 1") == nil)
    #expect(rules.use(ofFolder: "Season 12") == .everything)
    #expect(rules.kind(of: "/tv/a/Dubbed/x.mkv", below: "/tv") == nil)
  }

  @Test func onlyNamesBelowTheRootAreJudged() {
    let rules = IgnoreRules()
    #expect(rules.kind(of: "/data/.hidden/Shorts/x.mkv", below: "/data/.hidden/Shorts") == .episode)
    #expect(rules.kind(of: "/tv/Show/Shorts/langflix/x.mkv", below: "/tv") == nil)
    #expect(rules.kind(of: "/tv/Show/Subs/x.mkv", below: "/tv") == nil)
    #expect(rules.kind(of: "/tv/Show/Subs/x/2_English.srt", below: "/tv") == .subtitles)
    #expect(rules.kind(of: "/tvx/x.mkv", below: "/tv") == nil)
    #expect(rules.kind(of: "/tv", below: "/tv") == nil)
  }

  @Test(
    arguments: [
      ("x.mkv", nil), ("x.srt", nil), ("Subs/x.srt", nil), ("Keep/x-trailer.mkv", nil),
      ("Kept/x.mkv", nil), (".x.mkv", .hidden(".x.mkv")), (".git/a/x.mkv", .hidden(".git")),
      ("x.mkv.part", .unfinished("x.mkv.part")), ("_UNPACK_a/x.mkv", .unfinished("_UNPACK_a")),
      ("@Recycle/x.mkv", .recycleBin("@Recycle")), ("@eaDir/x.mkv", .system("@eaDir")),
      ("a/Shorts/langflix/x.mkv", .clips("Shorts")), ("sample.mkv", .extra("sample.mkv")),
      ("a/x-trailer.mkv", .extra("x-trailer.mkv")), ("Extras/x.mkv", .extras("Extras")),
      ("Old/x.mkv", .excluded("Old", pattern: "old")),
      ("a/x.avi", .excluded("x.avi", pattern: "**/*.AVI")), ("Subs/x.mkv", .amongSubtitles("Subs")),
      ("Subs/a/x.mkv", .amongSubtitles("Subs")), ("x.txt", .notMedia("x.txt")),
    ] as [(FilePath, LeavingOut?)])
  func theRuleThatLeavesAFileOutIsNamed(_ name: FilePath, _ reason: LeavingOut?) {
    let rules = IgnoreRules(exclude: ["old", "kept", "**/*.AVI", "!Kept", "!Keep/*"])
    let path = FilePath("/tv").pushing(name)
    #expect(rules.leavingOut(path, below: "/tv") == reason)
    #expect((rules.kind(of: path, below: "/tv") == nil) == (reason != nil))
  }

  @Test func whatIsNotIncludedIsNamed() {
    let rules = IgnoreRules(include: ["Show/**", "*1080p*"], exclude: ["!x-trailer.mkv"])
    for name in ["Other Show/x.mkv", "x-trailer.mkv"] as [FilePath] {
      #expect(rules.leavingOut(FilePath("/tv").pushing(name), below: "/tv") == .notIncluded)
    }
    #expect(rules.leavingOut("/tv/Show/x-trailer.mkv", below: "/tv") == nil)
    #expect(rules.leavingOut("/tv/Show/b-trailer.mkv", below: "/tv") == .extra("b-trailer.mkv"))
    #expect(rules.leavingOut("/films/x.mkv", below: "/tv") == nil, "it lies elsewhere")
  }

  @Test(arguments: [
    ("*", "", true), ("*", "abc", true), ("", "", true), ("", "a", false), ("a*c", "abbc", true),
    ("a*c", "abb", false), ("*a*a*", "xaya", true), ("*a*a*", "xay", false), ("?", "", false),
    ("??", "ab", true), ("*.mkv", "X.MKV", true), ("a**b", "ab", true), ("?*", "é", true),
    ("*ab", "aab", true), ("[a]", "a", false),
  ])
  func pattern(_ text: String, _ name: String, _ isMatch: Bool) {
    #expect(NamePattern(text).matches(name) == isMatch)
  }

  @Test(.timeLimit(.minutes(5))) func manyStarsTakeNoExponentialTime() {
    let pattern = NamePattern(String(repeating: "*a", count: 60) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 250)))
  }
}
