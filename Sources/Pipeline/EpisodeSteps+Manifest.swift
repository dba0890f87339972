import Expressions
import Foundation
import Media
import Publishing
import Settings
import Store
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// The manifest of an episode's clips.
  func manifest(
    _ episode: EpisodeRecord, _ path: FilePath, _ source: StoredTranscript,
    _ target: StoredTranscript?, _ plan: ClipPlan, _ clips: [CutClip]
  ) async throws -> Manifest {
    let probe = try probeResult(of: episode)
    let results = clips.compactMap { clip in Int(clip.id).map { ($0, Self.result(of: clip)) } }
    return Manifest(
      extractor: try await extractor(of: episode),
      generator: .init(name: "langflix", version: ProgramVersion.current),
      madeAt: Date.now.formatted(.iso8601),
      episode: .init(
        name: path.stem ?? "", file: path.lastComponent?.string ?? "",
        fingerprint: probe.fingerprint, sizeBytes: probe.sizeBytes,
        durationS: Manifest.seconds(probe.duration),
        subtitles: [source, target].compactMap { $0 }.map {
          .init(language: $0.transcript.language, origin: $0.origin)
        }),
      languages: .init(
        source: source.transcript.language, target: languages(of: episode).target),
      groups: plan.groups, transcript: plan.source, translations: plan.translations,
      clips: Dictionary(results) { first, _ in first },
      dropped: try await store.droppedCandidates(of: episode.id),
      failedBatches: try await store.batchCounts(of: episode.id).failed)
  }

  /// Who answered; several where a provider of the list stood in for another.
  private func extractor(of episode: EpisodeRecord) async throws -> Manifest.Generator {
    let extractors = try await store.extractors(of: episode.id).map {
      $0.split(separator: " ", maxSplits: 1)
    }
    return .init(
      name: extractors.compactMap(\.first).joined(separator: ", "),
      version: extractors.compactMap { $0.dropFirst().first }.joined(separator: ", "))
  }

  private static func result(of clip: CutClip) -> Manifest.ClipResult {
    guard let file = clip.fileName else { return .failed(clip.failure ?? "it was not cut") }
    return .made(
      Manifest.Clip(
        file: file, container: clip.container, durationS: Manifest.seconds(clip.duration),
        sizeBytes: clip.sizeBytes, sourceStartS: Manifest.seconds(clip.sourceStart),
        leadInS: Manifest.seconds(clip.leadIn), method: clip.method.rawValue,
        methodReason: clip.reason,
        subtitles: clip.subtitles.map {
          .init(
            language: $0.language,
            file: ClipPlan.sidecarName(clip: file, language: $0.language))
        }))
  }
}
