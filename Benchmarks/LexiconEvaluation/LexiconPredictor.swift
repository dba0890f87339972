import Lexicon
import Subtitles

/// The lexicon's own finder, given each sentence as a cue.
struct LexiconPredictor: Predictor {
  let finder: ExpressionFinder
  let name = "lexicon"
  let showsItsLimit = false

  func predictions(in sentence: Sentence, of corpus: Corpus) throws -> [Prediction] {
    let laidOut = SentenceText(sentence, joinsLoneHyphens: corpus.losesHyphens)
    let cue = Cue(number: 1, start: .zero, end: .zero, text: laidOut.text)
    return try finder.expressions(in: [cue]).compactMap { found in
      var tokens: Set<Int> = []
      for word in found.words {
        let touched = laidOut.tokens(in: word.range)
        // The lemma's "be" is the second half of "it's" only.
        if word.lemma == "be", touched.count > 1, let last = touched.last {
          tokens.insert(last)
        } else {
          tokens.formUnion(touched)
        }
      }
      // What the corpus holds for one token can't be an expression of several.
      guard tokens.count > 1 else { return nil }
      return Prediction(
        tokens: tokens.sorted(), isVerbal: found.partOfSpeech == .verb,
        label: "\(found.lemma) \(found.partOfSpeech) \((found.confidence * 100).rounded() / 100)")
    }
  }
}
