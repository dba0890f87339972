import Expressions
import Foundation
import ModelServer
import Synchronization
import SystemPackage
import Testing

/// The whole program with a model behind a real HTTP server.
@Suite(.timeLimit(.minutes(10))) struct ProviderTests {
  @Test(arguments: Vendor.allCases)
  func everyProtocolMakesClips(kind: Vendor) async throws {
    try await ModelWorkplace.with(kind: kind, PlausibleModel()) { work in
      let check = try await work.langflix(["llm", "check"])
      #expect(check.status == 0, "\(check.output) \(check.errors)")
      let episode = try await work.addEpisode("Pilot.mkv", cues: 20)
      let before = work.questions.count
      let result = try await work.langflix(["process", episode.string])
      #expect(result.status == 0, "\(result.errors)")
      #expect(work.questions.count - before == 4)
      #expect(work.questions.allSatisfy { $0.hasKey && $0.schemaMode != .none })
      let folder = work.place.media.appending("Shorts/langflix/Pilot")
      let manifest = try ManifestView.read(folder)
      #expect(!manifest.groups.isEmpty)
      manifest.expectExpressionsInTheirCues()
      let first = try #require(manifest.groups.first)
      #expect(first.expressions.first?.meaning.hasPrefix("What “") == true)
      #expect(first.expressions.first?.level == "B1")
      #expect(first.cues.first?.translation?.hasPrefix("«") == true)
      #expect(first.clip?.subtitles.map(\.language) == ["en", "es"])

      // Clips that were deleted are cut again, and nothing is asked.
      let asked = work.questions.count
      try FileManager.default.removeItem(atPath: folder.string)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      #expect(work.questions.count == asked)

      if let clients = VendorClients() {
        let outcome = try await clients.parse(work.server.requests())
        #expect(outcome.succeeded, "\(outcome.output)")
      } else {
        print("skipped: the requests as the vendors' clients see them: \(VendorClients.hint)")
      }
    }
  }

  @Test func killedInTheMiddleOnlyWhatWasInFlightIsAskedTwice() async throws {
    try await ModelWorkplace.with(PlausibleModel(latency: .milliseconds(200))) { work in
      var daemon = try await work.startDaemon()
      _ = try await work.addEpisode("Pilot.mkv", cues: 200)
      try await work.server.waitForRequests(14)
      await daemon.killHard()
      daemon = try await work.startDaemon()
      try await work.place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      #expect(await daemon.stop() == 0)
      let times = Dictionary(grouping: work.questions.map(\.user)) { $0 }.mapValues(\.count)
      #expect(times.count == 40)
      #expect(times.values.allSatisfy { $0 <= 2 })
      #expect(times.values.count { $0 == 2 } <= 4, "no more than were in flight")
    }
  }

  @Test func newsGoesBeforeBacklogThatIsWithTheModel() async throws {
    let one = ["LANGFLIX_PROVIDERS_OPENAI_LIMIT": "1"]
    try await ModelWorkplace.with(settings: one, PlausibleModel(latency: .milliseconds(250))) {
      work in
      try await work.addEpisode("Old.mkv", cues: 100, about: "old")
      let daemon = try await work.startDaemon()
      try await work.server.waitForRequests(2)
      try await work.addEpisode("New.mkv", cues: 10, about: "new", variant: 1)
      try await work.place.waitForStatus("the news") { $0.episode("New")?.state == "done" }
      let asked = work.questions.map { $0.user.contains("of new out") }
      let last = try #require(asked.lastIndex(of: true))
      #expect(asked.count { $0 } == 2)
      #expect(last < 19, "before most of the backlog: \(asked)")
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func twoEpisodesWithTheSameDialogueArePaidForOnce() async throws {
    try await ModelWorkplace.with(PlausibleModel(latency: .milliseconds(100))) { work in
      let first = try await work.addEpisode("One.mkv", cues: 40)
      let second = try await work.addEpisode("Two.mkv", cues: 40, variant: 1)
      let result = try await work.langflix(["process", first.string, second.string])
      #expect(result.status == 0, "\(result.output) \(result.errors)")
      #expect(work.questions.count == 8)
      for name in ["One", "Two"] {
        let manifest = try ManifestView.read(
          work.place.media.appending("Shorts/langflix/\(name)"))
        #expect(!manifest.groups.isEmpty)
      }
    }
  }

  @Test func aStopWaitsForWhatIsInFlightAndAsksItNotAgain() async throws {
    try await ModelWorkplace.with(PlausibleModel(latency: .seconds(1))) { work in
      try await work.addEpisode("Pilot.mkv", cues: 60)
      let daemon = try await work.startDaemon()
      try await work.server.waitForRequests(4)
      #expect(await daemon.stop() == 0)
      let asked = work.questions.count
      #expect(asked <= 8, "nothing new was asked")
      #expect(work.server.traffic.abandoned.isEmpty)
      let again = try await work.startDaemon()
      try await work.place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      #expect(await again.stop() == 0)
      #expect(work.questions.count == 12, "no batch was asked twice")
    }
  }

  @Test func aSettingChangesNothingByItselfAndReaskTellsThePrice() async throws {
    let price = [
      "LANGFLIX_PROVIDERS_OPENAI_INPUT_USD_PER_MILLION": "1000",
      "LANGFLIX_PROVIDERS_OPENAI_OUTPUT_USD_PER_MILLION": "1000",
    ]
    try await ModelWorkplace.with(settings: price, PlausibleModel()) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 20)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      #expect(work.questions.count == 4)

      let level = ["LANGFLIX_LANGUAGES_LEVEL": "C1"]
      #expect(try await work.langflix(["process", episode.string], level).status == 0)
      #expect(work.questions.count == 4)

      let asked = try await work.langflix(["retry", "--reask"], level)
      #expect(asked.status == 1, "nobody confirms")
      #expect(asked.output.contains("4 requests"))
      #expect(asked.output.contains("USD"))
      #expect(work.questions.count == 4)

      #expect(try await work.langflix(["retry", "--reask", "--yes"], level).status == 0)
      #expect(try await work.langflix(["process", episode.string], level).status == 0)
      #expect(work.questions.count == 8)
      let manifest = try ManifestView.read(work.place.media.appending("Shorts/langflix/Pilot"))
      #expect(!manifest.groups.isEmpty)

      let again = try await work.langflix(["retry", "--reask", "--yes"], level)
      #expect(again.output.contains("no request"))
      #expect(try await work.langflix(["process", episode.string], level).status == 0)
      #expect(work.questions.count == 8)

      let answers = try await work.langflix(["answers"])
      #expect(answers.output.contains("8 answers") || answers.output.contains("4 answers"))
      let pruned = try await work.langflix(["answers", "prune", "--yes"])
      #expect(pruned.output.contains("4 answers deleted"), "those of the former level")
    }
  }

  @Test func halfOfTheBatchesFailAndTheOthersMakeClips() async throws {
    let mends = Switch()
    let model = PlausibleModel(trouble: { request in
      let first = ModelWorkplace.mining.cues(in: request.user).map(\.number).max() ?? 0
      return !mends.isOn && first % 10 == 0 ? .finish(.promptBlocked) : nil
    })
    try await ModelWorkplace.with(kind: .gemini, model) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 40)
      let result = try await work.langflix(["process", episode.string])
      #expect(result.status == 0, "\(result.errors)")
      let status = try await work.langflix(["status"])
      #expect(status.output.contains("4 of 8 batches failed"), "\(status.output)")
      #expect(status.output.contains("PROHIBITED_CONTENT"), "\(status.output)")
      let folder = work.place.media.appending("Shorts/langflix/Pilot")
      let before = try ManifestView.read(folder).groups.count
      #expect(before > 0)
      #expect(work.questions.count == 8, "what is refused for good is asked once")

      mends.turnOn()
      #expect(try await work.langflix(["retry"]).output.contains("1 episode queued again"))
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      #expect(work.questions.count == 12, "only what had no answer")
      #expect(try await !work.langflix(["status"]).output.contains("batches failed"))
    }
  }

  @Test func aSpentDayWaitsAndSaysSoOrTheNextOfTheListTakesOver() async throws {
    let model = PlausibleModel(trouble: { _ in .fault(.daySpent(limit: 20)) })
    try await ModelWorkplace.with(kind: .gemini, model) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 20)
      let result = try await work.langflix(["process", episode.string])
      #expect(result.status == 75, "\(result.output) \(result.errors)")
      #expect(result.output.contains("tried again at"), "\(result.output)")
      #expect(result.output.contains("20"), "\(result.output)")
      let asked = work.questions.count
      #expect(asked <= 4, "what was in flight at once, and no more")
      // Over a restart too.
      #expect(try await work.langflix(["process", episode.string]).status == 75)
      #expect(work.questions.count == asked)

      let fallback = ["LANGFLIX_EXTRACTION_FALLBACK": "lexicon"]
      let second = try await work.langflix(["process", episode.string], fallback)
      #expect(second.status == 0, "\(second.output) \(second.errors)")
      #expect(work.questions.count == asked)
    }
  }

  @Test func truncationDividesOnceAndForAll() async throws {
    let model = PlausibleModel(trouble: { request in
      ModelWorkplace.mining.cues(in: request.user).count > 5 ? .finish(.truncated) : nil
    })
    let one = ["LANGFLIX_PROVIDERS_OPENAI_BATCH_CUES": "20"]
    try await ModelWorkplace.with(settings: one, model) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 20)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      // 20, then 2 x 10, then 4 x 5.
      #expect(work.questions.count == 7)
      #expect(try await work.langflix(["retry", "--reask", "--yes"]).status == 0)
      #expect(try await work.langflix(["process", episode.string]).status == 0)
      #expect(work.questions.count == 7)
    }
  }

  @Test func aRefusalSaysThatNoKeyWasSentAndIsToldOnce() async throws {
    let model = PlausibleModel(trouble: { _ in .fault(.keyRefused) })
    // The vendor's variable is for the vendor's address.
    let keys = ["LANGFLIX_PROVIDERS_OPENAI_API_KEY": "", "OPENAI_API_KEY": ModelWorkplace.key]
    try await ModelWorkplace.with(settings: keys, model) { work in
      let check = try await work.langflix(["llm", "check"])
      #expect(check.status == 1)
      for words in [
        "no key was sent (401)", "OPENAI_API_KEY goes to its vendor's own address only",
        "LANGFLIX_PROVIDERS_OPENAI_API_KEY",
      ] {
        #expect(check.output.contains(words), "\(check.output)")
      }
      #expect(work.questions.allSatisfy { !$0.hasKey })

      let first = try await work.addEpisode("One.mkv", cues: 20)
      let alone = try await work.langflix(["process", first.string])
      #expect(alone.status == 75)
      #expect(alone.output.contains("no key was sent"), "\(alone.output)")
      #expect(!alone.output.contains("every 15 minutes"), "nobody tries: \(alone.output)")

      let daemon = try await work.startDaemon()
      let second = try await work.addEpisode("Two.mkv", cues: 20, about: "them", variant: 1)
      #expect(try await work.langflix(["process", first.string, second.string]).status == 75)
      let status = try await work.langflix(["status"]).output
      #expect(status.components(separatedBy: "no key was sent").count == 2, "\(status)")
      #expect(status.components(separatedBy: "refuses, see above").count == 3, "\(status)")
      let json = try await work.place.status()
      #expect(json.episodes.allSatisfy { $0.reason?.contains("no key was sent") == true })
      #expect(await daemon.stop() == 0)
    }
  }

  @Test func noKeyIsEverShownOrKept() async throws {
    let model = PlausibleModel(trouble: { _ in .fault(.keyRefused) })
    try await ModelWorkplace.with(model) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 20)
      let daemon = try await work.startDaemon()
      let result = try await work.langflix(["process", episode.string])
      #expect(result.status == 75)
      #expect(result.output.contains("key"), "\(result.output)")
      var texts = [result.output, result.errors]
      for arguments in [
        ["status"], ["status", "--json"], ["config"], ["doctor"], ["llm", "check"],
      ] {
        let said = try await work.langflix(arguments)
        texts += [said.output, said.errors]
      }
      #expect(await daemon.stop() == 0)
      texts.append(daemon.logText)
      let files = try FileManager.default.subpathsOfDirectory(atPath: work.place.root.string)
      for file in files {
        let path = work.place.root.appending(file).string
        guard let data = FileManager.default.contents(atPath: path) else { continue }
        #expect(data.range(of: Data(ModelWorkplace.key.utf8)) == nil, "\(file)")
      }
      #expect(texts.allSatisfy { !$0.contains(ModelWorkplace.key) })
    }
  }
}

/// Off until it is turned on.
private final class Switch: Sendable {
  private let state = Mutex(false)

  var isOn: Bool { state.withLock { $0 } }

  func turnOn() { state.withLock { $0 = true } }
}
