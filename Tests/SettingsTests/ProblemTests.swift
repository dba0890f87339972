import Settings
import SystemPackage
import Testing
import langflix

@Suite struct ProblemTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test func aCharsetThatThereIsNotIsAProblem() async throws {
    let problems = try await sandbox.problems(
      "subtitles: {charset: cp949}\nlibraries:\n  tv:\n    path: /tv\n    subtitles: {charset: klingon}\n"
    )
    #expect(
      problems == [
        "FILE:5: libraries.tv.subtitles.charset: there is no charset 'klingon'; give 'auto', or a name such as 'windows-1250' or 'CP949'"
      ])
  }

  @Test func allProblemsAreToldAtOnceWithTheirLines() async throws {
    let problems = try await sandbox.problems(
      """
      selection:
        clips: 0
        clip: 3
        expressions_per_clip: [1]
      log: loud
      libraries:
        tv:
          path: /tv
          backlog: some
          pth: /x
          exclude: Extras
      watch:
        settle_seconds: {a: b}
      """, overrides: ["log.level": "loud"], environment: ["LANGFLIX_LEXICON_LIMIT": "many"])
    #expect(
      Set(problems) == [
        "FILE:2: selection.clips: '0' is not allowed; give a whole number from 1 to 200",
        "FILE:3: unknown key 'selection.clip'; did you mean 'selection.clips'?",
        "FILE:4: selection.expressions_per_clip: give a single value, not a list or a map",
        "FILE:5: log: give a map of keys, indented below it",
        "FILE:9: libraries.tv.backlog: 'some' is not allowed; give 'none', 'newest N' with N from 1, or 'all'",
        "FILE:10: unknown key 'libraries.tv.pth'; did you mean 'path'?",
        "FILE:11: libraries.tv.exclude: give a list, such as [one, \"and another\"]",
        "FILE:13: watch.settle_seconds: give a single value, not a list or a map",
        "--log-level: log.level: 'loud' is not allowed; give 'trace', 'debug', 'info', 'notice', 'warning', 'error' or 'critical'",
        "LANGFLIX_LEXICON_LIMIT: lexicon.limit: 'many' is not allowed; give a whole number from 1 to 64",
      ])
    #expect(problems.count == 10)
  }

  @Test(arguments: [
    ("pad_seconds: 5", "unknown key 'pad_seconds'; did you mean 'clip.pad_seconds'?"),
    ("selektion: {}", "unknown key 'selektion'; did you mean 'selection'?"),
    ("librarys: {}", "unknown key 'librarys'; did you mean 'libraries'?"),
    (
      "selection.clips: 5",
      "unknown key 'selection.clips'; write 'clips' indented below 'selection:'"
    ),
    ("quux_frobnicate: 1", "unknown key 'quux_frobnicate'; docs/configuration.md lists the keys"),
    ("libraries: [/a]", "libraries: give a map of keys, indented below it"),
    ("providers: [/a]", "providers: give a map of keys, indented below it"),
    ("providers: {ollama: x}", "providers.ollama: give a map of keys, indented below it"),
    (
      "providers: {lexicon: {}}",
      "providers: 'lexicon' can't name a provider; it works offline, and its keys stand below 'lexicon:'"
    ),
    (
      "providers: {a b: {}}",
      "providers: 'a b' can't name a provider; use up to 64 letters, digits, '-' and '_'"
    ),
    (
      "providers: {ollama: {modell: x}}",
      "unknown key 'providers.ollama.modell'; did you mean 'model'?"
    ),
    (
      "extraction: {limit: 3}",
      "extraction.limit is now lexicon.limit, and providers.NAME.limit for each provider"
    ),
    (
      "extraction: {batch_cues: 60}",
      "extraction.batch_cues is now lexicon.batch_cues, and providers.NAME.batch_cues for each provider"
    ),
    ("libraries: {tv: {path: /a, ignore: [x]}}", "libraries.tv.ignore is now exclude"),
    (
      "extraction: {provider: [gemini, ollama]}",
      "extraction.provider: give a single value, not a list or a map"
    ),
    ("libraries: {tv: /a}", "libraries.tv: give a map of keys, indented below it"),
    ("[a, b]", "the file must be a map of keys, such as 'media: /srv/media'"),
    ("[a]: b", "a key must be a word, not a list or a map"),
    ("media: [/a, /b]", "media: give a single value, not a list or a map"),
    (
      "libraries: {tv: {path: /a, exclude: [[x]]}}",
      "libraries.tv.exclude: each element of the list must be a single value"
    ),
    (
      "log: {level: a, level: b}", "'level' occurs more than once in the same map; keep one"
    ),
  ])
  func aWrongShapeIsOneProblem(yaml: String, problem: String) async throws {
    #expect(try await sandbox.problems("# first line\n\(yaml)\n") == ["FILE:2: \(problem)"])
  }

  @Test(arguments: [
    ("log:\n  level: info\n format: json\n", "FILE:3: not valid YAML: "),
    ("log:\n\tlevel: info\n", "FILE:2: not valid YAML: "),
    ("media: \"/a\n", "FILE:2: not valid YAML: "),
    ("media: *a\n", "FILE:1: not valid YAML: "),
    ("log: {}\nmedia: /a\u{1}\n", "FILE:2: not valid YAML: "),
    ("log: {}\n---\nlog: {}\n", "FILE:2: not valid YAML: "),
  ])
  func brokenYAMLNamesTheLine(yaml: String, prefix: String) async throws {
    let problems = try await sandbox.problems(yaml)
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix(prefix) == true, "\(problems)")
    #expect(problems.first?.contains("\n") == false)
  }

  @Test(arguments: [
    ("lexicon.limit", ["0", "65", "1.5", "", "0x4", "99999999999999999999", "4 "]),
    ("lexicon.batch_cues", ["9", "401"]), ("extraction.lead_in_cues", ["-1", "41"]),
    ("selection.clips", ["0", "201"]), ("selection.expressions_per_clip", ["0", "4"]),
    ("selection.context_min_seconds", ["0.9", "29.5"]),
    ("selection.context_max_seconds", ["1", "31"]), ("clip.pad_seconds", ["-0.1", "5.1"]),
    ("clip.lead_in_max_seconds", ["-1", "31"]),
    ("watch.settle_seconds", ["0.04", "3601", "nan", "inf", "1s", ""]),
    ("watch.scan_minutes", ["0.5", "1441"]), ("watch.poll_seconds", ["0.9", "3601"]),
    ("worker.time_limit_seconds", ["9", "86401"]),
    ("worker.memory_mib", ["255", "65537", "9223372036854775807"]),
    ("shutdown_seconds", ["0", "601"]),
    ("extraction.provider", ["", ",", "gemini,", "gemini, gemini", "lexicon, gemini", "a b", "ä"]),
    ("extraction.fallback", ["gemini", ""]),
    ("languages.level", ["", "A0", "B3", "B", "none", "B1-", "A1-B1-C1", "B1 B2"]),
    ("languages.known", ["", "a, , b", String(repeating: "x", count: 81)]),
    ("log.format", ["text"]), ("languages.source", ["eng", "none", "jp", "en-US", ""]),
    ("languages.target", ["xx"]),
  ])
  func whatIsOutOfRangeIsRefused(key: String, texts: [String]) async throws {
    for text in texts {
      let problems = try await sandbox.problems(overrides: [key: text])
      let allowed = try #require(SettingKeys.top.first { $0.name == key }).allowed
      let flag = "--" + String(key.map { $0 == "." || $0 == "_" ? "-" : $0 })
      #expect(problems == ["\(flag): \(key): '\(text)' is not allowed; give \(allowed)"])
    }
  }

  @Test(arguments: [
    ("lexicon.limit", "64"), ("selection.context_min_seconds", "1"),
    ("selection.context_max_seconds", "30"), ("watch.settle_seconds", "3600"),
    ("clip.pad_seconds", "0"), ("worker.memory_mib", "65536"), ("languages.target", "none"),
  ])
  func limitsThemselvesAreAllowed(key: String, text: String) async throws {
    #expect(try await sandbox.load(overrides: [key: text]).value(key) == text)
  }

  @Test func whatIsKnownIsShortAndPlain() async throws {
    let most = (0..<500).map { "- x\($0)" }.joined(separator: "\n  ")
    let loaded = try await sandbox.load("languages:\n  known:\n  \(most)\n")
    #expect(loaded.settings.languages.known.count == 500)
    for text in ["\n  \(most)\n  - one more", #" ["a\eb"]"#, #" ["a\nb"]"#, #" [" "]"#] {
      let problems = try await sandbox.problems("languages:\n  known:\(text)\n")
      #expect(problems.count == 1)
      #expect(problems.first?.hasPrefix("FILE:2: languages.known: '") == true)
      #expect(problems.first?.hasSuffix("up to 80 characters each") == true)
    }
  }

  @Test func theLeastContextIsLessThanTheMost() async throws {
    let problems = try await sandbox.problems("selection:\n  context_max_seconds: 6\n")
    #expect(
      problems == [
        "FILE:2: selection.context_min_seconds is 6 (default) and must be less than selection.context_max_seconds, 6 (FILE:2)"
      ])
  }

  @Test func valuesAreShownOnOneLineAndCut() async throws {
    let problems = try await sandbox.problems(
      overrides: ["log.level": "\u{1B}[31m\n" + String(repeating: "x", count: 500)])
    #expect(problems.count == 1)
    #expect(problems[0].contains("'\u{FFFD}[31m\u{FFFD}xxx"))
    #expect(problems[0].contains("x…' is not allowed"))
    #expect(problems[0].count < 320)
  }

  @Test func severalProblemsAreListed() async throws {
    let error = await #expect(throws: ConfigurationError.self) {
      _ = try await sandbox.load("a:\nb:\n")
    }
    let lines = error?.description.split(separator: "\n") ?? []
    #expect(lines.first == "the configuration has 2 problems:")
    #expect(lines.dropFirst().map { String($0) } == error?.problems.map { "  \($0)" })
  }

  @Test func unknownOptionsAreProblems() async throws {
    #expect(
      try await sandbox.problems(overrides: ["log.levle": "info"]) == [
        "command line: unknown key 'log.levle'; did you mean 'log.level'?"
      ])
  }

  /// Anchors are plain YAML, and a value in force names the line of its key.
  @Test func anchorsAndQuotesAreRead() async throws {
    let loaded = try await sandbox.load(
      """
      libraries:
        a: {path: /a, exclude: &left [x]}
        b: {path: "/b", exclude: *left}
      selection: {clips: "7"}
      """)
    #expect(loaded.settings.libraries.map(\.exclude) == [["x"], ["x"]])
    #expect(loaded.settings.selection.clips == 7)
    #expect(loaded.origin("libraries.b.exclude") == "\(sandbox.file):3")
  }
}
