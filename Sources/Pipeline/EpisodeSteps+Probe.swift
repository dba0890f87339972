import Expressions
import Foundation
import Logging
import Media
import Publishing
import Store
import Subtitles
import SystemPackage

extension EpisodeSteps {
  /// Opens the file in the media worker: is it an episode, which one, and what is in it.
  func probe(_ episode: EpisodeRecord, _ path: FilePath) async throws {
    board.post(episode.id, "looking at the file", fraction: 0.02)
    let probe = try await media.probe(path)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(probe), as: UTF8.self)
    let identity = try await store.recordProbe(
      of: episode, fingerprint: probe.fingerprint, probe: text, now: Self.now)
    switch identity {
    case .new:
      logger.info(
        "episode probed",
        metadata: [
          "container": "\(probe.container)", "duration_s": "\(Int(probe.duration.seconds))",
        ])
    case .known(let known, let origin):
      logger.notice(
        "known episode at another place", metadata: ["episode": "\(known)", "path": "\(path)"])
      try await revive(try await store.episode(known), origin: origin, at: path)
      board.clear(known)
    case .replaced:
      logger.info("the file was replaced while it was looked at")
    }
  }

  /// Gives an episode at rest what a new place of its file, or a person who asks for it, calls for.
  func revive(_ known: EpisodeRecord, origin: EpisodeOrigin, at path: FilePath) async throws {
    let isAsked = origin == .request
    switch known.state {
    case .done:
      guard isAsked else { return }
      guard let folder = known.folder.map(ClipFolder.init(at:)) else {
        return try await store.record(.askedAgain, of: known.id, now: Self.now)
      }
      // Outside of the libraries nobody sees that its subtitles change.
      try await store.postponeLook(at: known.id, until: Self.now)
      // Clips that lie beside it already, or are about to follow it, are not made again.
      let (fingerprints, layout) = (fingerprints(of: known), layout(of: known, path))
      let isThere = try await disk.run {
        FilePresence.of(folder.path) != .gone
          || ClipFolder.find(
            forEpisode: path, layout: layout, fingerprints: fingerprints, former: folder.path)
            != nil
      }
      if !isThere { try await store.recordClipsMissing(of: known.id, now: Self.now) }
    case .failed, .needsSubtitles, .needsProvider:
      if isAsked { _ = try await store.retry([known.id], now: Self.now) }
    case .leftAlone, .settling, .probing, .transcribing, .extracting, .grouping, .cutting: break
    }
  }
}
