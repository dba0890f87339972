import Subtitles
import Testing

@Suite struct EpisodeCodeTests {
  @Test(arguments: [
    ("Show.S01E02.720p", 1, 2), ("show s1e2", 1, 2), ("Show 1x02 - Title", 1, 2),
    ("Show S01 E02", 1, 2), ("Show.S01E02E03", 1, 2), ("Show.S2024E05", 2024, 5),
    ("Show.S01E1071", 1, 1071), ("Show.1920x1080.S03E04", 3, 4),
  ])
  func namesTellThem(name: String, season: Int, episode: Int) throws {
    let code = try #require(EpisodeCode(in: name))
    #expect((code.season, code.episode) == (season, episode))
  }

  @Test(arguments: ["Pilot", "Show.1920x1080", "Cars1x02", "s01e02b", "S01", "1x", "se02", "", "s"])
  func namesWithoutOne(name: String) {
    #expect(EpisodeCode(in: name) == nil)
  }

  @Test func aWholeTextIsNothingElse() throws {
    for text in ["S01E02", "s1 e2", "1X02"] {
      let code = try #require(EpisodeCode(whole: text))
      #expect((code.season, code.episode) == (1, 2))
    }
    for text in ["S01E02E03", "S01E02 ", "Show S01E02", "S00001E02", "Pilot", ""] {
      #expect(EpisodeCode(whole: text) == nil)
    }
  }
}
