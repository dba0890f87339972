import Expressions
import Media
import Notices
import Publishing
import Settings
import Store
import Subtitles
import SystemPackage

// A library's own limits for its clips.
extension EpisodeSteps {
  /// - Throws: `StepFailure` where the library's limits leave no room for clips that are about to be cut.
  func expectRoom(
    for plan: ClipPlan, of episode: EpisodeRecord, in folder: ClipFolder
  ) async throws {
    guard !plan.groups.isEmpty else { return }
    let probe = try probeResult(of: episode)
    let bytes = plan.expectedBytes(
      ofBytes: probe.sizeBytes, seconds: probe.duration.seconds)
    guard
      let reason = try await shortage(of: bytes, inLibrary: episode.library, at: folder.path)
    else { return }
    throw StepFailure(noRoom: reason, neededBytes: bytes)
  }

  /// Some of its clips were published. That there is room is shown by the episode that found none: a smaller one finds
  /// room where that does not.
  func noteRoom(for episode: EpisodeRecord) async {
    let library = episode.library
    do {
      if let full = gate.full[library] {
        if full.episode != episode.id, try await isWaiting(full.episode) { return }
        gate.endFull(full, library: library)
      } else if try await store.waitsForRoom(
        inLibrary: library, besides: episode.id, kind: TroubleNews.Kind.fullDisk.rawValue)
      {
        // It was full before a restart, and nobody remembers whom it stopped.
        return
      }
    } catch {
      // The next episode tells.
      return
    }
    alarms.clear(.init(kind: .fullDisk, subject: library))
  }

  /// Whether an episode still has clips to come.
  func isWaiting(_ id: Int64) async throws -> Bool {
    guard let record = try await store.overview(of: id)?.record else { return false }
    return record.state.isWorking && !record.isGone
  }

  /// Why a library's limits leave no room for so many bytes; nil where they do. The words are the same as long as the
  /// limits are.
  func shortage(
    of bytes: Int64, inLibrary name: String, at folder: FilePath
  ) async throws -> String? {
    guard let library = settings.libraries.first(where: { $0.name == name }) else { return nil }
    if library.clipQuota > 0 {
      // The reel is all clips once more.
      let copies: Int64 = settings.clip.reel == .on ? 2 : 1
      let used = try await store.clipBytes(inLibrary: name)
      if used * copies + bytes > library.clipQuota {
        return """
          the clips of library \(name) would take more than its quota of \(library.clipQuota >> 20) MiB: delete clips \
          or raise libraries.\(name).clip_quota_mib; it goes on by itself
          """
      }
    }
    guard library.minFree > 0,
      let free = try await disk.run({ DiskSpace.free(at: folder) }),
      free - bytes < library.minFree
    else { return nil }
    return """
      the disk of library \(name) would have less than \(library.minFree >> 20) MiB free: make room or lower \
      libraries.\(name).min_free_mib; it goes on by itself
      """
  }
}

extension ClipPlan {
  /// About what its clips will take, the reel included.
  /// - Parameters:
  ///   - bytes: of the episode.
  ///   - seconds: of the episode.
  func expectedBytes(ofBytes bytes: Int64, seconds: Double) -> Int64 {
    guard seconds > 0 else { return 0 }
    // A keyframe is half its distance away on average, and that is mostly below the longest lead-in.
    let around = settings.pad.seconds * 2 + settings.leadInMaximum.seconds / 2
    let length = groups.reduce(0) { $0 + ($1.end.seconds - $1.start.seconds) + around }
    let copies = settings.reel == .on ? 2.0 : 1.0
    return Int64(Double(bytes) / seconds * min(length, seconds) * copies)
  }
}
