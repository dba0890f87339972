import Subtitles
import Testing

@Suite struct SidecarNameTests {
  private let stem = "Show.S01E01.Pilot"

  struct Reading: Sendable {
    var suffix: String
    var language: String?
    var flags = ""
  }

  @Test(arguments: [
    Reading(suffix: ".srt", language: nil),
    Reading(suffix: ".en.srt", language: "en"),
    Reading(suffix: ".eng.forced.srt", language: "en", flags: "F"),
    Reading(suffix: ".forced.en.srt", language: "en", flags: "F"),
    Reading(suffix: ".forced.srt", language: nil, flags: "F"),
    Reading(suffix: ".en.hi.srt", language: "en", flags: "H"),
    Reading(suffix: ".hi.en.srt", language: "en", flags: "H"),
    Reading(suffix: ".hi.srt", language: "hi"),
    Reading(suffix: ".hi.hi.srt", language: "hi", flags: "H"),
    Reading(suffix: ".en.sdh.ASS", language: "en", flags: "H"),
    Reading(suffix: ".en.cc.vtt", language: "en", flags: "H"),
    Reading(suffix: ".English.ssa", language: "en"),
    Reading(suffix: ".ENGLISH (SDH).srt", language: "en", flags: "H"),
    Reading(suffix: ".pt-BR.srt", language: "pt"),
    Reading(suffix: ".zh_Hans.srt", language: "zh"),
    Reading(suffix: ".en-sdh.srt", language: "en", flags: "H"),
    Reading(suffix: ".en-forced.srt", language: "en", flags: "F"),
    Reading(suffix: ".Brazilian Portuguese.srt", language: "pt"),
    Reading(suffix: ".한국어.default.srt", language: "ko"),
    Reading(suffix: ".und.srt", language: nil),
    Reading(suffix: ".en.commentary.srt", language: "en", flags: "C"),
    Reading(suffix: ".en.2.srt", language: "en"),
    Reading(suffix: "_en.srt", language: "en"),
    Reading(suffix: "-en.srt", language: "en"),
    Reading(suffix: " (English).srt", language: "en"),
    Reading(suffix: " [eng].srt", language: "en"),
    Reading(suffix: ".en.ai.srt", language: "en"),
    Reading(suffix: ".subgen.en.srt", language: "en"),
    Reading(suffix: ".pb.srt", language: "pt"),
    Reading(suffix: ".signs.en.ass", language: "en", flags: "F"),
    Reading(suffix: ".smi", language: nil),
    Reading(suffix: ".ko.smi", language: "ko"),
    Reading(suffix: ".en.sup", language: "en"),
  ])
  func readsNames(_ reading: Reading) throws {
    for name in [stem + reading.suffix, stem.uppercased() + reading.suffix] {
      let sidecar = try #require(SidecarName(fileName: name, episodeStem: stem), "\(name)")
      #expect(sidecar.language == reading.language)
      #expect(sidecar.isForced == (reading.flags == "F"))
      #expect(sidecar.isHearingImpaired == (reading.flags == "H"))
      #expect(sidecar.isCommentary == (reading.flags == "C"))
      #expect(SidecarName.extensions.contains(sidecar.fileExtension))
    }
  }

  @Test(arguments: [
    "Show.S01E01.Pilot.mkv", "Show.S01E01.Pilot", "Show.S01E01.Pilot.720p.srt",
    "Show.S01E01.Pilot.en.fr.srt", "Show.S01E01.Pilot2.srt",
    "Show.S01E02.srt", "en.srt", ".srt", "", "Show.S01E01.Pilot.en.srt.bak",
  ])
  func leavesOtherNames(_ name: String) {
    #expect(SidecarName(fileName: name, episodeStem: stem) == nil)
  }

  @Test(
    arguments: [
      ("subs.en.srt", "Film (1994)", "en"), ("Film.1994.BluRay.GROUP.eng.srt", "Film (1994)", "en"),
      ("whatever.srt", "Film (1994)", nil),
      ("Show.S01E01.720p.en.srt", "Show.S01E01.1080p.WEB", "en"),
      ("show 1x01.srt", "Show.S01E01.1080p", nil),
    ] as [(String, String, String?)])
  func aSoleEpisodeOwnsWhatLiesBesideIt(name: String, stem: String, language: String?) throws {
    let sidecar = try #require(SidecarName(fileName: name, besideOnlyEpisode: stem))
    #expect(sidecar.language == language)
  }

  @Test(arguments: [
    ("Show.S01E02.en.srt", "Show.S01E01.1080p"), ("Show.S01E02.srt", "Film (1994)"),
    ("notes.txt", "Film (1994)"), ("Show.2x01.srt", "Show.S01E01"),
    ("Show - 02.en.srt", "Show - 01"), ("Film 2.srt", "Film 1"),
  ])
  func butNotThatOfAnotherEpisode(name: String, stem: String) {
    #expect(SidecarName(fileName: name, besideOnlyEpisode: stem) == nil)
  }

  @Test func matchesInAnyNormalisation() {
    let composed = "Caf\u{E9} 1"
    let decomposed = "Cafe\u{301} 1.fr.srt"
    #expect(SidecarName(fileName: decomposed, episodeStem: composed)?.language == "fr")
  }

  @Test(arguments: [
    ("Show.S01E01.Pilot.en.srt", false, "en"), ("Show.S01E01.Pilot/2_English.srt", false, "en"),
    ("show.s01e01.pilot/3_French.srt", false, "fr"), ("2_English.srt", true, "en"),
    ("English.srt", true, "en"), ("eng.srt", true, "en"), ("4_eng,English [SDH].srt", true, "en"),
    ("Portuguese (Brazil).srt", true, "pt"),
  ])
  func readsASubsFolder(_ path: String, _ onlyEpisode: Bool, _ language: String) {
    let sidecar = SidecarName(
      fileNameInSubsFolder: path, episodeStem: stem, onlyEpisode: onlyEpisode)
    #expect(sidecar?.language == language)
  }

  @Test(arguments: [
    ("2_English.srt", false), ("English.srt", false), ("Show.S01E02/2_English.srt", true),
    ("Show.S01E02.srt", true), ("a/b/English.srt", true), ("", true),
  ])
  func leavesWhatIsNotTheEpisodes(_ path: String, _ onlyEpisode: Bool) {
    let sidecar = SidecarName(
      fileNameInSubsFolder: path, episodeStem: stem, onlyEpisode: onlyEpisode)
    #expect(sidecar == nil)
  }

  @Test func aNumberAloneSaysNoLanguage() throws {
    let sidecar = try #require(
      SidecarName(fileNameInSubsFolder: "2.srt", episodeStem: stem, onlyEpisode: true))
    #expect(sidecar.language == nil)
  }
}
