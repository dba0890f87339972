import Foundation
import ModelServer
import SystemPackage
import Testing

/// Clips that appear while later batches are out, and what comes late.
@Suite(.timeLimit(.minutes(10))) struct EarlyTests {
  private static let batches = ["LANGFLIX_PROVIDERS_OPENAI_BATCH_CUES": "20"]
  private static let fivePerDay = ["LANGFLIX_PROVIDERS_OPENAI_REQUESTS_PER_DAY": "5"]
  private static let noLimit = ["LANGFLIX_PROVIDERS_OPENAI_REQUESTS_PER_DAY": "none"]

  private func files(in folder: FilePath) throws -> [String: Data] {
    let manager = FileManager.default
    let names = try manager.subpathsOfDirectory(atPath: folder.string)
    return try names.reduce(into: [:]) { files, name in
      let url = URL(fileURLWithPath: folder.appending(name).string)
      guard !url.hasDirectoryPath,
        (try url.resourceValues(forKeys: [.isRegularFileKey])).isRegularFile == true
      else { return }
      files[name] = try Data(contentsOf: url)
    }
  }

  /// Everything that the manifest names is there, and nothing else but the manifest.
  private func expectWhole(
    _ folder: FilePath, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let manifest = try ManifestView.read(folder)
    let named = manifest.groups.compactMap(\.clip).flatMap { clip in
      clip.files
    }
    #expect(
      Set(try files(in: folder).keys) == Set(named + ["expressions.json", "index.html"]),
      sourceLocation: sourceLocation)
    let cues = manifest.groups.flatMap { $0.cues.map(\.number) }
    #expect(cues == cues.sorted(), sourceLocation: sourceLocation)
    #expect(Set(cues).count == cues.count, "no cue is in two clips", sourceLocation: sourceLocation)
  }

  @Test func theFirstClipsAreThereWhileLaterBatchesWait() async throws {
    try await ModelWorkplace.with(settings: Self.batches, PlausibleModel()) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 200, isLong: true)
      let folder = work.place.media.appending("Shorts/langflix/Pilot")
      let first = try await work.langflix(["process", episode.string], Self.fivePerDay)
      #expect(first.status == 75, "\(first.output) \(first.errors)")
      #expect(work.questions.count == 5)
      var manifest = try ManifestView.read(folder)
      #expect(manifest.pendingBatches >= 5, "as it was when the clips were published")
      let early = manifest.groups.count
      #expect(early > 0)
      #expect(manifest.groups.allSatisfy { $0.state == "published" })
      try expectWhole(folder)
      try await expectGoodClips(folder)
      let before = try files(in: folder)

      // One clip is deleted meanwhile: it stays deleted.
      let deleted = try #require(manifest.groups.first?.clip)
      try FileManager.default.removeItem(atPath: folder.appending(deleted.file).string)

      let second = try await work.langflix(["process", episode.string], Self.noLimit)
      #expect(second.status == 0, "\(second.output) \(second.errors)")
      #expect(work.questions.count == 10, "nothing is asked twice")
      manifest = try ManifestView.read(folder)
      #expect(manifest.pendingBatches == 0)
      #expect(manifest.groups.count > early)
      #expect(manifest.groups.map(\.number) == Array(1...manifest.groups.count))
      #expect(manifest.groups.first?.state == "hidden")
      #expect(manifest.groups.first?.clip == nil)
      try expectWhole(folder)
      let after = try files(in: folder)
      let gone = Set(deleted.files)
      let changing = gone.union(["expressions.json", "index.html"])
      for (name, data) in before where !changing.contains(name) {
        #expect(after[name] == data, "\(name) is as it was")
      }
      let explained = try await work.langflix(["explain", episode.string])
      #expect(explained.status == 0)
      #expect(explained.output.contains("clip 1: "), "\(explained.output)")
      #expect(explained.output.contains("others were worth more"), "\(explained.output)")
    }
  }

  @Test func whatIsLateIsOnlyAdded() async throws {
    let late = Self.batches.merging(["LANGFLIX_EXTRACTION_LATE_AFTER_MINUTES": "0"]) { $1 }
    try await ModelWorkplace.with(settings: late, PlausibleModel()) { work in
      let episode = try await work.addEpisode("Pilot.mkv", cues: 200, isLong: true)
      let folder = work.place.media.appending("Shorts/langflix/Pilot")
      let daemon = try await Daemon.start(
        work.place, more: work.more.merging(Self.fivePerDay) { $1 })
      try await work.place.waitForStatus("clips while the day is spent") {
        ($0.episode("Pilot")?.clips ?? 0) > 0 && $0.episode("Pilot")?.state == "extracting"
      }
      #expect(await daemon.stop() == 0)
      let before = try files(in: folder)
      #expect(try await work.langflix(["process", episode.string], Self.noLimit).status == 0)
      let after = try files(in: folder)
      for (name, data) in before where !["expressions.json", "index.html"].contains(name) {
        #expect(after[name] == data, "\(name) is as it was")
      }
      #expect(after.count > before.count)
      try expectWhole(folder)
    }
  }

  @Test func killedAgainAndAgainNothingIsDoubled() async throws {
    try await ModelWorkplace.with(
      settings: Self.batches, PlausibleModel(latency: .milliseconds(400))
    ) { work in
      try await work.addEpisode("Pilot.mkv", cues: 200, isLong: true)
      let folder = work.place.media.appending("Shorts/langflix/Pilot")
      var daemon = try await work.startDaemon()
      for requests in [3, 6, 8, 10] {
        try await work.server.waitForRequests(requests)
        await daemon.killHard()
        daemon = try await work.startDaemon()
      }
      try await work.place.waitForStatus("done") { $0.episode("Pilot")?.state == "done" }
      #expect(await daemon.stop() == 0)
      try expectWhole(folder)
      try await expectGoodClips(folder)
      #expect(
        work.place.names(in: folder.removingLastComponent()).allSatisfy {
          !$0.hasPrefix(".work") && !$0.hasPrefix(".old")
        })
    }
  }
}
