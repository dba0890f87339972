import Library
import SystemPackage
import Testing

@Suite struct EpisodeNamesTests {
  @Test(arguments: [
    "Show.S01E01.mkv", "show.MKV", "Sample Show - S01E01.mkv", "The Trailer.mp4", "a b.m2ts",
    "Resample.avi", "Übung 1.webm",
  ])
  func isEpisode(_ name: FilePath.Component) {
    #expect(EpisodeNames.kind(of: name) == .episode)
  }

  @Test(arguments: [
    "Show.srt", "Show.en.forced.ASS", "Show-trailer.srt", "x.vtt", "x.smi", "x.ssa",
  ])
  func isSubtitles(_ name: FilePath.Component) {
    #expect(EpisodeNames.kind(of: name) == .subtitles)
  }

  @Test(arguments: [
    "Show.mkv.part", "Show.mkv.partial", "Show.mkv.!qB", "Show.mkv.!ut", "Show.mkv.tmp",
    "Show.mkv.temp", "Show.mkv.crdownload", "Show.mkv.download", "Show.mkv.filepart", "Show.mkv~",
    ".Show.mkv", "._Show.mkv", ".syncthing.Show.mkv.tmp", "_UNPACK_Show.mkv", "_FAILED_Show.mkv",
    "sample.mkv", "Sample.MKV", "show-sample.mkv", "show.sample.mkv", "Show-Trailer.mkv",
    "Show-behindthescenes.mkv", "poster.jpg", "Show.nfo", "mkv", ".mkv", "Show", ".srt",
    "Show.mkv ",
  ])
  func isNeither(_ name: FilePath.Component) {
    #expect(EpisodeNames.kind(of: name) == nil)
  }

  @Test func aNameThatIsNotUTF8IsJudgedToo() throws {
    #expect(EpisodeNames.kind(of: try .bytes([0xff, 0x0a] + Array(".mkv".utf8))) == .episode)
    #expect(EpisodeNames.kind(of: try .bytes(Array("x.mk".utf8) + [0xff])) == nil)
  }
}
