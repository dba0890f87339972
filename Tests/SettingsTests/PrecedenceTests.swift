import Foundation
import Settings
import SystemPackage
import Testing
import langflix

@Suite struct PrecedenceTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test func nothingSetGivesTheDefaults() async throws {
    let loaded = try await sandbox.load("# nothing\n")
    let state = sandbox.folder.appending(".local/state/langflix")
    #expect(loaded.settings == LangflixSettings(stateFolder: state))
    #expect(loaded.origins.allSatisfy { $0.origin == "default" })
    #expect(loaded.origins.map(\.key) == SettingKeys.top.map(\.name))
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.file == sandbox.file)
  }

  @Test func optionOverVariableOverFileOverDefault() async throws {
    let yaml = "log:\n  level: error\n  format: json\nselection: {clips: 5}\n"
    let loaded = try await sandbox.load(
      yaml, overrides: ["log.level": "trace"],
      environment: ["LANGFLIX_LOG_LEVEL": "debug", "LANGFLIX_LOG_FORMAT": "human"])
    #expect(loaded.settings.log == LogSettings(level: .trace, format: .human))
    #expect(loaded.settings.selection.clips == 5)
    #expect(loaded.origin("log.level") == "--log-level")
    #expect(loaded.origin("log.format") == "LANGFLIX_LOG_FORMAT")
    #expect(loaded.origin("selection.clips") == "\(sandbox.file):4")
    #expect(loaded.origin("lexicon.limit") == "default")
  }

  /// Each key's text, from whichever source, must arrive in its place in the settings.
  @Test func eachKeyIsReadFromEachSource() async throws {
    let texts = [
      "state_folder": "/s", "state_on_network": "allow", "backlog": "newest 7",
      "languages.source": "de",
      "languages.target": "fr", "languages.level": "B2-C1",
      "languages.known": "[\"get by\", \"no way\"]", "extraction.provider": "ollama",
      "extraction.fallback": "lexicon", "extraction.lead_in_cues": "7",
      "extraction.late_after_minutes": "3", "lexicon.wordnet_folder": "/w", "lexicon.limit": "9",
      "lexicon.batch_cues": "33", "lexicon.clips": "8", "selection.clips": "19",
      "selection.merge_percent": "45", "selection.repeat_after_episodes": "4",
      "selection.expressions_per_clip": "2", "selection.context_min_seconds": "7.5",
      "selection.context_max_seconds": "21", "clip.pad_seconds": "0.45",
      "clip.lead_in_max_seconds": "6", "clip.layout": "root", "clip.root_folder": "/clips",
      "clip.cut": "exact", "clip.quality": "23", "clip.audio": "aac",
      "clip.shown_subtitles": "original", "clip.subtitle_files": "off", "clip.reel": "off",
      "clip.extracts": "video", "clip.extract_pad_seconds": "0.5",
      "clip.posters": "off", "clip.gallery": "off", "clip.deck": "clips",
      "watch.settle_seconds": "0.05",
      "watch.scan_minutes": "90", "watch.poll_seconds": "45", "subtitles.charset": "CP949",
      "subtitles.left_out_styles": "[\"Sign\"]", "subtitles.dialogue_styles": "[\"Title\"]",
      "subtitles.max_mib": "33",
      "dashboard.enabled": "off", "dashboard.listen": "0.0.0.0:9000",
      "dashboard.token_file": "none", "dashboard.hosts": "[\"nas.example\"]",
      "notify.url_file": "none", "notify.clips": "off", "notify.gather_seconds": "5",
      "notify.standstill_hours": "2.5", "notify.ca_file": "/ca.pem",
      "jellyfin.url": "none", "jellyfin.api_key_file": "none",
      "jellyfin.folders": "[\"/media=/tv\", \"/b=/c\"]",
      "plex.url": "none", "plex.token_file": "none", "plex.folders": "[\"/media=/data\"]",
      "worker.time_limit_seconds": "120", "worker.memory_mib": "512", "health.stall_seconds": "45",
      "log.level": "notice",
      "log.format": "json", "shutdown_seconds": "12",
    ]
    #expect(Set(texts.keys) == Set(SettingKeys.top.map(\.name)))
    var expected = LangflixSettings(
      stateFolder: "/s", stateOnNetwork: .allow,
      extraction: .init(
        providers: ProviderSettings.presets.filter { $0.name == "ollama" },
        fallsBackToLexicon: true, lexicon: .init(folder: "/w", limit: 9, batchCues: 33, clips: 8),
        leadInCues: 7, lateAfter: .seconds(180)))
    expected.selection = .init(
      clips: 19, expressionsPerClip: 2, contextMinimum: .milliseconds(7_500),
      contextMaximum: .seconds(21), mergePercent: 45, repeatAfterEpisodes: 4)
    expected.clip = .init(
      pad: .milliseconds(450), leadInMaximum: .seconds(6), cut: .exact, sound: .aac, quality: 23,
      shownSubtitles: .original, subtitleFiles: .off, reel: .off, extracts: .video,
      extractPad: .milliseconds(500), posters: .off, gallery: .off, deck: .clips, layout: .root,
      rootFolder: "/clips")
    expected.subtitles = .init(
      charset: "CP949", leftOutStyles: ["Sign"], dialogueStyles: ["Title"], maximumBytes: 33 << 20)
    expected.dashboard = .init(
      enabled: .off, listen: .init(host: "0.0.0.0", port: 9_000),
      hosts: ["nas.example"])
    expected.notify = .init(
      clips: .off, gather: .seconds(5), standstill: .seconds(9_000), caFile: "/ca.pem")
    expected.jellyfin = .init(folders: [
      FolderName(ours: "/media", theirs: "/tv"), FolderName(ours: "/b", theirs: "/c"),
    ])
    expected.plex = .init(folders: [FolderName(ours: "/media", theirs: "/data")])
    expected.watch = .init(
      settle: .milliseconds(50), scanInterval: .seconds(5_400), pollInterval: .seconds(45))
    expected.worker = .init(timeLimit: .seconds(120), memoryLimit: 512 << 20)
    expected.log = .init(level: .notice, format: .json)
    expected.health = .init(stallLimit: .seconds(45))
    expected.shutdownLimit = .seconds(12)
    expected.languages = .init(
      source: "de", target: "fr", level: try #require(LevelSetting("B2-C1")),
      known: ["get by", "no way"])
    expected.backlog = .newest(7)

    // Variables and options hold lists with commas and nothing else.
    let plain = texts.mapValues { $0.replacing(/[\[\]"]/, with: "") }
    let variables = SettingKeys.top.map { ($0.environmentName, plain[$0.name] ?? "") }
    var file = ""
    var section: Substring?
    for key in SettingKeys.top {
      let parts = key.name.split(separator: ".")
      let value = "\(parts[parts.count - 1]): \(texts[key.name] ?? "")\n"
      if parts.count > 1, parts[0] != section { file += "\(parts[0]):\n" }
      section = parts.count > 1 ? parts[0] : nil
      file += (parts.count > 1 ? "  " : "") + value
    }
    let fromFile = try await sandbox.load(file)
    let fromOptions = try await sandbox.load(overrides: plain)
    let fromVariables = try await sandbox.load(
      environment: Dictionary(uniqueKeysWithValues: variables))
    for loaded in [fromFile, fromOptions, fromVariables] {
      #expect(loaded.settings == expected)
      for key in SettingKeys.top {
        #expect(loaded.value(key.name) == texts[key.name])
        #expect(loaded.origin(key.name) != "default")
      }
    }
  }

  @Test func emptyVariablesCountAsNotSet() async throws {
    let loaded = try await sandbox.load(
      "log: {level: error}",
      environment: ["LANGFLIX_LOG_LEVEL": "", "LANGFLIX_MEDIA": "", "LANGFLIX_CONFIG": ""])
    #expect(loaded.settings.log.level == .error)
    #expect(loaded.settings.libraries.isEmpty)
  }

  @Test func unknownVariablesAreWarnings() async throws {
    let loaded = try await sandbox.load(environment: [
      "LANGFLIX_MEDAI": "/m", "LANGFLIX_LIBRARIES_TV_PATH": "/tv", "LANGFLIX_ZZZZZZZZZ": "1",
      "LANGFLIX_EXTRACTION_LIMIT": "4", "LANGFLIX_DATA": "/d", "LANGFLIX_PROGRAM": "/p",
      "OTHER_LANGFLIX": "1",
    ])
    #expect(
      loaded.warnings == [
        "LANGFLIX_EXTRACTION_LIMIT is ignored: extraction.limit is now lexicon.limit, and providers.NAME.limit for each provider",
        "LANGFLIX_LIBRARIES_TV_PATH is ignored: libraries are set in the file, or one of them by LANGFLIX_MEDIA",
        "LANGFLIX_MEDAI is ignored: no key has this variable; did you mean LANGFLIX_MEDIA?",
        "LANGFLIX_ZZZZZZZZZ is ignored: no key has this variable",
      ])
  }

  @Test func whatConfigPrintsIsATableAndJSON() async throws {
    let loaded = try await sandbox.load("selection:\n  clips: 5\n")
    let lines = loaded.describe().split(separator: "\n")
    #expect(lines.first == "file: \(sandbox.file)")
    let clips = try #require(lines.first { $0.hasPrefix("selection.clips ") })
    #expect(clips.split(separator: " ") == ["selection.clips", "5", "\(sandbox.file):2"])
    struct Printed: Decodable {
      var file: String
      var settings: [SettingOrigin]
    }
    let printed = try JSONDecoder().decode(
      Printed.self, from: Data(try loaded.describeJSON().utf8))
    #expect(printed.file == sandbox.file.string)
    #expect(printed.settings == loaded.origins)
  }
}
