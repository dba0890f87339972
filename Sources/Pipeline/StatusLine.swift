/// What a person wants to know at a glance, as `systemctl status` shows it.
struct StatusLine: Sendable, Equatable {
  var libraries: Int
  /// Libraries that are not watched in full.
  var troubled = 0
  var inWork = 0
  /// Of the episodes that are with the extractor.
  var batchesDone = 0
  var batchesTotal = 0
  /// What is being done right now, where no batch is out.
  var now: String?
  var clipsToday = 0
  /// Episodes that wait for subtitles or a provider.
  var waiting = 0
  var failed = 0
  /// Of providers that take nothing right now.
  var closures: [String] = []

  /// "3 episodes in work, 41 of 96 batches, 12 clips today; gemini waits until 14:05".
  var text: String {
    var parts: [String] = []
    if inWork > 0 {
      parts.append("\(Self.count(inWork, "episode")) in work")
      if batchesTotal > 0 {
        parts.append("\(batchesDone) of \(Self.count(batchesTotal, "batch", "batches"))")
      } else if let now, !now.isEmpty {
        parts.append(now)
      }
    } else {
      parts.append("Nothing in work, watching \(Self.count(libraries, "library", "libraries"))")
    }
    parts.append("\(Self.count(clipsToday, "clip")) today")
    var clauses = [parts.joined(separator: ", ")]
    if waiting > 0 { clauses.append("\(Self.count(waiting, "episode")) waiting") }
    if failed > 0 { clauses.append("\(failed) failed") }
    if troubled > 0 { clauses.append("\(troubled) of \(libraries) libraries in trouble") }
    return (clauses + closures).joined(separator: "; ")
  }

  private static func count(_ number: Int, _ word: String, _ words: String? = nil) -> String {
    "\(number) \(number == 1 ? word : words ?? word + "s")"
  }
}
