import Expressions
import Foundation
import Logging
import Media
import Publishing
import Settings
import Store
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// Cuts the clips that are left to cut, and publishes them.
  func cut(_ episode: EpisodeRecord, _ path: FilePath) async throws {
    try await publishPending(episode, path, isLast: true)
  }

  /// Cuts an episode's pending clips into a hidden folder and publishes them: the first ones in one step, later ones
  /// beside those that are there.
  /// - Parameter isLast: whether nothing more is out, which moves the episode on.
  func publishPending(
    _ episode: EpisodeRecord, _ path: FilePath, isLast: Bool
  ) async throws {
    let clips = try await store.clips(of: episode.id)
    let source = try await sourceTranscript(of: episode)
    guard !clips.isEmpty else {
      let problem = try await batchProblem(of: episode).map { "; \($0)" } ?? ""
      let reason =
        "no expression worth a clip in its \(source.transcript.cues.count) cues\(problem)"
      try await store.recordPublished(
        [], of: episode.id, isLast: isLast, reason: reason, now: Self.now)
      logger.notice("no clips for episode", metadata: ["reason": "\(reason)"])
      return
    }
    let target = try await targetTranscript(of: episode, source.transcript)
    let fingerprint = episode.fingerprint ?? ""
    let hasPublished = clips.contains { $0.state == .published }
    let (folder, isThere) = try await disk.run {
      // Clips of one episode stay together, whatever it is called by now.
      let former = episode.folder.map(ClipFolder.init(at:))
      let isFormer = hasPublished && former?.isPublished(fingerprint: fingerprint) == true
      let chosen =
        (isFormer ? former : nil) ?? ClipFolder(forEpisode: path, fingerprint: fingerprint)
      try chosen.prepare()
      return (chosen, chosen.isPublished(fingerprint: fingerprint))
    }
    do {
      try await store.recordFolder(folder.path, of: episode.id)
      let plan = ClipPlan(
        groups: clips.filter { $0.state == .pending }.map(\.group), source: source.transcript,
        target: target?.transcript, settings: settings.clip, folder: folder.workFolder)
      let cut = try await cutClips(plan, of: episode, path)
      let shelf = try await Shelf(clips, adding: cut, in: folder, disk)
      let manifest = try await manifest(episode, path, source, target, plan, shelf)
      try await expectUnchanged(episode, path)
      try await write(cut, manifest, in: folder)
      let adds = isThere && hasPublished
      try await disk.run {
        if adds { try folder.add(removing: shelf.leftovers) } else { try folder.publish() }
      }
      try await recordPublished(shelf, of: episode, in: folder, isLast: isLast)
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
    guard !plan.groups.isEmpty else { return [] }
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

  /// Subtitle files and the manifest, into the work folder.
  private func write(
    _ clips: [CutClip], _ manifest: Manifest, in folder: ClipFolder
  ) async throws {
    try await disk.run {
      for clip in clips {
        guard let file = clip.fileName else { continue }
        let sidecars = ClipPlan.sidecars(of: clip, named: file)
        for sidecar in sidecars.subtitles + sidecars.captions {
          try folder.write(sidecar.text, to: sidecar.file.file)
        }
      }
      try folder.write(try ManifestCoding.encode(manifest), to: Manifest.fileName)
    }
  }

  private func recordPublished(
    _ shelf: Shelf, of episode: EpisodeRecord, in folder: ClipFolder, isLast: Bool
  ) async throws {
    let failures = shelf.failures
    let clipProblem = failures.first.map {
      "\(failures.count) of \(shelf.results.count) clips could not be made: \($0)"
    }
    let problems = [clipProblem, try await batchProblem(of: episode)].compactMap { $0 }
    let reason = problems.isEmpty ? nil : problems.joined(separator: "; ")
    // Unstructured, for a stop must not come between the clips and their row.
    try await Task { [store] in
      try await store.recordPublished(
        shelf.outcomes, of: episode.id, isLast: isLast, reason: reason, now: Self.now)
    }.value
    logger.notice(
      isLast ? "clips published" : "first clips published",
      metadata: [
        "clips": "\(shelf.outcomes.count { $0.file != nil })", "folder": "\(folder.path)",
      ])
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
