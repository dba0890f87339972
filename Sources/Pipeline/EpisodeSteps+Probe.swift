import Expressions
import Foundation
import Logging
import Media
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
      guard let folder = known.folder else {
        if isAsked { try await store.record(.askedAgain, of: known.id, now: Self.now) }
        return
      }
      // Clips that a person deleted stay deleted until asked for; those that went with another folder are made again.
      let home = folder.removingLastComponent().removingLastComponent().removingLastComponent()
      let isElsewhere = home != path.removingLastComponent()
      let isThere = try await disk.run { FilePresence.of(folder) != .gone }
      // Outside of the libraries nobody sees that its subtitles change.
      if isAsked { try await store.postponeLook(at: known.id, until: Self.now) }
      if !isThere, isAsked || isElsewhere {
        try await store.recordClipsMissing(of: known.id, now: Self.now)
      }
    case .failed, .needsSubtitles, .needsProvider:
      if isAsked { _ = try await store.retry([known.id], now: Self.now) }
    case .leftAlone, .settling, .probing, .transcribing, .extracting, .grouping, .cutting: break
    }
  }
}
