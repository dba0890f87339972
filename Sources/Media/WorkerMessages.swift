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
  case reel(ReelOrder)
  case posters(PosterOrder)

  /// For log and error messages.
  var fileName: String {
    let path =
      switch self {
      case .probe(let file), .subtitleTrack(let file, _): file.wrappedValue
      case .cut(let order): order.source
      case .reel(let order): order.folder.appending(order.stem)
      case .posters(let order): order.posters.first?.clip ?? "posters"
      }
    return path.lastComponent?.string ?? path.string
  }
}

/// The lines that the worker writes: any number of clips, of signs of life and at most one index, then one of the
/// others.
enum WorkerReply: Codable, Sendable {
  case clip(CutClip)
  case index(KeyframeIndex)
  /// How many seconds of the clip that must be encoded are done.
  case encoding(clip: String, seconds: Double)
  /// A sign of life: a long file is being read from end to end, or a poster is there.
  case reading
  case probe(Probe)
  case subtitleTrack(SubtitleTrack)
  case cutDone
  case reel(Reel)
  case posters(MadePosters)
  case failure(MediaFailure)
}

extension WorkerReply {
  /// Whether more lines follow.
  var isNews: Bool {
    switch self {
    case .clip, .index, .encoding, .reading: true
    case .probe, .subtitleTrack, .cutDone, .reel, .posters, .failure: false
    }
  }
}
