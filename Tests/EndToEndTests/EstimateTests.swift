import Foundation
import ModelServer
import SystemPackage
import Testing

/// `langflix estimate` says what episodes take, and asks nobody for that.
@Suite(.timeLimit(.minutes(10))) struct EstimateTests {
  private struct Span<Value: Decodable>: Decodable {
    var least: Value
    var most: Value
  }

  private struct Report: Decodable {
    var provider: String
    var episodes: Int
    var known: Int
    var subtitlesRead: Int
    var subtitlesInside: Int
    var waiting: Int
    var leftOut: Int
    var keptAnswers: Int
    var requests: Span<Int>
    var inputTokens: Span<Int>
    var outputTokens: Span<Int>
    var costUsd: Span<Double>
    var hasPrice: Bool
    var days: Span<Int>
    var clipBytes: Span<Int64>
  }

  private static let settings = [
    "LANGFLIX_BACKLOG": "none", "LANGFLIX_PROVIDERS_OPENAI_BATCH_CUES": "10",
    "LANGFLIX_PROVIDERS_OPENAI_REQUESTS_PER_DAY": "100",
    "LANGFLIX_PROVIDERS_OPENAI_INPUT_USD_PER_MILLION": "2",
    "LANGFLIX_PROVIDERS_OPENAI_OUTPUT_USD_PER_MILLION": "8",
  ]

  private func estimate(_ work: ModelWorkplace, _ paths: [FilePath] = []) async throws -> Report {
    let result = try await work.langflix(["estimate", "--json"] + paths.map(\.string))
    #expect(result.status == 0, "\(result.errors)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Report.self, from: Data(result.output.utf8))
  }

  @Test func theBacklogTakesWhatWasEstimated() async throws {
    try await ModelWorkplace.with(settings: Self.settings, PlausibleModel()) { work in
      let media = work.place.media
      try await work.addEpisode("One.mkv", cues: 40)
      try await work.addEpisode("Two.mkv", cues: 35, about: "them", variant: 1)
      // No subtitles, subtitles inside, and no video.
      let silent = try await work.addEpisode("Silent.mkv", cues: 10, variant: 2)
      let subtitles = media.appending("Silent.en.srt").string
      let inside = media.appending("Inside.mkv")
      let made = try await Command.run(
        "ffmpeg",
        [
          "-nostdin", "-v", "error", "-i", silent.string, "-i", subtitles, "-map", "0", "-map", "1",
          "-c", "copy", "-c:s", "srt", "-metadata:s:s:0", "language=eng", inside.string,
        ])
      try #require(made.status == 0, "\(made.errors)")
      try FileManager.default.removeItem(atPath: subtitles)
      try Data(repeating: 7, count: 9_000).write(
        to: URL(fileURLWithPath: media.appending("Broken.mkv").string))

      // Without a daemon, of a folder that nobody has seen yet.
      let first = try await estimate(work, [media])
      #expect(first.episodes == 5)
      #expect(first.subtitlesRead == 2 && first.subtitlesInside == 1)
      #expect(first.waiting == 1 && first.leftOut == 1)

      let daemon = try await work.startDaemon()
      try await work.place.waitForStatus("the backlog seen") { $0.backlog.episodes == 5 }
      let report = try await estimate(work)
      #expect(report.provider.hasPrefix("openai"))
      #expect(report.episodes == 5)
      // Four batches each, and those of a minute of unread dialogue.
      #expect(report.requests.least >= 9 && report.requests.most <= 11, "\(report.requests)")
      #expect(report.requests.least == first.requests.least)
      #expect(report.inputTokens.least > 0 && report.inputTokens.most > report.inputTokens.least)
      #expect(report.outputTokens.most > report.outputTokens.least)
      #expect(report.hasPrice && report.costUsd.least > 0)
      #expect(report.days.least == 1 && report.days.most == 1)
      #expect(report.clipBytes.least > 0 && report.clipBytes.most > report.clipBytes.least)
      #expect(work.questions.isEmpty, "nobody is asked")
      #expect(try await work.place.status().backlog.episodes == 5, "nothing is taken")

      // In words, of one folder.
      let text = try await work.langflix(["estimate", media.string]).output
      let words = ["5 episodes", "requests", "USD", "100 requests a day", "no request was made"]
      for word in words {
        #expect(text.contains(word), "\(text)")
      }
      #expect(!text.contains("by its settings"), "\(text)")
      let nothing = try await work.langflix(["estimate", media.appending("nothing").string])
      #expect(nothing.status == 1)
      #expect(nothing.errors.contains("check the path"), "\(nothing.errors)")

      // What is taken takes that much.
      let names = ["One", "Two"]
      for name in names {
        let result = try await work.langflix([
          "process", media.appending("\(name).mkv").string,
        ])
        #expect(result.status == 0, "\(result.errors)")
      }
      #expect(work.questions.count == 8)
      let clips = names.flatMap { name in
        let folder = media.appending("Shorts/langflix").appending(name)
        return work.place.names(in: folder).filter { $0.hasSuffix(".mp4") }.map(folder.appending)
      }
      let reels = names.map { media.appending("Shorts/\($0).mp4") }
      let bytes = try (clips + reels).map {
        try #require(
          try FileManager.default.attributesOfItem(atPath: $0.string)[.size] as? NSNumber
        ).int64Value
      }
      #expect(bytes.reduce(0, +) <= report.clipBytes.most, "\(bytes) of \(report.clipBytes)")
      let rest = try await estimate(work, [media])
      #expect(rest.episodes == 3 && rest.known == 2)

      // Forgotten, its answers are still kept.
      let episode = media.appending("One.mkv").string
      #expect(try await work.langflix(["forget", episode]).status == 0)
      let kept = try await estimate(work, [media.appending("One.mkv")])
      #expect(kept.requests.most == 0 && kept.keptAnswers == 4)
      #expect(work.questions.count == 8)
      #expect(await daemon.stop() == 0)

      // A provider without a price may be free.
      let free = try await work.langflix(
        ["estimate", media.string],
        [
          "LANGFLIX_PROVIDERS_OPENAI_INPUT_USD_PER_MILLION": "0",
          "LANGFLIX_PROVIDERS_OPENAI_OUTPUT_USD_PER_MILLION": "0",
        ])
      #expect(free.output.contains("0 USD by its settings; if it costs"), "\(free.output)")
    }
  }
}
