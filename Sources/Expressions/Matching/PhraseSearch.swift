import Subtitles

/// One search for one pattern: every way that it can be laid over a run of tokens.
struct PhraseSearch {
  /// A word of a reading of a token.
  struct Cursor: Hashable {
    var token: Int
    var reading: Int
    var offset: Int
  }

  /// What was matched so far.
  struct Path {
    /// Positions of tokens that belong to the phrase, in order, each once.
    var tokens: [Int] = []
    var cost: Int
    var gapWords = 0
    var sentenceEnds = 0
  }

  let text: SpokenText
  let pattern: PhrasePattern
  /// Positions of the tokens that may be used.
  let window: Range<Int>
  private(set) var found: [Path] = []
  /// How well each place was reached from the present start, so that none is tried again for
  /// nothing: phrases and texts that repeat themselves have more ways than time.
  private var reached: [Step: Path] = [:]

  private struct Step: Hashable {
    var index: Int
    var cursor: Cursor
    var isSplit: Bool
  }

  /// An object between a verb and its particle has so many words at most.
  private static let longestGap = 4
  /// What stands for "someone" has so many words at most.
  private static let longestFill = 4

  init(_ text: SpokenText, _ pattern: PhrasePattern, in window: Range<Int>) {
    self.text = text
    self.pattern = pattern
    self.window = window
    for token in window {
      for (reading, words) in text.tokens[token].readings.enumerated() {
        for offset in words.indices {
          reached.removeAll(keepingCapacity: true)
          take(
            0, at: Cursor(token: token, reading: reading, offset: offset), Path(cost: pattern.cost))
        }
      }
    }
  }

  // MARK: One element

  private mutating func take(_ index: Int, at cursor: Cursor, _ path: Path) {
    let word = word(at: cursor)
    switch pattern.elements[index] {
    case .word(let wanted):
      if word.text == wanted.text {
        advance(from: index, cursor, path.adding(cursor.token, cost: min(cursor.reading, 1)))
      } else if pattern.isLoose, word.isForm(of: wanted, text.rules) {
        advance(from: index, cursor, path.adding(cursor.token, cost: 1))
      }
    case .reflexive:
      guard EnglishWords.reflexives.contains(word.text) else { return }
      advance(from: index, cursor, path.adding(cursor.token, cost: 1))
    case .pronoun:
      guard EnglishWords.pronouns.contains(word.text) else { return }
      advance(from: index, cursor, path.adding(cursor.token, cost: 0))
    case .possessive:
      let fills = fill(cursor, path) { $0.isPossessive(at: $1) }
      for fill in fills { advance(from: index, fill.end, fill.path) }
    case .filler:
      let fills = fill(cursor, path) { _, _ in true }
      for fill in fills { advance(from: index, fill.end, fill.path) }
    case .lastFiller:
      let fills = fill(cursor, path) { !$0.isDeterminer(at: $1) }
      if let fill = fills.first { advance(from: index, fill.end, fill.path) }
    }
  }

  /// The ways to take one to four words of one clause, up to one that may end them.
  private func fill(
    _ start: Cursor, _ path: Path, upTo mayEnd: (Self, Cursor) -> Bool
  ) -> [(end: Cursor, path: Path)] {
    var fills: [(end: Cursor, path: Path)] = []
    var cursor = start
    var path = path.adding(start.token, cost: 1)
    for count in 1...Self.longestFill {
      if mayEnd(self, cursor) { fills.append((cursor, path)) }
      let next = cursor.token + 1
      guard count < Self.longestFill, isLast(cursor), window.contains(next),
        text.tokens[next].boundary == .none
      else { break }
      cursor = Cursor(
        token: next, reading: 0, offset: text.tokens[next].readings[0].count - 1)
      path = path.adding(next, cost: 0)
    }
    return fills
  }

  private func isPossessive(at cursor: Cursor) -> Bool {
    let word = word(at: cursor).text
    return EnglishWords.possessives.contains(word) || word == "her" || word == "whose"
      || word.hasSuffix("'s")
  }

  private func isDeterminer(at cursor: Cursor) -> Bool {
    let word = word(at: cursor).text
    guard isLast(cursor), window.contains(cursor.token + 1),
      text.tokens[cursor.token + 1].boundary == .none
    else { return false }
    return EnglishWords.articles.contains(word) || EnglishWords.possessives.contains(word)
      || word.hasSuffix("'s")
  }

  // MARK: The way on

  private mutating func advance(from index: Int, _ cursor: Cursor, _ path: Path) {
    let next = index + 1
    guard next < pattern.elements.count else {
      found.append(path)
      return
    }
    if index > 0 {
      let step = Step(index: index, cursor: cursor, isSplit: path.gapWords > 0)
      if let earlier = reached[step], !(path.distance < earlier.distance) { return }
      reached[step] = path
    }
    guard isLast(cursor) else {
      var inside = cursor
      inside.offset += 1
      take(next, at: inside, path)
      return
    }
    follow(next, at: cursor.token + 1, path)
    // The "have" of "I've" has no particle.
    let isWhole = text.tokens[cursor.token].readings[cursor.reading].count == 1
    if isWhole, path.gapWords == 0, pattern.maySplit(before: next) {
      split(before: next, cursor.token, path)
    }
  }

  private mutating func follow(_ index: Int, at token: Int, _ path: Path) {
    guard window.contains(token) else { return }
    var path = path
    switch text.tokens[token].boundary {
    case .none, .clause: break
    case .sentence where !pattern.isLoose: path.sentenceEnds += 1
    case .sentence, .speaker: return
    }
    for reading in text.tokens[token].readings.indices {
      take(index, at: Cursor(token: token, reading: reading, offset: 0), path)
    }
  }

  private mutating func split(before index: Int, _ token: Int, _ path: Path) {
    var path = path
    for next in (token + 1)...(token + Self.longestGap) {
      guard window.contains(next + 1), text.tokens[next].boundary == .none,
        text.tokens[next].readings.allSatisfy({
          !EnglishWords.notInObjects.contains(text.words[$0[0]].text)
        })
      else { return }
      path.gapWords += 1
      guard text.tokens[next + 1].boundary == .none else { return }
      follow(index, at: next + 1, path)
    }
  }

  private func word(at cursor: Cursor) -> Word {
    text.words[text.tokens[cursor.token].readings[cursor.reading][cursor.offset]]
  }

  private func isLast(_ cursor: Cursor) -> Bool {
    cursor.offset == text.tokens[cursor.token].readings[cursor.reading].count - 1
  }
}

extension PhraseSearch.Path {
  /// How far it is from the phrase; the lower the better.
  fileprivate var distance: (Int, Int, Int) { (sentenceEnds, gapWords, cost) }

  func adding(_ token: Int, cost: Int) -> Self {
    var path = self
    if path.tokens.last != token { path.tokens.append(token) }
    path.cost += cost
    return path
  }
}
