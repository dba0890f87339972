import Expressions
import Foundation
import Lexicon
import Subtitles
import Testing

/// WordNet's files, whole and damaged.
@Suite(.enabled(if: LexiconFixture.isInstalled, "needs wordnet-base"))
struct WordNetTests {
  @Test(arguments: [
    ("calling", PartOfSpeech.verb, ["call"]), ("stopped", .verb, ["stop"]),
    ("went", .verb, ["go"]), ("feet", .noun, ["foot"]), ("boxes", .noun, ["box"]),
    ("ladies", .noun, ["lady"]), ("boss", .noun, ["boss"]), ("bigger", .adjective, ["big"]),
    ("nicest", .adjective, ["nice"]), ("axes", .noun, ["ax", "axis"]), ("qwxs", .verb, []),
  ])
  func baseForms(word: String, part: PartOfSpeech, bases: [String]) throws {
    let wordNet = try WordNet(folder: LexiconFixture.folder)
    #expect(wordNet.baseForms(of: word, as: part).filter { $0 != word || bases == [word] } == bases)
  }

  @Test func readsEntriesAndSynsets() throws {
    let wordNet = try WordNet(folder: LexiconFixture.folder)
    let entry = try #require(try wordNet.entry(of: "call_it_a_day", as: .verb))
    let synset = try #require(try wordNet.synset(at: entry.senses[0], as: .verb))
    #expect(synset.words == ["call_it_quits", "call_it_a_day"])
    #expect(synset.definition == "stop doing what one is doing")
    #expect(synset.frames == [2])
    #expect(try wordNet.entry(of: "call_it_a_da", as: .verb) == nil)
    #expect(try wordNet.entry(of: "zzz_zzz", as: .verb) == nil)
    #expect(try wordNet.entry(of: "", as: .verb) == nil)
    #expect(
      try wordNet.entries(startingWith: "spill", as: .verb).map(\.lemma)
        == ["spill_out", "spill_over", "spill_the_beans"])
    // The first and the last lines of an index are found too.
    #expect(try wordNet.entry(of: "zyrian", as: .noun) != nil)
    #expect(try wordNet.entry(of: "'hood", as: .noun) != nil)
  }

  @Test func aMissingFolderSaysHowToMendIt() async throws {
    await #expect {
      try await LexiconExtractor(folder: "/nowhere/wordnet")
    } throws: { error in
      let text = "\(error)"
      return (error as? LexiconError)?.kind == .missing && text.contains("/nowhere/wordnet/index.")
        && text.contains("apt-get install wordnet-base") && text.contains("lexicon.wordnet_folder")
    }
  }

  @Test func aFolderWithoutCountsSaysWhatIsMissing() async throws {
    try await LexiconFixture.withCopy { folder in
      try FileManager.default.removeItem(at: folder.appending(path: "cntlist.rev"))
      await #expect {
        try await LexiconExtractor(folder: folder.path())
      } throws: { error in
        (error as? LexiconError)?.kind == .missing && "\(error)".contains("cntlist.rev")
          && "\(error)".contains("apt-get install wordnet-base")
      }
    }
  }

  @Test(arguments: ["index.noun", "index.verb", "data.noun", "data.adv", "noun.exc", "cntlist.rev"])
  func aTruncatedFileIsNamed(name: String) async throws {
    try await LexiconFixture.withCopy { folder in
      let file = folder.appending(path: name)
      let whole = try Data(contentsOf: file)
      try whole.prefix(whole.count / 2).write(to: file)
      #expect {
        try WordNet(folder: folder.path())
      } throws: { error in
        (error as? LexiconError)?.kind == .damaged && "\(error)".contains(name)
      }
      try Data().write(to: file)
      #expect(throws: LexiconError.self) { try WordNet(folder: folder.path()) }
    }
  }

  @Test func truncationAtALineEndIsFoundByTheIndex() async throws {
    try await LexiconFixture.withCopy { folder in
      let file = folder.appending(path: "data.verb")
      let whole = try Data(contentsOf: file)
      let end = try #require(whole.prefix(whole.count / 2).lastIndex(of: UInt8(ascii: "\n")))
      try whole.prefix(through: end).write(to: file)
      #expect {
        try WordNet(folder: folder.path())
      } throws: { "\($0)".contains("data.verb") }
    }
  }

  @Test func anUnsortedIndexIsRefused() async throws {
    try await LexiconFixture.withCopy { folder in
      let file = folder.appending(path: "index.adv")
      var text = try String(contentsOf: file, encoding: .utf8)
      text += "aardvark r 1 0 1 0 00001981  \n"
      try Data(text.utf8).write(to: file)
      #expect {
        try WordNet(folder: folder.path())
      } throws: { "\($0)".contains("out of order") }
    }
  }

  @Test func damagedSynsetsFailTheBatchForGood() async throws {
    try await LexiconFixture.withCopy { folder in
      let file = folder.appending(path: "data.verb")
      let bytes = try Data(contentsOf: file)
      try Data(repeating: UInt8(ascii: "\n"), count: bytes.count).write(to: file)
      await #expect {
        try await LexiconExtractor(folder: folder.path()).answer(
          to: Batch(number: 1, leadIn: [], cues: LexiconFixture.cues(["Let's call it a day."])),
          for: LexiconFixture.request)
      } throws: { error in
        let failure = error as? ExtractionFailure
        return failure?.kind == .permanent && failure?.reason.contains("data.verb") == true
      }
    }
  }

  @Test func damageOfAWordThatOnlyTellsWhenFailsTheBatchToo() async throws {
    let batch = Batch(
      number: 1, leadIn: [], cues: LexiconFixture.cues(["They broke up last night."]))
    try await LexiconFixture.withCopy { folder in
      let whole = try await LexiconExtractor(folder: folder.path()).answer(
        to: batch, for: LexiconFixture.request)
      #expect(whole.answer.candidates.map(\.dictionaryForm) == ["break up"])
      let night = try #require(
        try WordNet(folder: folder.path()).entry(of: "night", as: .noun)?.senses.first)
      let file = folder.appending(path: "data.noun")
      var bytes = try Data(contentsOf: file)
      bytes.replaceSubrange(night..<(night + 12), with: Data(repeating: 0x78, count: 12))
      try bytes.write(to: file)
      await #expect {
        try await LexiconExtractor(folder: folder.path()).answer(
          to: batch, for: LexiconFixture.request)
      } throws: { error in
        let failure = error as? ExtractionFailure
        return failure?.kind == .permanent && failure?.reason.contains("data.noun") == true
      }
    }
  }

  /// Bytes overwritten anywhere must show as an error, or not at all, but never as a crash.
  @Test(arguments: 1...8)
  func randomDamageNeverCrashes(seed: UInt64) async throws {
    try await LexiconFixture.withCopy { folder in
      var random = SplitMix(state: seed)
      for name in ["data.verb", "data.adv", "index.verb", "verb.exc", "cntlist.rev"] {
        let file = folder.appending(path: name)
        var bytes = Array(try Data(contentsOf: file))
        // Fewer in the index, so that some copies pass the check at the start.
        let hits = name.hasPrefix("data") ? bytes.count / 40 : Int(seed % 3)
        for _ in 0..<hits {
          let place = Int.random(in: 2_000..<(bytes.count - 1), using: &random)
          bytes[place] = [0, 0xFF, 0x0A, 0x20, 0x39, 0x66].randomElement(using: &random) ?? 0
        }
        try Data(bytes).write(to: file)
      }
      guard let wordNet = try? WordNet(folder: folder.path()) else { return }
      var outcomes = 0
      for word in ["call", "turn", "take", "get", "on", "in", "by"] {
        for part in PartOfSpeech.allCases {
          let entries = (try? wordNet.entries(startingWith: word, as: part)) ?? []
          for offset in entries.flatMap(\.senses) {
            outcomes += 1
            _ = try? wordNet.synset(at: offset, as: part)
          }
        }
      }
      #expect(outcomes > 100)
      _ = try? ExpressionFinder(wordNet: wordNet, leastConfidence: 0).expressions(
        in: LexiconFixture.cues([
          "Call it a day and turn it off, or take a look by and large at the red tape.",
          "Get up in the morning, go to bed at night, and take me for granted last year.",
        ]))
    }
  }

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
