// Compiled together with the sources of the room Subtitles by Scripts/fuzz.sh, and linked with libFuzzer.
import Glibc

/// What is fed with the fuzzer's bytes.
enum FuzzTarget: String, CaseIterable {
  case subrip, webvtt, ass, sami, microdvd, parser, charset, language, embedded, names

  /// The one that the environment names.
  static let chosen: FuzzTarget = {
    let name = getenv("LANGFLIX_FUZZ_TARGET").map { String(cString: $0) } ?? "parser"
    guard let target = FuzzTarget(rawValue: name) else {
      fatalError("there is no target \(name); one of: \(allCases.map(\.rawValue))")
    }
    return target
  }()

  func run(_ bytes: [UInt8]) {
    switch self {
    case .subrip: expectGood(SubRipReader.entries(in: Self.text(bytes)), .html)
    case .webvtt: expectGood(WebVTTReader.entries(in: Self.text(bytes)), .html)
    case .ass: expectGood(ASSReader.entries(in: Self.text(bytes), styles: .init()), .ass)
    case .sami:
      for language in SAMIReader.languages(in: Self.text(bytes)) {
        expectGood(language.entries, .html)
      }
    case .microdvd:
      if let entries = try? MicroDVDReader.entries(in: Self.text(bytes)) {
        expectGood(entries, .html)
      }
    case .parser: parse(bytes)
    case .charset: decode(bytes)
    case .language:
      let text = String(decoding: bytes, as: UTF8.self)
      let cues = [Cue(number: 1, start: .zero, end: .seconds(1), text: text)]
      if let guess = LanguageGuess.of(cues) {
        expect((0...100).contains(guess.confidence))
        expect((0...100).contains(guess.familyConfidence))
      }
      _ = DialogueLanguage.objection(to: "en", cues)
    case .embedded: readPackets(bytes)
    case .names:
      let name = String(decoding: bytes, as: UTF8.self)
      _ = SidecarName(fileName: name, episodeStem: "Show.S01E01")
      _ = SidecarName(fileName: "Show.S01E01" + name + ".srt", episodeStem: "Show.S01E01")
      _ = SidecarName(fileName: name + ".srt", besideOnlyEpisode: "Show.S01E01")
      _ = SidecarName(
        fileNameInSubsFolder: name + ".srt", episodeStem: "Show.S01E01", onlyEpisode: true)
    }
  }

  /// Readers are given valid UTF-8.
  private static func text(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).utf8)
  }

  private func parse(_ bytes: [UInt8]) {
    let endings = ["srt", "vtt", "ass", "smi", "sub"]
    let options = SubtitleOptions(
      fileExtension: endings[Int(bytes.first ?? 0) % endings.count],
      language: bytes.count % 2 == 0 ? "ko" : nil)
    guard let parsed = try? SubtitleParser.parse(bytes, options) else { return }
    expect(!parsed.tracks.isEmpty)
    for track in parsed.tracks { expectGood(track.cues) }
  }

  private func decode(_ bytes: [UInt8]) {
    let charsets = CharsetTable.languages
    let forced = charsets[Int(bytes.first ?? 0) % charsets.count].charset
    for charset in [nil, forced] {
      guard let decoded = try? DecodedText(bytes, language: "pl", forced: charset) else { continue }
      expect(String(validating: decoded.bytes, as: UTF8.self) != nil)
      expect((0...100).contains(decoded.charset.confidence))
    }
  }

  private func readPackets(_ bytes: [UInt8]) {
    let codecs = ["subrip", "ass", "mov_text", "webvtt"]
    let payloads = bytes.split(separator: 0xFF, maxSplits: 20, omittingEmptySubsequences: false)
    let packets = payloads.enumerated().map { index, payload in
      let time = Int64(payload.first ?? 0) << (payload.count % 55)
      return SubtitlePacket(
        start: MediaTime(microseconds: index % 3 == 0 ? -time : time),
        duration: MediaTime(microseconds: Int64(payload.count) << (payload.count % 40)),
        payload: Array(payload))
    }
    expectGood(
      EmbeddedSubtitles.read(
        codec: codecs[bytes.count % codecs.count], packets: packets
      ).cues)
  }

  // MARK: - What has to hold

  /// A precondition that tells in optimised code too what failed.
  private func expect(_ holds: Bool, _ what: String = "a result in its range") {
    guard !holds else { return }
    let text = "ERROR: expected: \(what)\n"
    _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    abort()
  }

  private func expectGood(_ found: TimedEntries, _ markup: Markup.Dialect) {
    var leftOut = LeftOut()
    expectGood(CueCleaner.cues(of: found, markup: markup, &leftOut))
  }

  private func expectGood(_ cues: [Cue]) {
    for (index, cue) in cues.enumerated() {
      expect(cue.number == index + 1, "numbered from 1")
      expect(cue.start >= .zero && cue.end > cue.start, "shown for a time")
      expect(cue.text.unicodeScalars.contains { !$0.isBlank }, "says something")
      let isPlain = cue.text.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control
      }
      expect(isPlain, "without control characters")
    }
    guard !cues.isEmpty, cues.count < 500 else { return }
    // Whatever was read can be written, as entries that players take.
    let joined = MarkedCue.joiningSpeakers(cues.map { MarkedCue($0) })
    for text in [SubtitleWriter.subRip(cues), SubtitleWriter.webVTT(cues)] {
      let isVTT = text.hasPrefix("WEBVTT")
      let bytes = Array(text.utf8)
      let entries = isVTT ? WebVTTReader.entries(in: bytes) : SubRipReader.entries(in: bytes)
      let longest = joined.map(\.cue.text.utf8.count).max() ?? 0
      let shown = joined.filter { $0.cue.end.milliseconds > $0.cue.start.milliseconds }
      // A number alone in a line may be taken for the index of an entry whose time is lost.
      let hasNumbers = joined.contains { entry in
        entry.cue.text.split(separator: "\n").contains { $0.allSatisfy(\.isNumber) }
      }
      if longest < TimedEntry.textLimit / 8, isVTT || !hasNumbers {
        let lost = zip(shown, entries.entries).first {
          $0.cue.start.milliseconds != $1.start.milliseconds
        }
        expect(
          entries.entries.count == shown.count,
          "as many entries as were written (\(shown.count)), not \(entries.entries.count); at "
            + "\((lost?.0 ?? shown.last)?.cue.text.debugDescription ?? "")")
      }
    }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
