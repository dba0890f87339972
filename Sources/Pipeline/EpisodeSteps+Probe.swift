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
      of: episode.id, fingerprint: probe.fingerprint, probe: text, now: Self.now)
    switch identity {
    case .new:
      logger.info(
        "episode probed",
        metadata: [
          "container": "\(probe.container)", "duration_s": "\(Int(probe.duration.seconds))",
        ])
    case .known(let known):
      logger.notice(
        "known episode at another place: nothing to do again",
        metadata: ["episode": "\(known)", "path": "\(path)"])
      board.clear(known)
    }
  }
}
