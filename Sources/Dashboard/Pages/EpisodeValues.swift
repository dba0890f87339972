/// What templates are told of episodes, clips and expressions, in one language.
struct EpisodeValues: Sendable {
  let language: Language

  init(_ language: Language) { self.language = language }

  func entry(_ entry: EpisodeEntry) -> [String: Any] {
    let canRetry =
      ["failed", "needs_subtitles", "needs_provider"].contains(entry.state)
      || entry.nextAttemptAt != nil || entry.state == "done" && entry.batchesFailed > 0
    var values: [String: Any] = [
      "id": entry.id, "name": entry.name, "library": entry.library,
      "state": Shown.state(entry.state, language), "tone": Shown.tone(entry.state),
      "canRetry": canRetry, "updated": Shown.time(entry.updatedAt),
      "clips": Words.count(.clips, entry.clips, language), "hasClips": entry.clips > 0,
      "origin": entry.origin, "isBacklog": entry.origin == "backlog",
    ]
    if let reason = entry.reason { values["reason"] = reason }
    // Elsewhere it says no more than the state and the counts do.
    if entry.state == "cutting", let doing = entry.doing, !doing.isEmpty {
      values["doing"] = doing
    }
    if let fraction = entry.fraction { values["percent"] = Shown.percent(fraction) }
    if entry.batches > 0, entry.state == "extracting" {
      values["batches"] = Words.count(
        .batchesDone, entry.batches, language, ["done": "\(entry.batchesDone)"])
    }
    if entry.batchesFailed > 0 {
      values["failedBatches"] = Words.count(
        .batchesFailed, entry.batches, language, ["failed": "\(entry.batchesFailed)"])
    }
    if entry.clipsFailed > 0 {
      values["failedClips"] = Words.count(.clipsFailed, entry.clipsFailed, language)
    }
    if let next = entry.nextAttemptAt { values["next"] = Shown.time(next) }
    return values
  }

  func clip(_ clip: ClipEntry, episode: Int64, folder: String?) -> [String: Any] {
    var values: [String: Any] = [
      "number": clip.number, "state": Shown.state(clip.state, language),
      "tone": Shown.tone(clip.state), "isPublished": clip.state == "published",
      "expressions": clip.expressions.map(expression),
    ]
    if let folder, let file = clip.file {
      values["url"] = MediaPath.url(of: file, episode: episode, folder: folder)
    }
    if let folder, let captions = clip.captions {
      values["captionsURL"] = MediaPath.url(of: captions, episode: episode, folder: folder)
    }
    if let reason = clip.reason { values["reason"] = reason }
    if let seconds = clip.durationSeconds { values["duration"] = Shown.seconds(seconds) }
    return values
  }

  func expression(_ expression: ExpressionEntry) -> [String: Any] {
    var values: [String: Any] = [
      "phrase": expression.phrase, "form": expression.dictionaryForm,
      "meaning": expression.meaning, "isInflected": expression.phrase != expression.dictionaryForm,
    ]
    if let translation = expression.translation { values["translation"] = translation }
    if let level = expression.level { values["level"] = level }
    if let register = expression.register {
      values["register"] = Shown.register(register, language)
    }
    return values
  }

  func incident(_ entry: HistoryEntry) -> [String: Any] {
    [
      "at": Shown.time(entry.at), "episode": entry.episode, "name": entry.episodeName,
      "step": Shown.state(entry.step, language), "reason": entry.reason,
    ]
  }
}
