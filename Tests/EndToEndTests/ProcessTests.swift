import Foundation
import SystemPackage
import Testing

/// `langflix process`: one shot, no daemon, the same code.
@Suite(.timeLimit(.minutes(10))) struct ProcessTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private func hash(_ path: FilePath) throws -> Int {
    try Data(contentsOf: URL(fileURLWithPath: path.string)).hashValue
  }

  @Test func makesGroupedClipsBesideTheEpisode() async throws {
    let episode = try await place.add("Show.S01E02.Pilot.mkv")
    let before = try hash(episode)
    let result = try await place.langflix(["process", episode.string])
    #expect(result.status == 0, "\(result.errors)")
    let folder = place.media.appending("Shorts/langflix/Show season one episode two Pilot")
    #expect(result.output.contains(folder.string))
    #expect(!result.errors.contains("\r"), "plain lines into a pipe")
    try await expectGoodClips(folder)
    let manifest = try ManifestView.read(folder)
    #expect(manifest.groups.count == 3)
    #expect(
      manifest.groups.contains { $0.expressions.count >= 2 },
      "what shares a context shares its clip")
    let forms = manifest.groups.flatMap(\.expressions).map(\.dictionaryForm)
    #expect(forms.contains("call it a day"))
    #expect(forms.contains("figure out"), "split and inflected")
    #expect(forms.contains("let the cat out of the bag"))
    #expect(try hash(episode) == before, "the source is untouched")
    #expect(
      place.names(in: place.media.appending("Shorts/langflix")) == [
        ".ignore", ".nomedia", ".plexignore", ".embyignore", "index.html", "Anki.apkg",
        "Show season one episode two Pilot",
      ])
  }

  @Test func doesNothingTwice() async throws {
    let episode = try await place.add("Pilot.mkv")
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    let manifest = place.media.appending("Shorts/langflix/Pilot/expressions.json").string
    let first =
      try FileManager.default.attributesOfItem(atPath: manifest)[.systemFileNumber] as? Int
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    let second =
      try FileManager.default.attributesOfItem(atPath: manifest)[.systemFileNumber] as? Int
    #expect(first == second)
    // A copy is the same episode.
    let copy = place.media.appending("Copy.mkv")
    try FileManager.default.copyItem(atPath: episode.string, toPath: copy.string)
    let result = try await place.langflix(["process", copy.string])
    #expect(result.status == 0)
    #expect(place.names(in: place.media.appending("Shorts/langflix")).contains("Copy") == false)
  }

  @Test func makesDeletedClipsAgainWhenAsked() async throws {
    let episode = try await place.add("Pilot.mkv")
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    let folder = place.media.appending("Shorts/langflix/Pilot")
    try FileManager.default.removeItem(atPath: folder.string)
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    try await expectGoodClips(folder)
  }

  @Test func bothLanguagesAreSubtitles() async throws {
    let episode = try await place.add("Pilot.mkv")
    // The translation is split otherwise; it is paired by time.
    let korean = """
      1
      00:00:02,000 --> 00:00:06,500
      늦었어. 오늘은 그만할까?

      2
      00:00:06,700 --> 00:00:08,500
      좋아.

      """
    try Data(korean.utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Pilot.ko.srt").string))
    let result = try await place.langflix(
      ["process", episode.string], ["LANGFLIX_LANGUAGES_TARGET": "ko"])
    #expect(result.status == 0, "\(result.errors)")
    let folder = place.media.appending("Shorts/langflix/Pilot")
    let group = try #require(try ManifestView.read(folder).groups.first)
    let clip = try #require(group.clip)
    #expect(clip.subtitles.map(\.language) == ["en", "ko"])
    #expect(clip.captions.map(\.language) == ["mul", "en", "ko"])
    let both = try String(
      contentsOfFile: folder.pushing(FilePath(clip.captions[0].file)).string, encoding: .utf8)
    #expect(both.contains("Shall we <b>call it a day</b>?\n"), "\(both)")
    #expect(both.contains("\n늦었어. 오늘은 그만할까?\n"), "\(both)")
    let tracks = try await Command.run(
      "ffprobe",
      [
        "-v", "error", "-select_streams", "s", "-show_entries", "stream_tags=language", "-of",
        "csv=p=0", folder.appending(clip.file).string,
      ])
    // Televisions show one track at a time, often the first in the language of their owner.
    #expect(tracks.output.split(separator: "\n") == ["kor", "eng", "kor"])
    #expect(group.cues.first?.translation == "늦었어. 오늘은 그만할까?")
    try await expectGoodClips(folder)
  }

  @Test func aSecondSubtitleFileWithAnOffsetIsMoved() async throws {
    let place = try Workplace()
    let source = (0..<14).map { number in
      let start = Double(number * number % 5) + Double(number) * 4
      return (start, start + 1.5 + Double(number % 3) * 0.4)
    }
    func subtitles(_ word: String, movedBy offset: Double) -> String {
      source.enumerated().map { index, time in
        let clock = [time.0 + offset, time.1 + offset].map { seconds in
          let milliseconds = Int((seconds * 1_000).rounded())
          let fraction = String(1_000 + milliseconds % 1_000).dropFirst()
          return "00:0\(milliseconds / 60_000):\(milliseconds / 1_000 % 60),\(fraction)"
        }
        return "\(index + 1)\n\(clock[0]) --> \(clock[1])\n\(word) \(index + 1).\n"
      }.joined(separator: "\n")
    }
    let english = subtitles("Never give up number", movedBy: 0)
    let episode = try await place.add("Pilot.mkv", subtitles: english)
    try Data(subtitles("Zeile", movedBy: 3).utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Pilot.de.srt").string))
    let result = try await place.langflix(
      ["process", episode.string], ["LANGFLIX_LANGUAGES_TARGET": "de"])
    #expect(result.status == 0, "\(result.errors)")
    let folder = place.media.appending("Shorts/langflix/Pilot")
    let manifest = try ManifestView.read(folder)
    for cue in manifest.groups.flatMap(\.cues) {
      #expect(cue.translation == "Zeile \(cue.number).")
    }
    let text = try String(
      contentsOfFile: folder.appending("expressions.json").string, encoding: .utf8)
    #expect(text.contains("moved by -3.0 s"), "\(text.prefix(1_500))")
  }

  @Test func waitsForSubtitlesAndSaysSo() async throws {
    let episode = try await place.add("Pilot.mkv", subtitles: nil)
    let result = try await place.langflix(["process", episode.string])
    #expect(result.status == 75)
    #expect(result.output.contains("Pilot.mkv: waits for subtitles"))
    #expect(try await place.status().episode("Pilot")?.state == "needs_subtitles")
  }

  @Test func subtitlesOfAnotherLanguageDoNotPassForEnglish() async throws {
    let episode = try await place.add("Pilot.mkv", subtitles: nil)
    let korean = (1...20).map {
      "\($0)\n00:00:\(10 + $0),000 --> 00:00:\(10 + $0),900\n오늘은 그만할까? 정말 늦었어.\n"
    }
    try Data(korean.joined(separator: "\n").utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Pilot.srt").string))
    let first = try await place.langflix(["process", episode.string])
    #expect(first.status == 75)
    #expect(first.output.contains("Pilot.srt names no language"))
    try Data(Fixture.subtitles.utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Pilot.en.srt").string))
    #expect(try await place.langflix(["process", episode.string]).status == 0)
  }

  @Test func whatIsNoEpisodeIsRefusedInWords() async throws {
    let episode = try await place.add("Pilot.mkv")
    #expect(try await place.langflix(["process", episode.string]).status == 0)
    let folder = place.media.appending("Shorts/langflix/Pilot")
    let clip = try #require(try ManifestView.read(folder).groups.first?.clip?.file)
    let cases = [
      (folder.appending(clip), "one of langflix's own clips"), (place.media, "it is a folder"),
      (place.media.appending("Pilot.en.srt"), "name the video"),
      (place.media.appending("None.mkv"), "no such file"),
    ]
    let result = try await place.langflix(["process"] + cases.map(\.0.string))
    #expect(result.status == 1)
    for (path, words) in cases {
      #expect(result.output.contains(words), "\(path): \(result.output)")
    }
    let number = try await place.langflix(["retry", "--episode", "99"])
    #expect(number.status == 1)
    #expect(number.errors.contains("no episode 99"))
  }

  @Test func aClosedPipeIsNoCrash() async throws {
    try await place.add("Pilot.mkv")
    let script = "\"$0\" doctor | true; \"$0\" config | head -n 1 >/dev/null; echo ${PIPESTATUS[@]}"
    let result = try await Command.run(
      "bash", ["-c", script, Command.langflix], environment: place.environment)
    #expect(result.errors == "")
    #expect(!result.output.contains("13"))
  }

  @Test func anotherLanguageWaitsForAProvider() async throws {
    let episode = try await place.add("Pilot.mkv", subtitles: nil)
    let korean = "1\n00:00:02,000 --> 00:00:04,000\n늦었어요. 오늘은 여기까지 할까요?\n"
    try Data(korean.utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Pilot.ko.srt").string))
    let result = try await place.langflix(
      ["process", episode.string], ["LANGFLIX_LANGUAGES_SOURCE": "ko"])
    #expect(result.status == 75)
    #expect(result.output.contains("waits for a provider"))
  }

  @Test func tracksInsideTheFileAreRead() async throws {
    let bare = try await Fixture.video
    let srt = place.root.appending("in.srt")
    try Data(Fixture.subtitles.utf8).write(to: URL(fileURLWithPath: srt.string))
    for (name, codec) in [
      ("Sub.mkv", "srt"), ("Ass.mkv", "ass"), ("Tx.mp4", "mov_text"), ("Vtt.mkv", "webvtt"),
    ] {
      let file = place.media.appending(name)
      let made = try await Command.run(
        "ffmpeg",
        [
          "-nostdin", "-v", "error", "-i", bare.string, "-i", srt.string, "-map", "0", "-map", "1",
          "-c:v", "copy", "-c:a", "copy", "-c:s", codec, "-metadata:s:s:0", "language=eng",
          file.string,
        ])
      try #require(made.status == 0, "\(made.errors)")
      let result = try await place.langflix(["process", file.string])
      #expect(result.status == 0, "\(name): \(result.output) \(result.errors)")
      try await expectGoodClips(place.media.appending("Shorts/langflix").appending(file.stem ?? ""))
    }
  }

  @Test(.enabled(if: Fixture.sharedData != nil, "../shared/data is not here"))
  func tenMinutesOfARealFilm() async throws {
    let data = try #require(Fixture.sharedData)
    let all = try String(
      contentsOfFile: data.appending("subtitles/charade-1963.en.srt").string, encoding: .utf8)
    let blocks = all.replacing("\r\n", with: "\n").split(separator: "\n\n")
    let early = blocks.filter { $0.contains("\n00:0") }
    let episode = place.media.appending("Charade.mkv")
    try Data(early.joined(separator: "\n\n").utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Charade.en.srt").string))
    let made = try await Command.run(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=12:d=600", "-f",
        "lavfi",
        "-i", "sine=300:d=600", "-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-c:a",
        "aac",
        "-b:a", "32k", episode.string,
      ])
    try #require(made.status == 0, "\(made.errors)")
    let result = try await place.langflix(["process", episode.string])
    #expect(result.status == 0, "\(result.errors)")
    let folder = place.media.appending("Shorts/langflix/Charade")
    #expect(try ManifestView.read(folder).groups.count >= 2)
    try await expectGoodClips(folder)
  }
}
