/// One track in two languages: the original above, the translation below.
package enum BilingualTrack {
  /// Two source cues with one translation become one entry up to this length...
  private static let longestEntry = MediaTime.seconds(7)
  /// ... and this many lines.
  private static let mostLines = 4

  /// Entries in order of time, numbered from 1, on the times of the source cues. A translation is
  /// shown once; one without a partner is shown alone. Entries overlap only where source cues do.
  ///
  /// - Parameter marks: what is marked in each source cue, by its number, in UTF-8 code units.
  package static func cues(
    source: [Cue], other: [Cue], marks: [Int: [Range<Int>]]
  ) -> [MarkedCue] {
    let spoken = MarkedCue.joiningSpeakers(
      ordered(source).map { MarkedCue($0, marks: marks[$0.number] ?? []) })
    let marks = Dictionary(
      spoken.map { ($0.cue.number, $0.marks) }, uniquingKeysWith: { first, _ in first })
    let source = spoken.map(\.cue)
    let other = MarkedCue.joiningSpeakers(ordered(other).map { MarkedCue($0) }).map(\.cue)
    let pairs = TranscriptPairing.components(source, other)
    var isPaired = [Bool](repeating: false, count: source.count)
    var alone = Set(other.indices)
    for pair in pairs {
      for position in pair.source { isPaired[position] = true }
      alone.subtract(pair.other)
    }
    let loners = alone.sorted().map { other[$0] }
    var entries = source.indices.filter { !isPaired[$0] }.map { position in
      entry([source[position]], [], marks)
    }
    for pair in pairs {
      let originals = pair.source.map { source[$0] }
      let translations = pair.other.map { other[$0] }
      let isRun = zip(pair.source, pair.source.dropFirst()).allSatisfy { $0 + 1 == $1 }
      let whole = entry(originals, translations, marks)
      if originals.count > 1, translations.count == 1, isRun, fits(whole.cue),
        !loners.contains(where: { TranscriptPairing.overlap($0, whole.cue) > 0 })
      {
        entries.append(whole)
        continue
      }
      let homes = translations.map { home(of: $0, in: originals) }
      for (position, original) in originals.enumerated() {
        let own = zip(translations, homes).filter { $0.1 == position }.map(\.0)
        entries.append(entry([original], own, marks))
      }
    }
    entries += withoutOverlap(loners).map { MarkedCue($0) }
    entries.sort { ($0.cue.start, $0.cue.end) < ($1.cue.start, $1.cue.end) }
    for index in entries.indices { entries[index].cue.number = index + 1 }
    return entries
  }

  private static func ordered(_ cues: [Cue]) -> [Cue] {
    cues.filter { $0.end > $0.start }.enumerated().sorted {
      ($0.element.start, $0.element.end, $0.offset) < ($1.element.start, $1.element.end, $1.offset)
    }.map(\.element)
  }

  private static func fits(_ cue: Cue) -> Bool {
    cue.end - cue.start <= longestEntry
      && cue.text.unicodeScalars.count(where: \.isLineEnd) < mostLines
  }

  /// The position of the cue that a translation overlaps most, the earlier on a tie.
  private static func home(of translation: Cue, in originals: [Cue]) -> Int {
    let overlaps = originals.map { TranscriptPairing.overlap($0, translation) }
    return overlaps.max().flatMap { overlaps.firstIndex(of: $0) } ?? 0
  }

  /// Originals and translations as one entry, as long as the originals together.
  private static func entry(
    _ originals: [Cue], _ translations: [Cue], _ marks: [Int: [Range<Int>]]
  ) -> MarkedCue {
    var entry = MarkedCue(originals[0])
    entry.cue.end = originals.map(\.end).max() ?? entry.cue.end
    if originals.contains(where: { $0.speaker != originals[0].speaker }) {
      entry.cue.speaker = nil
    }
    var length = 0
    for original in originals {
      for mark in marks[original.number] ?? [] {
        let mark = mark.clamped(to: 0..<original.text.utf8.count)
        guard !mark.isEmpty else { continue }
        entry.marks.append(mark.lowerBound + length..<mark.upperBound + length)
      }
      length += original.text.utf8.count + 1
    }
    entry.cue.text = (originals + translations).map(\.text).joined(separator: "\n")
    return entry
  }

  /// Each after the one before; where no time is left, the text goes to that one.
  private static func withoutOverlap(_ cues: [Cue]) -> [Cue] {
    var result: [Cue] = []
    for var cue in cues {
      if let last = result.last {
        guard cue.end > last.end else {
          result[result.count - 1].text += "\n" + cue.text
          continue
        }
        cue.start = max(cue.start, last.end)
      }
      result.append(cue)
    }
    return result
  }
}
