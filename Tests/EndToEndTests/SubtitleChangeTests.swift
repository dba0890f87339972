import Foundation
import ModelServer
import SystemPackage
import Testing

/// Subtitles that come after their episode, or change, before and after its clips are published.
@Suite(.timeLimit(.minutes(10))) struct SubtitleChangeTests {
  private static let tenCues = ["LANGFLIX_PROVIDERS_OPENAI_BATCH_CUES": "10"]

  private func sidecar(_ work: ModelWorkplace, _ language: String = "en") -> String {
    work.place.media.appending("Pilot.\(language).srt").string
  }

  /// As an editor or a download would: the whole file at once.
  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  private func subtitles(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// All entries' times so much later.
  private func moved(_ text: String, seconds: Double) -> String {
    text.replacing(/(\d\d):(\d\d):(\d\d),(\d\d\d)/) { match in
      let parts = [match.1, match.2, match.3, match.4].compactMap { Int($0) }
      let time = ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1_000 + parts[3]
      let later = time + Int(seconds * 1_000)
      return String(
        format: "%02d:%02d:%02d,%03d", later / 3_600_000, later / 60_000 % 60, later / 1_000 % 60,
        later % 1_000)
    }
  }

  private func manifest(_ work: ModelWorkplace) throws -> ManifestView {
    try ManifestView.read(work.place.media.appending("Shorts/langflix/Pilot"))
  }

  private func expectWhole(_ work: ModelWorkplace) throws {
    let folder = work.place.media.appending("Shorts/langflix/Pilot")
    let named = try manifest(work).groups.compactMap(\.clip).flatMap(\.files)
    let present = try FileManager.default.subpathsOfDirectory(atPath: folder.string).filter {
      !URL(fileURLWithPath: folder.appending($0).string).hasDirectoryPath
        && !$0.hasPrefix("known") && !["captions", "extracts", "posters"].contains($0)
    }
    #expect(Set(present) == Set(named + ["expressions.json", "index.html"]))
  }

  @Test func beforePublishingOnlyChangedBatchesAreAsked() async throws {
    try await ModelWorkplace.with(settings: Self.tenCues, PlausibleModel()) { work in
      // Three of the four batches are answered, then the day is spent.
      let limits = [
        "LANGFLIX_PROVIDERS_OPENAI_REQUESTS_PER_DAY": "3", "LANGFLIX_PROVIDERS_OPENAI_LIMIT": "1",
      ]
      let episode = try await work.addEpisode("Pilot.mkv", cues: 40)
      let daemon = try await Daemon.start(work.place, more: work.more.merging(limits) { $1 })
      try await work.place.waitForStatus("a spent day") {
        $0.episode("Pilot")?.state == "extracting" && work.questions.count == 3
          && $0.episode("Pilot")?.reason != nil
      }
      // The second batch's lines change, one more line comes before them, and all times move.
      let text = try subtitles(sidecar(work)).replacing(
        "number 15 of it", with: "number 15 of this")
      let opening = "0\n00:00:00,100 --> 00:00:00,600\nPreviously.\n\n"
      try write(opening + moved(text, seconds: 0.2), to: sidecar(work))
      let deadline = ContinuousClock.now + .seconds(60)
      while daemon.logText.matches(of: /subtitles read/).count < 2, ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(await daemon.stop() == 0)
      #expect(work.questions.count == 3)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      let asked = work.questions.dropFirst(3).flatMap {
        ModelWorkplace.mining.cues(in: $0.user)
      }
      #expect(asked.contains { $0.text.contains("number 15 of this") })
      #expect(asked.contains { $0.text.contains("Previously") })
      #expect(asked.contains { $0.text.contains("number 35 ") }, "what had no answer yet")
      for number in [3, 9, 25, 30] {
        #expect(
          !asked.contains { $0.text.contains("number \(number) ") }, "\(number) was answered")
      }
      try manifest(work).expectExpressionsInTheirCues()
      try await expectGoodClips(work.place.media.appending("Shorts/langflix/Pilot"))
      try expectWhole(work)
    }
  }

  @Test func afterPublishingTheClipsFollowAndNothingIsAsked() async throws {
    try await ModelWorkplace.with(settings: Self.tenCues, PlausibleModel()) { work in
      try await work.addEpisode("Pilot.mkv", cues: 40)
      var daemon = try await work.startDaemon()
      try await work.place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      let asked = work.questions.count
      let before = try manifest(work)
      #expect(before.groups.count > 2)
      // One clip is deleted by hand, and stays so.
      let deleted = try #require(before.groups[1].clip)
      let folder = work.place.media.appending("Shorts/langflix/Pilot")
      try FileManager.default.removeItem(atPath: folder.appending(deleted.file).string)

      try write(moved(try subtitles(sidecar(work)), seconds: 0.6), to: sidecar(work))
      try await work.place.waitForStatus("clips cut anew") { status in
        guard status.episode("Pilot")?.state == "done" else { return false }
        let now = try? manifest(work)
        return now?.groups.first?.clip?.sourceStartS != before.groups.first?.clip?.sourceStartS
          || now?.groups.first?.cues.map(\.startS) != before.groups.first?.cues.map(\.startS)
      }
      var after = try manifest(work)
      #expect(after.groups.count == before.groups.count)
      #expect(after.groups[1].state == "hidden")
      #expect(
        after.groups.map { $0.expressions.map(\.phrase) }
          == before.groups.map { $0.expressions.map(\.phrase) })
      for (old, new) in zip(before.groups, after.groups) where new.clip != nil && old.clip != nil {
        let start = { (group: ManifestView.Group) in
          (group.cues.first?.startS ?? 0) + (group.clip?.sourceStartS ?? 0)
        }
        #expect(abs(start(new) - start(old) - 0.6) < 0.01)
      }
      try expectWhole(work)
      #expect(work.questions.count == asked, "nothing is asked by itself")

      // The same text in another file is no reason to cut.
      let stamp =
        try FileManager.default.attributesOfItem(
          atPath: folder.appending("expressions.json").string)[.modificationDate] as? Date
      try write(try subtitles(sidecar(work)), to: sidecar(work))

      // A translation that comes later goes into the clips, also over a kill.
      let spanish = try subtitles(sidecar(work)).replacing(
        /They figured \w+ number (\d+) of \w+ out again\./
      ) { "Ellos resolvieron el problema número \($0.1) otra vez, pero no sé cómo." }
      await daemon.killHard()
      daemon = try await work.startDaemon()
      #expect(
        try FileManager.default.attributesOfItem(
          atPath: folder.appending("expressions.json").string)[.modificationDate] as? Date == stamp)
      try write(spanish, to: sidecar(work, "es"))
      try await work.place.waitForStatus("clips with a translation") { status in
        guard status.episode("Pilot")?.state == "done" else { return false }
        return (try? manifest(work))?.groups.first?.cues.first?.translation?.contains("resolvieron")
          == true
      }
      after = try manifest(work)
      let clip = try #require(after.groups.first?.clip)
      #expect(clip.subtitles.map(\.language).sorted() == ["en", "es"])
      try expectWhole(work)
      #expect(work.questions.count == asked)
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func outsideOfTheDaemonProcessLooksToo() async throws {
    try await ModelWorkplace.with(settings: Self.tenCues, PlausibleModel()) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 40)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      let (asked, before) = (work.questions.count, try manifest(work))
      try write(moved(try subtitles(sidecar(work)), seconds: 0.6), to: sidecar(work))
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      let after = try manifest(work)
      #expect(
        after.groups.map { $0.clip?.sourceStartS ?? 0 }
          != before.groups.map { $0.clip?.sourceStartS ?? 0 }
          || after.groups.map { $0.cues.map(\.startS) }
            != before.groups.map { $0.cues.map(\.startS) }
      )
      #expect(work.questions.count == asked)
      try expectWhole(work)
    }
  }

  @Test func aSubtitleOfAnotherFilmChangesNothing() async throws {
    try await ModelWorkplace.with(settings: Self.tenCues, PlausibleModel()) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 40)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      let before = try manifest(work)
      let other = (1...40).map {
        "\($0)\n00:00:\($0 + 10),000 --> 00:00:\($0 + 10),900\nWe saw the boat, and then \($0) birds.\n"
      }
      try write(other.joined(separator: "\n"), to: sidecar(work))
      let daemon = try await work.startDaemon()
      let status = try await work.place.waitForStatus("a reason") {
        $0.episode("Pilot")?.reason?.contains("the clips stay as they are") == true
      }
      #expect(status.episode("Pilot")?.state == "done")
      #expect(await daemon.stop() == 0)
      let after = try manifest(work)
      #expect(after.groups.map(\.clip?.file) == before.groups.map(\.clip?.file))
      try expectWhole(work)
    }
  }

  @Test func anEpisodeInAnotherLanguageIsSkippedBeforeAnyRequest() async throws {
    try await ModelWorkplace.with(PlausibleModel()) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 10)
      let tagged = work.place.media.appending("Foreign.mkv")
      let made = try await Command.run(
        "ffmpeg",
        [
          "-nostdin", "-v", "error", "-i", episode.string, "-map", "0", "-c", "copy",
          "-metadata:s:a:0", "language=jpn", tagged.string,
        ])
      #expect(made.status == 0, "\(made.errors)")
      try FileManager.default.copyItem(
        atPath: sidecar(work), toPath: work.place.media.appending("Foreign.en.srt").string)
      let result = try await work.langflix(["process", "--json", tagged.string])
      #expect(result.status == 75, "\(result.output)")
      #expect(result.output.contains("its sound is in ja, not in 'en'"), "\(result.output)")
      #expect(work.questions.isEmpty)
    }
  }
}
