import Library
import Media
import Subtitles
import SystemPackage
import Testing

@testable import Pipeline

@Suite struct SubtitleSourceTests {
  private func sidecar(_ name: String) -> SubtitleSource {
    SubtitleSource(
      file: ObservedFile(path: FilePath("/m/\(name)"), sizeBytes: 1, modified: 2),
      name: SidecarName(fileName: name, episodeStem: "Pilot"))
  }

  private func track(
    _ index: Int, _ language: String?, _ title: String? = nil, codec: String = "subrip",
    isForced: Bool = false
  ) -> SubtitleSource {
    SubtitleSource(
      track: MediaStream(
        index: index, kind: .subtitle, codec: codec, language: language, title: title,
        isForced: isForced))
  }

  private func names(_ sources: [SubtitleSource], _ language: String) -> [String] {
    SubtitleSource.candidates(sources, language: language).map(\.description)
  }

  @Test func theBestComesFirst() {
    let sources = [
      "Pilot.en.sdh.srt", "Pilot.srt", "Pilot.en.forced.srt", "Pilot.ko.srt", "Pilot.en.srt",
    ].map(sidecar)
    #expect(names(sources, "en") == ["Pilot.en.srt", "Pilot.srt", "Pilot.en.sdh.srt"])
    #expect(names(sources, "ko") == ["Pilot.ko.srt", "Pilot.srt"])
  }

  @Test func tracksTellByTheirTitlesToo() {
    let sources = [
      track(2, "eng", "Signs & Songs"), track(3, "eng", "English SDH"), track(4, "eng"),
      track(5, "eng", "Director's Commentary"), track(6, nil, "English"),
      track(7, "eng", isForced: true), track(8, "eng", codec: "hdmv_pgs_subtitle"),
    ]
    #expect(
      names(sources, "en") == ["track 4 (subrip)", "track 6 (subrip)", "track 3 (subrip)"])
  }

  @Test func soundInOtherLanguagesIsAnObjectionWhereAllOfItIsKnown() {
    func sound(_ languages: [String?]) -> [MediaStream] {
      languages.enumerated().map {
        MediaStream(index: $0.offset, kind: .audio, codec: "aac", language: $0.element)
      }
    }
    #expect(SpokenLanguages.objection(to: "en", sound(["jpn"]))?.contains("ja") == true)
    #expect(SpokenLanguages.objection(to: "en", sound(["jpn", "fre"])) != nil)
    #expect(SpokenLanguages.objection(to: "en", sound(["jpn", "eng"])) == nil)
    #expect(SpokenLanguages.objection(to: "en", sound(["jpn", nil])) == nil)
    #expect(SpokenLanguages.objection(to: "en", sound(["und"])) == nil)
    #expect(SpokenLanguages.objection(to: "en", []) == nil)
  }
}
