import Media
import Subtitles
import SystemPackage
import Testing

@testable import Pipeline

@Suite struct SubtitleSourceTests {
  private func sidecar(_ name: String) throws -> SubtitleSource {
    .sidecar(
      FilePath("/m/\(name)"), try #require(SidecarName(fileName: name, episodeStem: "Pilot")))
  }

  @Test func theBestComesFirst() throws {
    let sources = try [
      "Pilot.en.sdh.srt", "Pilot.srt", "Pilot.en.forced.srt", "Pilot.ko.srt", "Pilot.en.srt",
    ].map(sidecar)
    let english = SubtitleSource.candidates(sources, language: "en", allowsUnlabelled: true)
    #expect(english.map(\.description) == ["Pilot.en.srt", "Pilot.srt", "Pilot.en.sdh.srt"])
    let korean = SubtitleSource.candidates(sources, language: "ko", allowsUnlabelled: false)
    #expect(korean.map(\.description) == ["Pilot.ko.srt"])
  }
}
