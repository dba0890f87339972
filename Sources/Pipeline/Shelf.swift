import Expressions
import Foundation
import Media
import Publishing
import Store
import Subtitles

/// An episode's clips as they will lie beside it: those that are there, and those that were just cut.
struct Shelf: Sendable {
  /// Every clip that there is, in the order of time.
  let groups: [Group]
  /// By the groups' `id`.
  let results: [Int: Manifest.ClipResult]
  /// What became of the clips that were just cut.
  let outcomes: [ClipOutcome]
  /// Subtitles of clips that a person deleted.
  let leftovers: [String]

  init(
    _ clips: [ClipRecord], adding cut: [CutClip], in folder: ClipFolder, _ disk: BlockingQueue
  ) async throws {
    groups = clips.map(\.group)
    let decoder = JSONDecoder()
    let present = try clips.compactMap { record in
      try record.facts.map {
        (record, try decoder.decode(Manifest.Clip.self, from: Data($0.utf8)))
      }
    }.filter { $0.0.state == .published }
    let files = present.map(\.1.file)
    let missing = try await disk.run { folder.missing(among: files) }
    var results: [Int: Manifest.ClipResult] = [:]
    var leftovers: [String] = []
    for record in clips where record.state == .failed {
      results[record.group.id] = .failed(record.reason ?? "it was not cut")
    }
    for (record, clip) in present {
      if record.knownAt != nil {
        results[record.group.id] = .known
      } else if missing.contains(clip.file) {
        results[record.group.id] = .hidden
        leftovers += clip.texts
      } else {
        results[record.group.id] = .made(clip)
      }
    }
    var outcomes: [ClipOutcome] = []
    for clip in cut {
      guard let id = Int(clip.id) else { continue }
      let result = Manifest.ClipResult(clip)
      results[id] = result
      var facts: String?
      if case .made(let made) = result {
        facts = String(decoding: try JSONEncoder().encode(made), as: UTF8.self)
      }
      outcomes.append(
        ClipOutcome(
          id: id, file: clip.fileName, reason: clip.failure ?? clip.reason, facts: facts))
    }
    self.results = results
    self.outcomes = outcomes
    self.leftovers = leftovers
  }

  /// Why clips could not be made.
  var failures: [String] {
    groups.compactMap {
      guard case .failed(let reason) = results[$0.id] else { return nil }
      return reason
    }
  }
}

extension Manifest.ClipResult {
  fileprivate init(_ clip: CutClip) {
    guard let file = clip.fileName else {
      self = .failed(clip.failure ?? "it was not cut")
      return
    }
    let sidecars = ClipPlan.sidecars(of: clip, named: file)
    self = .made(
      Manifest.Clip(
        file: file, container: clip.container, durationS: Manifest.seconds(clip.duration),
        sizeBytes: clip.sizeBytes, sourceStartS: Manifest.seconds(clip.sourceStart),
        leadInS: Manifest.seconds(clip.leadIn), method: clip.method.rawValue,
        methodReason: clip.reason,
        subtitles: sidecars.subtitles.map(\.file), captions: sidecars.captions.map(\.file)))
  }
}
