import Expressions
import SystemPackage
import Testing

@testable import Pipeline

@Suite struct EpisodeHintTests {
  @Test(arguments: [
    ("/tv/Radio Puddle/Season 1/Radio.Puddle.S01E03.1080p.mkv", "Radio Puddle", "S01E03"),
    ("/tv/Radio Puddle/Season 01/S01E03 - Dead Air.mkv", "Radio Puddle", "S01E03"),
    ("/tv/Radio_Puddle_1x03.mkv", "Radio Puddle", "1X03"),
    ("/tv/Radio Puddle/Specials/Making of.mkv", "Radio Puddle", "Making of"),
    ("/tv/Dead Air.mkv", nil, "Dead Air"),
  ])
  func whatTheNameSays(path: FilePath, series: String?, episode: String?) {
    #expect(EpisodeHint(path: path) == EpisodeHint(series: series, episode: episode))
  }

  @Test func nothingThatCouldBreakALine() {
    let hint = EpisodeHint(path: "/tv/Bad\nName\u{202E}.mkv")
    #expect(hint.episode == "BadName")
  }
}
