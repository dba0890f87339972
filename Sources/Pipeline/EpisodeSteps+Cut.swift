import Expressions
import Logging
import Media
import Publishing
import Settings
import Store
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// Cuts an episode's clips into a hidden folder and publishes them in one step.
  func cut(_ episode: EpisodeRecord, _ path: FilePath) async throws {
    let groups = try await store.groups(of: episode.id)
    let source = try await sourceTranscript(of: episode)
    guard !groups.isEmpty else {
      let problem = try await batchProblem(of: episode).map { "; \($0)" } ?? ""
      let reason =
        "no expression worth a clip in its \(source.transcript.cues.count) cues\(problem)"
      try await store.recordPublished([], of: episode.id, reason: reason, now: Self.now)
      logger.notice("no clips for episode", metadata: ["reason": "\(reason)"])
      return
    }
    let target = try await targetTranscript(of: episode, source.transcript)
    let fingerprint = episode.fingerprint ?? ""
    let folder = try await disk.run {
      let folder = ClipFolder(forEpisode: path, fingerprint: fingerprint)
      try folder.prepare()
      return folder
    }
    do {
      try await store.recordFolder(folder.path, of: episode.id)
      let plan = ClipPlan(
        groups: groups, source: source.transcript, target: target?.transcript,
        settings: settings.clip, folder: folder.workFolder)
      let clips = try await cutClips(plan, of: episode, path)
      let manifest = try await manifest(episode, path, source, target, plan, clips)
      try await expectUnchanged(episode, path)
      try await publish(clips, manifest, in: folder)
      try await recordPublished(clips, of: episode, in: folder)
    } catch {
      try? await disk.run { folder.discard() }
      throw error
    }
  }

  /// The second language: subtitles where there are some, else what the answers translated.
  private func targetTranscript(
    of episode: EpisodeRecord, _ source: Transcript
  ) async throws -> StoredTranscript? {
    if let stored = try await store.transcript(of: episode.id, role: "target") { return stored }
    guard let language = languages(of: episode).target, language != source.language else {
      return nil
    }
    let translations = try await store.translations(of: episode.id)
    let cues = source.cues.compactMap { cue in
      translations[cue.number].map {
        Cue(number: cue.number, start: cue.start, end: cue.end, text: $0, speaker: cue.speaker)
      }
    }
    guard !cues.isEmpty else { return nil }
    return StoredTranscript(
      transcript: Transcript(language: language, cues: cues),
      origin: "translated by the extractor, only where expressions were found")
  }

  private func cutClips(
    _ plan: ClipPlan, of episode: EpisodeRecord, _ path: FilePath
  ) async throws -> [CutClip] {
    let counter = Counter()
    let clips = try await media.cut(
      plan.order(source: path, audioLanguage: languages(of: episode).source)
    ) { clip in
      let done = counter.increment()
      board.post(
        episode.id, "cutting: clip \(done) of \(plan.groups.count)",
        fraction: 0.65 + 0.3 * Double(done) / Double(plan.groups.count))
      if let reason = clip.failure ?? clip.reason {
        logger.notice(
          clip.failure == nil ? "clip re-encoded" : "clip failed",
          metadata: ["clip": "\(clip.id)", "reason": "\(reason)"])
      }
    }
    guard clips.contains(where: { $0.fileName != nil }) else {
      throw StepFailure(.retry, clips.compactMap(\.failure).first ?? "no clip could be made")
    }
    return clips
  }

  /// Sidecar subtitles, the manifest, and then all of it under its final name.
  private func publish(
    _ clips: [CutClip], _ manifest: Manifest, in folder: ClipFolder
  ) async throws {
    try await disk.run {
      for clip in clips {
        guard let file = clip.fileName else { continue }
        for track in clip.subtitles {
          try folder.write(
            SubtitleWriter.subRip(track.cues),
            to: ClipPlan.sidecarName(clip: file, language: track.language))
        }
      }
      try folder.write(try ManifestCoding.encode(manifest), to: Manifest.fileName)
      try folder.publish()
    }
  }

  private func recordPublished(
    _ clips: [CutClip], of episode: EpisodeRecord, in folder: ClipFolder
  ) async throws {
    let outcomes = clips.compactMap { clip in
      Int(clip.id).map {
        ClipOutcome(number: $0, file: clip.fileName, reason: clip.failure ?? clip.reason)
      }
    }
    let failures = clips.compactMap(\.failure)
    let clipProblem = failures.first.map {
      "\(failures.count) of \(clips.count) clips could not be made: \($0)"
    }
    let problems = [clipProblem, try await batchProblem(of: episode)].compactMap { $0 }
    let reason = problems.isEmpty ? nil : problems.joined(separator: "; ")
    // Unstructured, for a stop must not come between the clips and their row.
    try await Task { [store] in
      try await store.recordPublished(outcomes, of: episode.id, reason: reason, now: Self.now)
    }.value
    logger.notice(
      "clips published",
      metadata: ["clips": "\(clips.count - failures.count)", "folder": "\(folder.path)"])
  }

  /// What of the dialogue has no answer, and why, in words.
  private func batchProblem(of episode: EpisodeRecord) async throws -> String? {
    let problems = try await store.batchProblems(of: episode.id)
    guard let first = problems.first else { return nil }
    let cues = problems.map { "\($0.firstCue)–\($0.lastCue)" }.joined(separator: ", ")
    return """
      \(problems.count) of its batches failed (cues \(cues)): \(first.reason); again: langflix retry \
      --episode \(episode.id)
      """
  }
}
