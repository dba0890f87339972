import Control
import Expressions
import Foundation
import Logging
import ModelServer
import Notices
import Settings
import Store
import Subtitles
import Synchronization
import SystemPackage
import Testing

@testable import Pipeline

/// Everything that is told, as a real server gets it; the test's own clock says when.
@Suite(.timeLimit(.minutes(5))) struct TellerTests {
  @Test func aSeasonIsOneMessageToEachReceiver() async throws {
    try await Telling.running { telling in
      for number in 1...20 {
        try await telling.publish(
          "Show S01E\(number)", clips: 3, at: telling.start + Double(number) * 30)
      }
      let last = telling.start + 600
      #expect(try await telling.turn(at: last + 59).isEmpty, "more may come")
      let requests = try await telling.turn(at: last + 61)
      #expect(requests.map(\.path) == ["/hook", "/", "/api/webhooks/1/token"])

      let hook = try #require(requests.first?.json)
      #expect(hook["version"] == 1)
      #expect(hook["id"] == "clips-20")
      #expect(hook["event"] == "clips")
      #expect(hook["title"] == "60 new clips of 20 episodes")
      #expect(hook["at"]?.string?.hasSuffix("Z") == true)
      #expect(hook["episodes"]?.array?.count == 20)
      #expect(hook["episodes"]?.array?.first?["name"] == "Show S01E1")
      #expect(hook["episodes"]?.array?.first?["clips"] == 3)
      #expect(requests[0].headers["authorization"] == "Basic bWU6cEBzcw==")
      #expect(requests[0].headers["content-type"] == "application/json")

      let ntfy = try #require(requests[1].json)
      #expect(ntfy["topic"] == "my-topic")
      #expect(ntfy["title"] == hook["title"])
      #expect(ntfy["priority"] == 3)
      #expect(ntfy["tags"] == ["clapper"])
      #expect(requests[1].headers["authorization"] == "Bearer tk_token")

      let discord = try #require(requests[2].json)
      #expect(
        discord["content"]?.string?.hasPrefix("**60 new clips of 20 episodes**\nShow") == true)
      #expect(discord["allowed_mentions"] == ["parse": []])
      #expect(requests[2].headers["authorization"] == nil)
      #expect(try await telling.turn(at: last + 3_000).isEmpty, "once")
    }
  }

  @Test func moreThanIsReadAtOnceIsToldToTheLast() async throws {
    try await Telling.running { telling in
      for number in 1...1_001 {
        try await telling.publish("Show S01E\(number)", clips: 1, at: telling.start)
      }
      let requests = try await telling.turn(at: telling.start + 61)
      #expect(requests.filter { $0.path == "/hook" }.count == 2)
      try await telling.publish("After all", clips: 1, at: telling.start + 70)
      #expect(
        try await telling.turn(at: telling.start + 140).count == 3, "what was told takes no room")
    }
  }

  @Test func aReceiverIsKnownByItsAddress() async throws {
    try await Telling.running { telling in
      let all = Audience(telling.settings)
      var settings = telling.settings
      settings.notify.receivers.removeFirst()
      #expect(Audience(settings).members.map(\.key) == Array(all.members.map(\.key).dropFirst()))
    }
  }

  @Test func aRestartTellsNothingTwiceAndForgetsNothing() async throws {
    try await Telling.running { telling in
      try await telling.publish("One", clips: 1, at: telling.start)
      #expect(try await telling.turn(at: telling.start + 61).count == 3)
      try await telling.publish("Two", clips: 2, at: telling.start + 70)
      try await telling.restart()
      let requests = try await telling.turn(at: telling.start + 140)
      #expect(requests.first?.json?["title"] == "2 new clips: Two")
      #expect(requests.count == 3)
      try await telling.restart()
      #expect(try await telling.turn(at: telling.start + 300).isEmpty)
    }
  }

  @Test func aFailingReceiverIsTriedAgainAndHoldsUpNoOther() async throws {
    let fails = Mutex(true)
    try await Telling.running { request in
      fails.withLock { $0 } && request.path == "/hook"
        ? ScriptedReply(status: 500) : ScriptedReply()
    } body: { telling in
      try await telling.publish("One", clips: 1, at: telling.start)
      let first = telling.start + 61
      #expect(try await telling.turn(at: first).count == 3)
      #expect(try await telling.turn(at: first + 9).isEmpty)
      #expect(try await telling.turn(at: first + 10).map(\.path) == ["/hook"])
      // What comes meanwhile goes with it.
      try await telling.publish("Two", clips: 1, at: first + 11)
      fails.withLock { $0 = false }
      let requests = try await telling.turn(at: first + 90)
      #expect(
        requests.map(\.json?["title"]) == ["2 new clips of 2 episodes", "1 new clip: Two", nil])
      #expect(telling.log.warnings == 1)
      #expect(try await telling.turn(at: first + 500).isEmpty)
    }
  }

  @Test func aReceiverThatIsNotThereIsTriedForADayAndThenItsNewsIsOld() async throws {
    try await Telling.running { telling in
      await telling.server.stop()
      try await telling.publish("One", clips: 1, at: telling.start)
      var now = telling.start
      for _ in 0..<60 {
        _ = await telling.teller.turn(now: now)
        now += 1_801
      }
      #expect(telling.log.warnings == 3, "one for each receiver")
      #expect(now > telling.start + 86_400)
      let server = try await ModelServer.start(port: telling.server.port) { _ in ScriptedReply() }
      _ = await telling.teller.turn(now: now)
      #expect(server.requests().isEmpty)
      await server.stop()
    }
  }

  @Test func aRefusedKeyIsToldOnceAndSoIsItsEnd() async throws {
    try await Telling.running { telling in
      let key = Alarms.Key(kind: .refused, subject: telling.provider)
      telling.alarms.raise(key, reason: "the key is wrong; look at it")
      let requests = try await telling.turn(at: EpisodeSteps.now + 1)
      #expect(requests.count == 3)
      let hook = try #require(requests.first?.json)
      #expect(hook["event"] == "trouble")
      #expect(hook["title"] == .string("\(telling.provider) refuses: check its key"))
      #expect(hook["trouble"]?["kind"] == "refused")
      #expect(hook["trouble"]?["reason"] == "the key is wrong; look at it")
      #expect(hook["trouble"]?["ended_at"] == .null)
      #expect(requests[1].json?["priority"] == 4)

      telling.alarms.raise(key, reason: "again")
      try await telling.restart()
      telling.alarms.raise(key, reason: "and again")
      #expect(try await telling.turn(at: telling.start + 900).isEmpty)

      telling.alarms.clear(key)
      let end = EpisodeSteps.now
      #expect(try await telling.turn(at: end + 50).isEmpty, "it may come back")
      telling.alarms.raise(key, reason: "it was not over")
      #expect(try await telling.turn(at: end + 100).isEmpty)
      telling.alarms.clear(key)
      let over = try await telling.turn(at: EpisodeSteps.now + 61)
      #expect(over.map { $0.json?["event"] } == ["trouble_over", nil, nil])
      #expect(over.first?.json?["title"] == .string("\(telling.provider) refuses no more"))
      #expect(try await telling.turn(at: end + 500).isEmpty)
    }
  }

  @Test func aSmallerEpisodeEndsNoAlarmOfALargerOne() async throws {
    try await Telling.running { telling in
      let large = try await telling.cutting("Large")
      let small = try await telling.cutting("Small")
      let reason = "no room for clips"
      let key = Alarms.Key(kind: .fullDisk, subject: "tv")
      telling.gate.setFull(
        .init(
          reason: reason, folder: "/media", cause: .limits(neededBytes: 1 << 40), episode: large),
        library: "tv")
      telling.alarms.raise(key, reason: reason)
      let now = EpisodeSteps.now
      try await telling.store.postponeCutting(
        inLibrary: "tv", reason: reason, until: now + 600, now: now)
      #expect(try await telling.turn(at: EpisodeSteps.now + 1).count == 3)

      try await telling.noteRoom(for: small)
      #expect(telling.gate.full["tv"]?.episode == large)
      #expect(try await telling.turn(at: EpisodeSteps.now + 200).isEmpty, "the large one waits")
      // Nobody remembers which one it was.
      try await telling.restart()
      try await telling.noteRoom(for: small)
      #expect(try await telling.turn(at: EpisodeSteps.now + 200).isEmpty)
      try await telling.finish(small)
      try await telling.noteRoom(for: large)
      let over = try await telling.turn(at: EpisodeSteps.now + 200)
      #expect(over.first?.json?["event"] == "trouble_over")
      #expect(over.count == 3)
    }
  }

  @Test func anEpisodeThatIsGoneHoldsNoAlarm() async throws {
    try await Telling.running { telling in
      let large = try await telling.cutting("Large")
      let small = try await telling.cutting("Small")
      let key = Alarms.Key(kind: .fullDisk, subject: "tv")
      telling.gate.setFull(
        .init(reason: "no room", folder: "/media", cause: .disk(freeBytes: 0), episode: large),
        library: "tv")
      telling.alarms.raise(key, reason: "no room")
      #expect(try await telling.turn(at: EpisodeSteps.now + 1).count == 3)
      try await telling.store.markVanished("/media/Large.mkv")
      try await telling.noteRoom(for: small)
      #expect(telling.gate.full.isEmpty)
      #expect(try await telling.turn(at: EpisodeSteps.now + 200).count == 3)
    }
  }

  @Test func whoIsNoLongerListedIsForgottenAtTheStart() async throws {
    try await Telling.running { telling in
      #expect(try await telling.turn(at: telling.start).isEmpty)
      let listed = Set(try await telling.store.told().keys)
      #expect(Set(listed.map(\.receiver)) == Set(Audience(telling.settings).members.map(\.key)))
      let former = ToldMark(receiver: "webhook gone", topic: .clips)
      try await telling.store.recordTold(former, through: 3)
      #expect(try await telling.turn(at: telling.start + 1).isEmpty)
      #expect(try await telling.store.told()[former] == 3, "at the start alone")
      try await telling.restart()
      #expect(try await telling.turn(at: telling.start + 2).isEmpty)
      #expect(Set(try await telling.store.told().keys) == listed)
    }
  }

  @Test func aProviderThatIsNotAskedAnyMoreRefusesNoMore() async throws {
    try await Telling.running { telling in
      telling.alarms.raise(.init(kind: .refused, subject: "former/model"), reason: "no")
      let begin = try await telling.turn(at: EpisodeSteps.now + 1)
      let end = try await telling.turn(at: EpisodeSteps.now + 61)
      #expect((begin.count, end.count) == (3, 3))
    }
  }

  @Test func aStoreThatTakesNothingForAMomentIsNoTrouble() async throws {
    try await Telling.running { telling in
      telling.alarms.raise(.init(kind: .store), reason: "the disk is full")
      telling.gate.standstill = .init(reason: "the disk is full", until: .infinity)
      #expect(try await telling.turn(at: EpisodeSteps.now).isEmpty, "it may be a hiccup")
      let requests = try await telling.turn(at: EpisodeSteps.now + 11)
      #expect(requests.first?.json?["title"] == "Work stands still: the store can't be written")
      #expect(requests.count == 3)
      #expect(try await telling.turn(at: EpisodeSteps.now + 100).isEmpty)
    }
  }

  @Test func standstillIsToldOnceAndEndsWithTheFirstMove() async throws {
    try await Telling.running { telling in
      try await telling.cutting("Stuck")
      let hours = 6 * 3_600.0
      #expect(try await telling.turn(at: telling.start).isEmpty)
      telling.clock.set(hours - 1)
      #expect(try await telling.turn(at: telling.start + 1).isEmpty)
      telling.clock.set(hours + 1)
      let requests = try await telling.turn(at: EpisodeSteps.now + 1)
      #expect(requests.first?.json?["trouble"]?["kind"] == "standstill")
      #expect(requests.count == 3)
      telling.clock.set(3 * hours)
      #expect(try await telling.turn(at: EpisodeSteps.now + 1).isEmpty)
      telling.gate.pause = WorkPause(since: [.all: 1])
      _ = try await telling.turn(at: EpisodeSteps.now)
      #expect(try await telling.turn(at: EpisodeSteps.now + 61).isEmpty, "a pause is not its end")
      telling.gate.pause = WorkPause(since: [:])
      try await telling.restart()
      telling.clock.set(5 * hours)
      #expect(try await telling.turn(at: EpisodeSteps.now + 1).isEmpty, "told before the restart")
      telling.alarms.moved()
      _ = try await telling.turn(at: EpisodeSteps.now)
      let over = try await telling.turn(at: EpisodeSteps.now + 61)
      #expect(over.first?.json?["title"] == "Work moves again")
    }
  }

  @Test func aPauseIsNoStandstill() async throws {
    try await Telling.running { telling in
      try await telling.cutting("Paused")
      telling.gate.pause = WorkPause(since: [.all: 1])
      _ = try await telling.turn(at: telling.start)
      telling.clock.set(1e6)
      #expect(try await telling.turn(at: telling.start + 1).isEmpty)
    }
  }

  @Test func mediaServersLookForNewClips() async throws {
    try await Telling.running(receivers: [], servers: true) { request in
      switch request.path {
      case "/Library/VirtualFolders": .json([["Locations": ["/data/tv"]]])
      case "/library/sections":
        .json([
          "MediaContainer": ["Directory": [["key": "4", "Location": [["path": "/elsewhere"]]]]]
        ])
      default: ScriptedReply(status: 204)
      }
    } body: { telling in
      try await telling.publish("One", clips: 1, at: telling.start, lookedThrough: "/media/Show")
      try await telling.publish("Two", clips: 1, at: telling.start, lookedThrough: nil)
      let requests = try await telling.turn(at: telling.start + 61)
      let jellyfin = requests.filter {
        $0.headers["authorization"] == "MediaBrowser Token=\"jelly-key\""
      }
      #expect(jellyfin.map(\.path) == ["/Library/VirtualFolders", "/Library/Media/Updated"])
      #expect(
        jellyfin.last?.json == ["Updates": [["Path": "/data/tv/Show", "UpdateType": "Modified"]]])
      let plex = requests.filter { $0.headers["x-plex-token"] == "plex-token" }
      #expect(plex.map(\.path) == ["/library/sections", "/library/sections/all/refresh"])
      #expect(requests.count == 4)
      // Where nothing lies that they would show, they are not asked.
      try await telling.publish("Three", clips: 1, at: telling.start + 100, lookedThrough: nil)
      #expect(try await telling.turn(at: telling.start + 200).isEmpty)
    }
  }

  @Test func theTestTellsWhoWasReachedAndHowToMendTheRest() async throws {
    try await Telling.running(servers: true) { request in
      switch request.path {
      case "/hook": ScriptedReply()
      case "/": ScriptedReply(status: 403)
      case "/library/sections": .json(["MediaContainer": ["Directory": []]])
      case "/Library/VirtualFolders": ScriptedReply(status: 401)
      default: ScriptedReply(status: 302, headers: ["Location": "https://other.example/secret"])
      }
    } body: { telling in
      let results = await ReceiverCheck(settings: telling.settings).run()
      #expect(results.map(\.name) == ["webhook", "ntfy", "discord", "jellyfin", "plex"])
      #expect(results.map(\.succeeded) == [true, false, false, false, true])
      #expect(results[1].text.contains("token or a password"))
      #expect(results[2].text.contains("https://other.example,"))
      #expect(results[3].text.contains("jellyfin.api_key"))
      #expect(results[4].notes.first?.contains("plex.folders") == true)
      let secrets = ["tk_token", "p@ss", "jelly-key", "plex-token", "/secret", "my-topic"]
      for result in results {
        #expect(!secrets.contains { "\(result)".contains($0) }, "\(result)")
      }
      #expect(telling.server.requests().first { $0.path == "/hook" }?.json?["event"] == "test")
    }
  }
}
