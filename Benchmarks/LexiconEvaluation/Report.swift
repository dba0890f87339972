/// All figures of a run.
struct Report: Encodable {
  var corpora: [CorpusReport] = []
  var films: [FilmReport] = []

  var table: String {
    var lines = ["| corpus | what | P | R | F1 | right | wrong | missed |"]
    lines.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for corpus in corpora {
      let title = "\(corpus.name)\(corpus.verbalOnly ? " (verbal)" : "")"
      for row in corpus.rows {
        let score = row.score
        lines.append(
          "| \(title) | \(row.name) | \(Self.two(score.precision)) | \(Self.two(score.recall)) "
            + "| \(Self.two(score.f1)) | \(score.right) | \(score.wrong) | \(score.missed) |")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Two digits behind the point.
  private static func two(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}

/// The figures of one corpus, a row for each way to predict.
struct CorpusReport: Encodable {
  struct Row: Encodable {
    var name: String
    var score: Score
  }

  var name: String
  var verbalOnly: Bool
  var sentences: Int
  var rows: [Row] = []

  /// - Parameter list: whether the last predictor's decisions are printed.
  init(_ corpus: Corpus, predictors: [any Predictor], list: Bool) throws {
    name = corpus.name
    verbalOnly = corpus.isVerbal
    sentences = corpus.sentences.count
    for (index, predictor) in predictors.enumerated() {
      let score = try Self.score(
        predictor, on: corpus, list: list && index == predictors.count - 1)
      rows.append(Row(name: predictor.name, score: score))
      if predictor.showsItsLimit {
        rows.append(
          Row(name: "perfect filter over \(predictor.name)", score: score.perfectlyFiltered))
      }
    }
  }

  /// An expression is right only if exactly its tokens were marked.
  private static func score(
    _ predictor: any Predictor, on corpus: Corpus, list: Bool
  ) throws -> Score {
    var score = Score()
    for sentence in corpus.sentences {
      let expected = sentence.expressions
      let leftOut = sentence.leftOutTokens
      let predicted = try predictor.predictions(in: sentence, of: corpus).filter { prediction in
        leftOut.isDisjoint(with: prediction.tokens) && (prediction.isVerbal || !corpus.isVerbal)
      }
      let sets = Set(predicted.map(\.tokens))
      score.right += sets.intersection(expected).count
      score.wrong += sets.subtracting(expected).count
      score.missed += expected.subtracting(sets).count
      guard list else { continue }
      for prediction in predicted {
        let around =
          max(
            0, prediction.tokens[0] - 4)...min(
            sentence.tokens.count - 1, prediction.tokens[prediction.tokens.count - 1] + 4)
        print(
          expected.contains(prediction.tokens) ? "+" : "-", corpus.name, prediction.label, "|",
          sentence.tokens[around].joined(separator: " "))
      }
    }
    return score
  }
}
