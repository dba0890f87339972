import Expressions
import Foundation
import Library
import Logging
import Media
import Settings
import Store
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// Reads the cues, in both languages where there are two, and divides them into batches.
  func transcribe(_ episode: EpisodeRecord, _ path: FilePath) async throws {
    board.post(episode.id, "reading subtitles", fraction: 0.05)
    let languages = languages(of: episode)
    let before = try await sidecars(of: episode)
    try expectSettled(before, of: episode)
    let sources = try subtitleSources(of: episode, before)
    var problems: [String] = []
    let length = try probeResult(of: episode).duration
    let source = try await firstReadable(
      SubtitleSource.candidates(sources, language: languages.source, allowsUnlabelled: true),
      language: languages.source, length: length, path, &problems)
    guard let source else {
      let reason = Self.missingReason(languages.source, sources, problems)
      try await store.record(.subtitlesMissing, of: episode.id, reason: reason, now: Self.now)
      // What came to lie there while this step looked was told to the store before the episode waited for it.
      if try await sidecars(of: episode) != before {
        try await store.record(.subtitlesArrived, of: episode.id, now: Self.now)
        return
      }
      logger.notice("episode needs subtitles", metadata: ["reason": "\(reason)"])
      return
    }
    guard !pool.lanes(for: languages.source).isEmpty else {
      let reason = """
        no extractor knows the language '\(languages.source)' (the lexicon knows English only): if the dialogue is \
        in English, set languages.source to en; else set extraction.provider, then: langflix retry
        """
      try await store.record(.providerMissing, of: episode.id, reason: reason, now: Self.now)
      logger.notice("episode needs a provider", metadata: ["reason": "\(reason)"])
      return
    }
    var target: StoredTranscript?
    if let language = languages.target, language != languages.source {
      target = try await firstReadable(
        SubtitleSource.candidates(sources, language: language, allowsUnlabelled: false),
        language: language, length: nil, path, &problems)
      target = target.flatMap { Self.aligned($0, to: source, &problems) }
    }
    for problem in problems {
      logger.warning("subtitles left out", metadata: ["reason": "\(problem)"])
    }
    try await record(source, target, of: episode)
  }

  /// The second transcript with the times of the first; nil where it does not belong to it.
  private static func aligned(
    _ target: StoredTranscript, to source: StoredTranscript, _ problems: inout [String]
  ) -> StoredTranscript? {
    switch TranscriptAlignment.estimate(of: target.transcript, to: source.transcript) {
    case .aligned(let alignment) where alignment.isIdentity:
      return target
    case .aligned(let alignment):
      return StoredTranscript(
        transcript: alignment.applied(to: target.transcript),
        origin: "\(target.origin), \(alignment)")
    case .refused(let reason):
      problems.append("\(target.origin): \(reason)")
      return nil
    }
  }

  private func record(
    _ source: StoredTranscript, _ target: StoredTranscript?, of episode: EpisodeRecord
  ) async throws {
    let batches = try batches(
      of: source.transcript, for: request(for: episode, hasTarget: target != nil))
    try await store.recordTranscripts(
      of: episode.id, source: source, target: target, batches: batches, now: Self.now)
    logger.info(
      "subtitles read",
      metadata: [
        "cues": "\(source.transcript.cues.count)", "from": "\(source.origin)",
        "batches": "\(batches.count)", "target": "\(target?.origin ?? "none")",
      ])
  }

  /// A subtitle file and the place of the episode that it lies beside.
  private struct Sidecar: Sendable, Equatable {
    var file: ObservedFile
    var episode: FilePath
  }

  /// The subtitle files that may belong to the episode, as they are right now, beside each of its places.
  private func sidecars(of episode: EpisodeRecord) async throws -> [Sidecar] {
    let places = try await store.locations(of: episode.id)
    return try await disk.run {
      try places.flatMap { place in
        try EpisodeFiles.sidecars(of: place).compactMap(EpisodeFiles.observe).map {
          Sidecar(file: $0, episode: place)
        }
      }
    }
  }

  /// Half a subtitle file must not pass for the whole dialogue. A person who asks knows what lies there.
  private func expectSettled(_ sidecars: [Sidecar], of episode: EpisodeRecord) throws {
    guard episode.origin != .request else { return }
    let settle = settings.watch.settle
    let youngest = sidecars.map { Self.now - Double($0.file.modified) / 1e9 }.filter { $0 >= 0 }
      .min()
    guard let youngest, youngest < settle.seconds else { return }
    throw StepFailure(.wait(settle), "its subtitles are still being written")
  }

  /// Everything beside the file and inside it that may be read as subtitles.
  private func subtitleSources(
    of episode: EpisodeRecord, _ sidecars: [Sidecar]
  ) throws -> [SubtitleSource] {
    let files: [SubtitleSource] = sidecars.compactMap { sidecar in
      Self.sidecarName(of: sidecar.file.path, episode: sidecar.episode).map {
        .sidecar(sidecar.file.path, $0)
      }
    }
    let tracks = try probeResult(of: episode).streams
      .filter { $0.kind == .subtitle && EmbeddedSubtitles.readableCodecs.contains($0.codec) }
      .map(SubtitleSource.track)
    return files + tracks
  }

  private static func sidecarName(
    of file: FilePath, episode: FilePath
  ) -> SidecarName? {
    let stem = episode.stem ?? ""
    let name = file.lastComponent?.string ?? ""
    let folder = episode.removingLastComponent()
    let parent = file.removingLastComponent()
    if parent == folder { return SidecarName(fileName: name, episodeStem: stem) }
    // Subs/2_English.srt, or Subs/<episode>/2_English.srt.
    let isInOwnFolder = parent.removingLastComponent() != folder
    let inner = isInOwnFolder ? "\(parent.lastComponent?.string ?? "")/\(name)" : name
    return SidecarName(
      fileNameInSubsFolder: inner, episodeStem: stem,
      onlyEpisode: EpisodeFiles.otherEpisodes(in: folder, than: episode) == 0)
  }

  /// The first source that can be read; why the others before it could not is added to `problems`.
  /// - Parameter length: of the film; nil where the times are still to be brought into line with it.
  private func firstReadable(
    _ sources: [SubtitleSource], language: String, length: MediaTime?, _ path: FilePath,
    _ problems: inout [String]
  ) async throws -> StoredTranscript? {
    for source in sources {
      do {
        let (cues, detail) = try await read(source, of: path)
        let whole = Transcript(language: language, cues: cues)
        let (transcript, leftOut) = length.map { whole.within($0) } ?? (whole, 0)
        guard !transcript.cues.isEmpty else {
          problems.append(
            leftOut == 0
              ? "\(source.description) holds no dialogue"
              : "all of \(source.description) lies beyond the end of the video: is it of another film?"
          )
          continue
        }
        if source.language == nil,
          let objection = DialogueLanguage.objection(to: language, transcript.cues)
        {
          problems.append(
            """
            \(source.description) names no language, and \(objection): if it is not '\(language)', name its \
            language, as in <episode>.ko.srt
            """)
          continue
        }
        return StoredTranscript(
          transcript: transcript,
          origin: "\(source.description), \(detail)"
            + (leftOut > 0 ? ", without \(leftOut) lines beyond the end of the video" : ""))
      } catch let error as SubtitleError {
        problems.append("\(source.description): \(error.message)")
      } catch let error as Errno {
        problems.append(
          "\(source.description) can't be read (\(error)): check its permissions, then: langflix retry"
        )
      }
    }
    return nil
  }

  private func read(
    _ source: SubtitleSource, of path: FilePath
  ) async throws -> (cues: [Cue], detail: String) {
    switch source {
    case .sidecar(let file, let name):
      let parsed = try await disk.run {
        try SubtitleParser.parse(
          try SmallFile.read(file, limit: SubtitleParser.byteLimit),
          fileExtension: name.fileExtension)
      }
      return (parsed.cues, "\(parsed.format.rawValue), \(parsed.charset)")
    case .track(let stream):
      let track = try await media.subtitleTrack(of: path, stream: stream.index)
      return (
        EmbeddedSubtitles.cues(
          codec: track.codec, header: track.header, packets: track.packets),
        "inside the file"
      )
    }
  }

  private static func missingReason(
    _ language: String, _ sources: [SubtitleSource], _ problems: [String]
  ) -> String {
    let wanted =
      "put subtitles beside the episode, named like it, such as <episode>.\(language).srt"
    if !problems.isEmpty { return problems.joined(separator: "; ") + "; \(wanted)" }
    let others = Set(sources.compactMap(\.language)).subtracting([language]).sorted()
    if !others.isEmpty {
      return "it has subtitles in \(others.joined(separator: ", ")), none in \(language): \(wanted)"
    }
    return "no \(language) subtitles beside it or inside it: \(wanted)"
  }
}
