import Library
import Settings
import SystemPackage
import Testing

/// Include and exclude, by pattern and in a library.
@Suite(.timeLimit(.minutes(5))) struct GlobTests {
  @Test(arguments: [
    ("*.avi", "a/b/x.AVI", true), ("*.avi", "x.avi/y.mkv", false), ("Show", "a/show", true),
    ("Show/*", "Show/x.mkv", true), ("Show/*", "Show/S1/x.mkv", false),
    ("Show/*", "a/Show/x.mkv", false), ("Show/**", "Show/S1/x.mkv", true),
    ("**/S1/*", "S1/x.mkv", true), ("**/S1/*", "a/b/S1/x.mkv", true),
    ("**/S1/*", "a/S1/b/x.mkv", false), ("a/**/b/**/c", "a/b/c", true),
    ("a/**/b/**/c", "a/x/b/y/z/c", true), ("a/**/b/**/c", "a/x/c", false),
    ("/x.mkv", "x.mkv", true),
    ("/x.mkv", "a/x.mkv", false), ("Show/", "Show", true), ("!Extras", "Extras", true),
    ("[Group] *", "[Group] x.mkv", true), ("S?/**", "S1/é.mkv", true),
  ])
  func pattern(_ text: String, _ path: String, _ isMatch: Bool) throws {
    let pattern = try #require(GlobPattern(text))
    #expect(pattern.matches(path.split(separator: "/").map(String.init)) == isMatch)
  }

  @Test(arguments: ["", "!", "/", "a//b", "!/"])
  func isNoPattern(_ text: String) {
    #expect(GlobPattern(text) == nil)
  }

  @Test func manyStarsTakeNoExponentialTime() throws {
    let pattern = try #require(GlobPattern(String(repeating: "**/a/", count: 40) + "b"))
    #expect(!pattern.matches(Array(repeating: "a", count: 200)))
  }

  @Test func theLastMatchDecides() {
    let rules = IgnoreRules(exclude: ["!Extras", "*.avi", "!Show/**", "*dub*"])
    #expect(rules.kind(of: "/tv/a/Extras/x.mkv", below: "/tv") == .episode)
    #expect(rules.kind(of: "/tv/a/Trailers/x.mkv", below: "/tv") == nil)
    #expect(rules.kind(of: "/tv/a/x.avi", below: "/tv") == nil)
    #expect(rules.kind(of: "/tv/Show/x.avi", below: "/tv") == .episode)
    #expect(rules.kind(of: "/tv/Show/x.dub.avi", below: "/tv") == nil)
    // What is no episode at all can't be taken back.
    #expect(IgnoreRules(exclude: ["!*"]).kind(of: "/tv/Show/Shorts/x.mkv", below: "/tv") == nil)
    #expect(IgnoreRules(exclude: ["!*"]).kind(of: "/tv/@eaDir/x.mkv", below: "/tv") == nil)
    #expect(IgnoreRules(exclude: ["!*"]).kind(of: "/tv/x.mkv.part", below: "/tv") == nil)
    #expect(IgnoreRules(exclude: ["!*"]).kind(of: "/tv/x-trailer.mkv", below: "/tv") == .episode)
  }

  @Test func onlyWhatIsIncludedIsEntered() {
    let rules = IgnoreRules(include: ["Show A/**", "*1080p*"])
    #expect(rules.kind(of: "/tv/Show A/S1/x.mkv", below: "/tv") == .episode)
    #expect(rules.kind(of: "/tv/Show B/S1/x.mkv", below: "/tv") == nil)
    #expect(rules.kind(of: "/tv/Show B/S1/x.1080p.mkv", below: "/tv") == .episode)
    #expect(rules.kind(of: "/tv/Show B 1080p/x.mkv", below: "/tv") == .episode)
    #expect(rules.kind(of: "/tv/Show B/S1/x.srt", below: "/tv") == .subtitles)
    // With paths alone, folders in which nothing can match take no watch.
    let paths = IgnoreRules(include: ["Show A/S*/**"])
    #expect(paths.use(ofFolder: "Show A") == .everything)
    #expect(paths.use(ofFolder: "S1", at: ["Show A"]) == .everything)
    #expect(paths.use(ofFolder: "Other", at: ["Show A"]) == nil)
    #expect(paths.use(ofFolder: "Show B") == nil)
  }

  @Test func inALibrary() async throws {
    let folder = try TestFolder()
    for name: FilePath in ["A/old.mkv", "B/old.mkv", "A/Trailers/t.mkv", "A/Samples/s.mkv"] {
      try folder.write(name)
    }
    let settings = LibrarySettings(
      name: "tv", root: folder.path, backlog: .all, include: ["A/**", "zz *"],
      exclude: ["!Trailers", "A/Season 0/**"])
    try await Watching.run(folder, settings: settings) { watching in
      let expected = [folder["A/old.mkv"], folder["A/Trailers/t.mkv"]]
      for file in expected { try await watching.memory.episode(file) }
      for name: FilePath in ["B/new.mkv", "A/Season 0/x.mkv", "new.mkv", "A/Samples/n.mkv"] {
        try folder.write(name)
      }
      try await watching.memory.episode(try folder.write("A/Season 1/new.mkv"))
      try await watching.settleEverything()
      #expect(
        Set(watching.memory.episodes)
          == Set(expected + [folder["A/Season 1/new.mkv"], folder["zz Marker 1.mkv"]]))
    }
  }
}
