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
    // A clip that was just moved into `known` is known, not deleted.
    await knownClips.look(unlessDoneWithin: .zero)
    let episode = try await place(episode)
    let clips = try await store.clips(of: episode.id)
    let source = try await sourceTranscript(of: episode)
    let batchProblem = try await batchProblem(of: episode)
    guard !clips.isEmpty else {
      let problem = batchProblem.map { "; \($0)" } ?? ""
      let reason =
        "no expression worth a clip in its \(source.transcript.cues.count) cues\(problem)"
      if isLast { try await publishAnswers(of: episode, path, source) }
      try await store.recordPublished(
        [], of: episode.id, isLast: isLast, reason: reason, now: Self.now)
      logger.notice("no clips for episode", metadata: ["reason": "\(reason)"])
      return
    }
    let target = try await targetTranscript(of: episode, source.transcript)
    let hasPublished = clips.contains(where: \.hasFile)
    if try await isDeletedWhole(clips, of: episode) {
      return try await store.recordPublished(
        [], of: episode.id, isLast: isLast, reason: Self.deleted(episode.id), now: Self.now)
    }
    let base = base(of: layout(of: episode, path), path)
    let (folder, adds, flatStem) = try await disk.run {
      let folder = clipFolder(of: episode, path, hasPublished: hasPublished)
      try folder.prepare(within: base)
      let stem = folder.flatStem(
        fingerprint: episode.fingerprint ?? "", holdsClips: settings.clip.layout == .extras)
      let isReplacing = episode.formerFingerprint.map(folder.isPublished) ?? false
      return (folder, hasPublished && folder.isThere && !isReplacing, stem)
    }
    if let former = episode.folder, former != folder.path {
      // What a killed run was making there is nobody's any more.
      try? await disk.run { folder.discardWork(named: former) }
    }
    do {
      try await store.recordFolder(folder.path, of: episode.id)
      let plan = plan(clips, source, target, in: folder, flatStem: flatStem)
      try await expectRoom(for: plan, of: episode, in: folder)
      let cut = try await cutClips(plan, of: episode, path)
      // Where others are published, one that can't be made is told in its row.
      if !hasPublished, !cut.isEmpty, cut.allSatisfy({ $0.fileName == nil }) {
        if isLast {
          let shelf = try await Shelf(clips, adding: cut, of: plan, in: folder, disk)
          try await publishAnswers(of: episode, path, source, target, plan, shelf, in: folder)
        }
        throw StepFailure(.retry, cut.compactMap(\.failure).first ?? "no clip could be made")
      }
      let posters = try await posters(of: cut, plan, in: folder)
      let shelf = try await Shelf(
        clips, adding: cut, posters: posters, of: plan, in: folder, disk)
      try await write(
        shelf, cut, plan, episode, path, source, target, in: folder, withReel: isLast)
      try await expectUnchanged(episode, path)
      await followFolder(folder)
      try await disk.run {
        if adds { try folder.add(keeping: shelf.touched) } else { try folder.publish() }
      }
      if cut.contains(where: { $0.fileName != nil }) { await noteRoom(for: episode) }
      // Before the row: a kill in between has it done again.
      await galleries.update(folder.gallery)
      if let former = episode.folder, former != folder.path {
        await galleries.update(ClipFolder(at: former).gallery)
      }
      await decks.update(besides: folder, logger: logger)
      try await recordPublished(
        shelf, batchProblem, of: episode, path, in: folder, isLast: isLast)
    } catch {
      try? await disk.run { folder.discard() }
      throw error
    }
  }

  /// Makes the reel and the manifest of an episode's clips anew, after a person has moved or deleted some.
  func refresh(_ episode: EpisodeRecord) async throws {
    guard let path = episode.knownPath, let folder = episode.folder.map(ClipFolder.init(at:)) else {
      return
    }
    let fingerprint = episode.fingerprint ?? ""
    let (isThere, isGone) = try await disk.run {
      (
        folder.isThere && !folder.isAnothers(than: fingerprint),
        FilePresence.of(folder.path) != .unknown
      )
    }
    guard isThere else {
      if isGone { return }
      throw StepFailure(.wait(.seconds(60)), "\(folder.path) can't be reached")
    }
    let clips = try await store.clips(of: episode.id)
    let source = try await sourceTranscript(of: episode)
    let target = try await targetTranscript(of: episode, source.transcript)
    let flatStem = try await disk.run {
      try folder.prepare(within: folder.path.removingLastComponent())
      return folder.flatStem(
        fingerprint: episode.fingerprint ?? "", holdsClips: settings.clip.layout == .extras)
    }
    do {
      let plan = plan(clips, source, target, in: folder, flatStem: flatStem)
      let shelf = try await Shelf(clips, adding: [], of: plan, in: folder, disk)
      try await write(shelf, [], plan, episode, path, source, target, in: folder, withReel: true)
      await followFolder(folder)
      try await disk.run { try folder.add(keeping: shelf.touched) }
      await galleries.update(folder.gallery)
      await decks.update(besides: folder, logger: logger)
      logger.info("reel made anew", metadata: ["folder": "\(folder.path)"])
    } catch {
      try? await disk.run { folder.discard() }
      throw error
    }
  }

  /// The same for an episode that no expression was found in.
  private func publishAnswers(
    of episode: EpisodeRecord, _ path: FilePath, _ source: StoredTranscript
  ) async throws {
    guard try await wasPaidFor(episode) else { return }
    let base = base(of: layout(of: episode, path), path)
    var begun: ClipFolder?
    do {
      let target = try await targetTranscript(of: episode, source.transcript)
      let found = try await disk.run { () -> ClipFolder? in
        let folder = clipFolder(of: episode, path, hasPublished: false)
        guard Self.holdsNoClip(folder) else { return nil }
        try folder.prepare(within: base)
        return folder
      }
      guard let folder = found else { return }
      begun = folder
      try await store.recordFolder(folder.path, of: episode.id)
      let plan = plan([], source, target, in: folder, flatStem: "")
      let shelf = try await Shelf([], adding: [], of: plan, in: folder, disk)
      try await publishAnswers(of: episode, path, source, target, plan, shelf, in: folder)
    } catch {
      if let begun { try? await disk.run { begun.discard() } }
      try tellUnlessItMatters(error)
    }
  }

  /// Puts the manifest of an episode without a clip beside it, where somebody was paid for its answers: a store that
  /// begins anew would have them asked again. Clips that are there already stay, for a person to delete.
  /// - Parameters:
  ///   - shelf: of clips that could not be made; or without any.
  ///   - folder: prepared.
  private func publishAnswers(
    of episode: EpisodeRecord, _ path: FilePath, _ source: StoredTranscript,
    _ target: StoredTranscript?, _ plan: ClipPlan, _ shelf: Shelf, in folder: ClipFolder
  ) async throws {
    do {
      guard try await wasPaidFor(episode), try await disk.run({ Self.holdsNoClip(folder) }) else {
        return
      }
      try await write(shelf, [], plan, episode, path, source, target, in: folder, withReel: false)
      try await expectUnchanged(episode, path)
      await followFolder(folder)
      try await disk.run { try folder.publish() }
      await galleries.update(folder.gallery)
      await decks.update(besides: folder, logger: logger)
    } catch {
      try tellUnlessItMatters(error)
    }
  }

  private func wasPaidFor(_ episode: EpisodeRecord) async throws -> Bool {
    try await store.batchRecords(of: episode.id)
      .contains { $0.answer.map { $0.usage != .zero } ?? false }
  }

  private static func holdsNoClip(_ folder: ClipFolder) -> Bool {
    folder.manifest?.groups.allSatisfy { ["failed", "pending"].contains($0.state) } ?? true
  }

  /// Answers beside their episode are worth less than the end of its work.
  private func tellUnlessItMatters(_ error: any Error) throws {
    let failure = StepFailure(error)
    guard !Task.isCancelled, !failure.isDiskFull, failure.consequence != .vanished else {
      throw error
    }
    logger.warning(
      "answers not written beside their episode", metadata: ["reason": "\(failure.reason)"])
  }

  private func plan(
    _ clips: [ClipRecord], _ source: StoredTranscript, _ target: StoredTranscript?,
    in folder: ClipFolder, flatStem: String
  ) -> ClipPlan {
    ClipPlan(
      groups: clips.filter { $0.state == .pending }.map(\.group), source: source.transcript,
      target: target?.transcript, settings: settings.clip,
      place: ClipPlace(in: folder, isFlat: settings.clip.layout == .extras, flatStem: flatStem))
  }

  /// The second language: subtitles where there are some, else what the answers translated.
  func targetTranscript(
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
    let fingerprint = episode.fingerprint ?? ""
    let order = plan.order(
      source: path, audioLanguage: languages(of: episode).source,
      index: try await keptIndex(of: fingerprint))
    return try await media.cut(
      order, onIndex: { await keep($0, of: fingerprint) },
      onEncoding: { clip, seconds in
        board.post(
          episode.id,
          "cutting: encoding clip \(counter.value + 1) of \(plan.groups.count), \(Int(seconds)) s done",
          fraction: 0.65 + 0.3 * Double(counter.value) / Double(plan.groups.count))
      },
      onClip: { clip in
        let done = counter.increment()
        alarms.moved()
        board.post(
          episode.id, "cutting: clip \(done) of \(plan.groups.count)",
          fraction: 0.65 + 0.3 * Double(done) / Double(plan.groups.count))
        if let reason = clip.failure ?? clip.reason {
          logger.notice(
            clip.failure == nil ? "clip re-encoded" : "clip failed",
            metadata: ["clip": "\(clip.id)", "reason": "\(reason)"])
        }
      })
  }

  /// Subtitle files, the reel, the manifest and the page, into the work folder.
  /// - Parameter withReel: else only where there is one already, which follows the set.
  private func write(
    _ shelf: Shelf, _ clips: [CutClip], _ plan: ClipPlan, _ episode: EpisodeRecord,
    _ path: FilePath, _ source: StoredTranscript, _ target: StoredTranscript?,
    in folder: ClipFolder, withReel: Bool
  ) async throws {
    let hasReel = try await disk.run { withReel || folder.hasReel }
    let reel = hasReel ? try await reel(of: shelf, clips, plan, in: folder, path) : nil
    let manifest = try ManifestCoding.encode(
      try await manifest(episode, path, source, target, plan, shelf, reel))
    let isPageWanted = settings.clip.gallery == .on
    try await disk.run {
      for clip in clips {
        guard let file = clip.fileName else { continue }
        let sidecars = plan.sidecars(of: clip, named: file)
        for sidecar in sidecars.subtitles + sidecars.captions {
          var name = sidecar.path
          _ = name.removePrefix(folder.workFolder)
          try folder.write(sidecar.text, to: name.string)
        }
      }
      try folder.write(manifest, to: Manifest.fileName)
      if isPageWanted, shelf.hasClips, let page = try GalleryPage.episode(manifest: manifest) {
        try folder.write(page, to: GalleryPage.fileName)
      }
    }
  }

  private func recordPublished(
    _ shelf: Shelf, _ batchProblem: String?, of episode: EpisodeRecord, _ path: FilePath,
    in folder: ClipFolder, isLast: Bool
  ) async throws {
    let failures = shelf.failures
    let clipProblem = failures.first.map {
      "\(failures.count) of \(shelf.results.count) clips could not be made: \($0)"
    }
    let problems = [clipProblem, batchProblem].compactMap { $0 }
    let reason = problems.isEmpty ? nil : problems.joined(separator: "; ")
    let notice = notice(of: episode, path, in: folder)
    // Unstructured, for a stop must not come between the clips and their row.
    try await Task { [store] in
      try await store.recordPublished(
        shelf.outcomes, of: episode.id, isLast: isLast, reason: reason, now: Self.now,
        notice: notice)
    }.value
    if isLast { alarms.bell.ring() }
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
