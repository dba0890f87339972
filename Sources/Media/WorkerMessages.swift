import SystemPackage

/// The one line that the worker reads.
struct WorkerRequest: Codable, Sendable {
  var memory: Int64
  /// Processor time in seconds, for the worker and for each program that it starts.
  var processorTime: Int64
  var job: WorkerJob
}

enum WorkerJob: Codable, Sendable {
  case probe(PathBytes)
  case subtitleTrack(PathBytes, stream: Int)
  case cut(CutOrder)

  /// For log and error messages.
  var fileName: String {
    let path =
      switch self {
      case .probe(let file), .subtitleTrack(let file, _): file.wrappedValue
      case .cut(let order): order.source
      }
    return path.lastComponent?.string ?? path.string
  }
}

/// The lines that the worker writes: any number of clips, then one of the others.
enum WorkerReply: Codable, Sendable {
  case clip(CutClip)
  case probe(Probe)
  case subtitleTrack(SubtitleTrack)
  case cutDone
  case failure(MediaFailure)
}
