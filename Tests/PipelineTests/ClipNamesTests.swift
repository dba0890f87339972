import Expressions
import Foundation
import Media
import Publishing
import Settings
import Subtitles
import SystemPackage
import Testing

@testable import Pipeline

/// What the files of an episode's clips are called, and where they are made.
@Suite struct ClipNamesTests {
  private static let cues = (1...30).map { number in
    Cue(
      number: number, start: .seconds(Double(number) * 3), end: .seconds(Double(number) * 3 + 2),
      text: "Line \(number).")
  }
  private static let forms = [
    "give up", "24/7", "S01E01", "../../../etc/passwd", "part II", "I mean", "눈치가 빠르다", "",
    String(repeating: "so far ", count: 60),
  ]

  private func plan(_ episode: String, layout: ClipSettings.Layout) throws -> (ClipPlan, ClipFolder)
  {
    let folder = ClipFolder(
      forEpisode: FilePath("/nowhere").appending(episode), fingerprint: "9-abc")
    let place = ClipPlace(
      in: folder, isFlat: layout == .extras, flatStem: folder.flatStem(fingerprint: "9-abc"))
    let groups = Self.forms.enumerated().map { index, form in
      let cue = Self.cues[index * 3]
      return Group(
        context: Context(firstCue: cue.number, lastCue: cue.number), start: cue.start, end: cue.end,
        expressions: [
          Expression(
            candidate: Candidate(
              phrase: form, dictionaryForm: form, cueNumbers: [cue.number], partOfSpeech: "phrase",
              meaning: "", usefulness: 1),
            spans: [CueSpan(cueNumber: cue.number, start: 0, end: 4)], wasMended: false)
        ], alsoHere: [])
    }
    return (
      ClipPlan(
        groups: groups, source: Transcript(language: "en", cues: Self.cues),
        target: Transcript(language: "ko", cues: Self.cues), settings: ClipSettings(layout: layout),
        place: place), folder
    )
  }

  @Test(arguments: ClipSettings.Layout.allCases)
  func everyNameIsShortAndHasNoNumber(layout: ClipSettings.Layout) throws {
    for stem in ["Show.S01E02.1080p", "한국 드라마 3화", String(repeating: "길", count: 80) + "S01E02"] {
      let (plan, folder) = try plan("\(stem).mkv", layout: layout)
      let order = plan.order(
        source: FilePath("/nowhere/\(stem).mkv"), audioLanguage: "en", index: nil)
      #expect(order.clips.count == Self.forms.count)
      var paths: [FilePath] = []
      for clip in order.clips {
        #expect(clip.folder == (layout == .extras ? folder.flatFolder : folder.workFolder))
        let made = CutClip(
          id: clip.id, fileName: "\(clip.stem).mp4", container: "mp4", sourceStart: clip.start,
          duration: clip.end - clip.start, leadIn: .zero, sizeBytes: 1, method: .copy,
          subtitles: clip.subtitles)
        let sidecars = plan.sidecars(of: made, named: "\(clip.stem).mp4")
        #expect(sidecars.subtitles.count == 2 && sidecars.captions.count == 3)
        paths.append(clip.folder.appending("\(clip.stem).mp4"))
        paths += (sidecars.subtitles + sidecars.captions).map(\.path)
        paths += clip.extracts.map { $0.folder.appending("\($0.stem).m4a") }
        // A player finds subtitles by their clip's name.
        for sidecar in sidecars.subtitles {
          #expect(sidecar.path.lastComponent?.string.hasPrefix("\(clip.stem).") == true)
        }
        // What the manifest says leads to the file.
        for file in [plan.place.reference(to: "\(clip.stem).mp4")]
          + sidecars.subtitles.map(\.file.file)
        {
          let base = layout == .extras ? folder.flatFolder : folder.workFolder
          #expect(base.appending(ClipPlace.name(of: file)).lexicallyNormalized().starts(with: base))
          #expect(file.hasPrefix("../../") == (layout == .extras))
          #expect(paths.contains(base.appending(ClipPlace.name(of: file))))
        }
      }
      #expect(Set(paths).count == paths.count, "no two are called the same")
      for path in paths {
        #expect(path.starts(with: folder.workFolder) && path.lexicallyNormalized() == path)
        let bad = path.components.map(\.string).filter { name in
          let stem =
            [".mp4", ".m4a"].contains { name.hasSuffix($0) } ? name.dropLast(4) : name[...]
          return name.utf8.count > 255 || stem.contains { $0.isASCII && $0.isNumber }
        }
        #expect(bad.isEmpty)
        let inside = path.components.count - folder.workFolder.components.count
        #expect((1...2).contains(inside), "what is deeper is never cleared")
      }
    }
  }
}
