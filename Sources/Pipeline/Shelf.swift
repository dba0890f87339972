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
  /// Those that a person deleted or knows, as they were, in the same way.
  let former: [Int: Manifest.Clip]
  /// What became of the clips that were just cut.
  let outcomes: [ClipOutcome]
  /// Clips that a person moved or deleted, as the manifest called them: it is for the person to decide what becomes of
  /// those files.
  let touched: Set<String>

  /// - Parameter posters: of the clips that were just cut, by the orders' ids, as the manifest calls them.
  init(
    _ clips: [ClipRecord], adding cut: [CutClip], posters: [String: String] = [:],
    of plan: ClipPlan, in folder: ClipFolder, _ disk: BlockingQueue
  ) async throws {
    groups = clips.map(\.group)
    let decoder = JSONDecoder()
    let present = try clips.compactMap { record in
      try record.facts.map {
        (record, try decoder.decode(Manifest.Clip.self, from: Data($0.utf8)))
      }
    }.filter { $0.0.state == .published }
    let files = present.map(\.1.file)
    let (missing, known) = try await disk.run {
      (folder.missing(among: files), Set(ClipFolder.knownFiles(in: folder.path)))
    }
    var results: [Int: Manifest.ClipResult] = [:]
    var touched: Set<String> = []
    var former: [Int: Manifest.Clip] = [:]
    // Of an older manifest, which did not tell what they were.
    for record in clips where record.state == .published && record.facts == nil {
      if record.knownAt != nil { results[record.group.id] = .known }
      if record.goneAt != nil { results[record.group.id] = .hidden }
    }
    for record in clips where record.state == .failed {
      results[record.group.id] = .failed(record.reason ?? "it was not cut")
    }
    for (record, clip) in present {
      let isInKnown = missing.contains(clip.file) && known.contains(ClipPlace.name(of: clip.file))
      if record.knownAt != nil || isInKnown {
        results[record.group.id] = .known
        former[record.group.id] = clip
        touched.insert(clip.file)
      } else if missing.contains(clip.file) {
        results[record.group.id] = .hidden
        former[record.group.id] = clip
        touched.insert(clip.file)
      } else {
        results[record.group.id] = .made(clip)
      }
    }
    // Files that are to be replaced are there until they are.
    let replaced = clips.filter { $0.state == .pending }.reduce(into: [Int: ClipRecord]()) {
      $0[$1.group.id] = $1
    }
    if cut.isEmpty { touched.formUnion(replaced.values.compactMap(\.file)) }
    var outcomes: [ClipOutcome] = []
    for clip in cut {
      guard let id = Int(clip.id) else { continue }
      if let failure = clip.failure, let record = replaced[id], let facts = record.facts,
        let file = record.file, !folder.missing(among: [file]).contains(file)
      {
        results[id] = .made(try decoder.decode(Manifest.Clip.self, from: Data(facts.utf8)))
        outcomes.append(
          ClipOutcome(id: id, file: file, reason: "kept as it was: \(failure)", facts: facts))
        continue
      }
      let result = Self.result(of: clip, poster: posters[clip.id], plan)
      results[id] = result
      var made: Manifest.Clip?
      if case .made(let clip) = result { made = clip }
      outcomes.append(
        ClipOutcome(
          id: id, file: made?.file, reason: clip.failure ?? clip.reason,
          facts: try made.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }))
    }
    self.results = results
    self.former = former
    self.outcomes = outcomes
    self.touched = touched
  }

  /// Why clips could not be made.
  var failures: [String] {
    groups.compactMap {
      guard case .failed(let reason) = results[$0.id] else { return nil }
      return reason
    }
  }

  /// Whether there is a clip, or was one that a person has moved or deleted.
  var hasClips: Bool {
    results.values.contains {
      switch $0 {
      case .made, .hidden, .known: true
      case .failed, .pending: false
      }
    }
  }

  private static func result(
    of clip: CutClip, poster: String?, _ plan: ClipPlan
  ) -> Manifest.ClipResult {
    guard let file = clip.fileName else { return .failed(clip.failure ?? "it was not cut") }
    let sidecars = plan.sidecars(of: clip, named: file)
    let group = plan.groups.first { String($0.id) == clip.id }
    let extracts = zip(group?.expressions ?? [], clip.extracts).map { expression, extract in
      Manifest.Extract(
        dictionaryForm: expression.dictionaryForm,
        file: extract.fileName.map { "extracts/\($0)" }, failure: extract.failure,
        startS: Manifest.seconds(extract.start), durationS: Manifest.seconds(extract.duration))
    }
    return .made(
      Manifest.Clip(
        file: plan.place.reference(to: file), container: clip.container,
        durationS: Manifest.seconds(clip.duration), sizeBytes: clip.sizeBytes,
        sourceStartS: Manifest.seconds(clip.sourceStart), leadInS: Manifest.seconds(clip.leadIn),
        method: clip.method.rawValue, methodReason: clip.reason, soundReason: clip.soundReason,
        subtitles: sidecars.subtitles.map(\.file), captions: sidecars.captions.map(\.file),
        extracts: extracts.isEmpty ? nil : extracts, poster: poster))
  }
}
