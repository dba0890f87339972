import Subtitles

/// What became of a clip's order.
package struct CutClip: Sendable, Codable, Hashable {
  package enum Method: String, Sendable, Codable, Hashable {
    case copy, encode
  }

  /// The order's.
  package var id: String
  /// Inside the order's folder; nil when nothing could be made.
  package var fileName: String?
  /// "mp4" or "matroska".
  package var container: String
  /// The clip's zero, on the episode clock.
  package var sourceStart: MediaTime
  package var duration: MediaTime
  /// From the clip's start to the context's start.
  package var leadIn: MediaTime
  package var sizeBytes: Int64
  package var method: Method
  /// Why it was encoded, not copied.
  package var reason: String?
  /// Why its sound was encoded though its pictures were copied; nil for a copy of both.
  package var soundReason: String?
  /// Why nothing could be made.
  package var failure: String?
  /// The subtitles in the clip, on the clip's own clock; tracks without a cue are left out.
  package var subtitles: [ClipSubtitles]
  package var extracts: [CutExtract]

  package init(
    id: String, fileName: String?, container: String, sourceStart: MediaTime, duration: MediaTime,
    leadIn: MediaTime, sizeBytes: Int64, method: Method, reason: String? = nil,
    soundReason: String? = nil, failure: String? = nil, subtitles: [ClipSubtitles] = [],
    extracts: [CutExtract] = []
  ) {
    self.id = id
    self.fileName = fileName
    self.container = container
    self.sourceStart = sourceStart
    self.duration = duration
    self.leadIn = leadIn
    self.sizeBytes = sizeBytes
    self.method = method
    self.reason = reason
    self.soundReason = soundReason
    self.failure = failure
    self.subtitles = subtitles
    self.extracts = extracts
  }

  /// A clip that could not be made.
  init(failed order: ClipOrder, reason: String?, failure: String) {
    self.init(
      id: order.id, fileName: nil, container: "", sourceStart: order.start,
      duration: order.end - order.start, leadIn: .zero, sizeBytes: 0, method: .encode,
      reason: reason, failure: failure)
  }
}
