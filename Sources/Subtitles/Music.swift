/// Takes sung lines out: `♪ la la ♪`, and `# la la #` of British captions.
enum Music {
  /// A song that is closed with its mark ends there. After an open "♪" it goes on until a line
  /// begins with a dash; an open "#" is its own line only.
  static func removed(
    from lines: [ArraySlice<Unicode.Scalar>]
  ) -> [ArraySlice<Unicode.Scalar>] {
    var kept: [ArraySlice<Unicode.Scalar>] = []
    // Counted from the end so that a long text is not searched once for each of its lines.
    let lastHash = lines.lastIndex { $0.last == "#" } ?? -1
    var position = 0
    while position < lines.count {
      let line = lines[position]
      let isDashed = line.first?.isSpeakerDash ?? false
      let words = isDashed ? line.dropFirst().trimmed : line
      if words.first?.isMusic ?? false {
        position += 1
        guard words.count == 1 || !(words.last?.isMusic ?? false) else { continue }
        guard words.contains(where: \.isLetter) else { continue }
        while position < lines.count, !(lines[position].first?.isSpeakerDash ?? false) {
          position += 1
          if lines[position - 1].last?.isMusic ?? false { break }
        }
      } else if words.first == "#", isHashSong(words, position, lastHash) {
        position += 1
        guard words.count == 1 || words.last != "#", lastHash >= position else { continue }
        while position < lines.count, lines[position].last != "#" { position += 1 }
        position += 1
      } else {
        if !(words.last?.isMusic ?? false) { kept.append(line) }
        position += 1
      }
    }
    return kept
  }

  /// "#1" and "#name" are no songs.
  private static func isHashSong(
    _ words: ArraySlice<Unicode.Scalar>, _ position: Int, _ lastHash: Int
  ) -> Bool {
    guard let second = words.dropFirst().first else { return true }
    return second.isBlank || words.last == "#" || lastHash > position && second.isLetter
  }
}
