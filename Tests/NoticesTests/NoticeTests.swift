import Expressions
import Settings
import Testing

@testable import Notices

@Suite struct NoticeTests {
  static let times = Notice.Times(exact: { "exact \(Int($0))" }, short: { "short \(Int($0))" })

  static func news(_ episode: Int64, _ name: String, clips: Int) -> ClipNews {
    ClipNews(episode: episode, name: name, library: "tv", clips: clips, folder: "/m/\(name)")
  }

  @Test func oneEpisodeIsNamedInTheTitle() {
    let notice = Notice(
      clips: [Self.news(7, "Pilot", clips: 1)], id: "clips-3", at: 5, times: Self.times)
    #expect(notice.title == "1 new clip: Pilot")
    #expect(notice.text == "Pilot: 1 clip")
    #expect(notice.at == "exact 5")
  }

  @Test func aSeasonIsOneMessageAndPartsOfAnEpisodeAreOne() {
    let news = (1...20).map { Self.news(Int64($0), "Show S01E\($0)", clips: 2) }
    let notice = Notice(
      clips: news + [Self.news(1, "Show S01E1", clips: 3)], id: "c", at: 0, times: Self.times)
    #expect(notice.title == "43 new clips of 20 episodes")
    let lines = notice.text.split(separator: "\n")
    #expect(lines.first == "Show S01E1: 5 clips")
    #expect(lines.last == "and 8 more episodes")
    #expect(notice.details["episodes"]?.array?.count == 20)
  }

  @Test(arguments: TroubleNews.Kind.allCases) func troublesAndTheirEnds(kind: TroubleNews.Kind) {
    var news = TroubleNews(
      kind: kind, subject: "gemini\u{202E}\n/x", reason: "the key is wrong\nline two", since: 100)
    let begin = Notice(trouble: news, id: "t", at: 101, times: Self.times)
    #expect(begin.event == .trouble)
    #expect(begin.text.hasPrefix("The key is wrong line two."))
    #expect(!begin.title.contains("\n") && !begin.title.contains("\u{202E}"))
    news.endedAt = 200
    let end = Notice(trouble: news, id: "t", at: 201, times: Self.times)
    #expect(end.event == .over)
    #expect(end.text == "It was so from short 100 to short 200. Work goes on.")
    #expect(end.title != begin.title)
    #expect(end.details["trouble"]?["ended_at"] == "exact 200")
  }

  @Test func textsAreCutAtCharacters() {
    #expect(TextLimit.cut("abc", toUTF8: 3) == "abc")
    #expect(TextLimit.cut("abcd", toUTF8: 3) == "…")
    #expect(TextLimit.cut("한국어말", toUTF8: 11) == "한국…")
    #expect(TextLimit.cut("👨‍👩‍👧👨‍👩‍👧", toUTF16: 10) == "👨‍👩‍👧…")
    for limit in 3...40 {
      let cut = TextLimit.cut(String(repeating: "é한👩", count: 9), toUTF8: limit)
      #expect(cut.utf8.count <= limit && cut.hasSuffix("…"))
    }
  }

  @Test func discordGetsAtMostWhatItTakesAndCallsNobody() throws {
    let address = try #require(ReceiverAddress("https://discord.com/api/webhooks/1/a"))
    let receiver = try #require(Receiver.all(of: [address]).first)
    let news = (1...12).map { Self.news(Int64($0), String(repeating: "*", count: 290), clips: 1) }
    let call = receiver.call(
      for: Notice(clips: news, id: "c", at: 0, times: Self.times))
    let content = try #require(call.body?["content"]?.string)
    #expect(content.utf16.count <= 2_000 && content.hasSuffix("…"))
    #expect(call.body?["allowed_mentions"] == ["parse": []])

    let hostile = receiver.call(
      for: Notice(
        clips: [Self.news(1, "@everyone [x](http://evil) `a` <@1> _b_", clips: 1)], id: "c", at: 0,
        times: Self.times))
    #expect(
      hostile.body?["content"]?.string?.hasPrefix(
        #"**1 new clip: @everyone \[x\]\(http://evil\) \`a\` \<@1\> \_b\_**"#) == true)
  }

  @Test func receiversOfAKindAreNumbered() throws {
    let texts = ["https://ntfy.sh/a", "https://x.example/", "https://ntfy.sh/b"]
    let receivers = Receiver.all(of: texts.compactMap { ReceiverAddress($0) })
    #expect(receivers.map(\.name) == ["ntfy", "webhook", "ntfy-2"])
    let call = try #require(receivers.last).call(for: .test(at: 0, times: Self.times))
    #expect(call.url == "https://ntfy.sh/")
    #expect(call.body?["topic"] == "b")
  }

  @Test func aRedirectIsToldWithoutItsSecret() throws {
    let address = try #require(ReceiverAddress("https://a.example/x"))
    let receiver = try #require(Receiver.all(of: [address]).first)
    let text = receiver.refusal(
      CallAnswer(status: 302, location: "https://b.example/secret?token=1"))
    #expect(text.contains("https://b.example,"))
    #expect(!text.contains("secret"))
  }
}
