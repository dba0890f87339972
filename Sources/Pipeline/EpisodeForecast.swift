import Control
import Expressions
import Settings
import Subtitles

/// What one episode would take, as far as it can be told without asking anybody. Pure.
struct EpisodeForecast: Sendable, Equatable {
  var keptAnswers = 0
  var requests = EstimateReport.Span(0, 0)
  var inputTokens = EstimateReport.Span(0, 0)
  var outputTokens = EstimateReport.Span(0, 0)
  var costUSD = EstimateReport.Span(0.0, 0.0)
  var clips = EstimateReport.Span(0, 0)
  var clipBytes = EstimateReport.Span<Int64>(0, 0)

  /// How far a count of tokens may be off before a tokenizer has seen the text, and before there is an answer: some find
  /// hardly anything, others twice as much as is usual.
  private static let inputShare = 0.75...1.3
  private static let outputShare = 0.4...2.0
  /// Lines of dialogue in a minute of a film; quiet ones have fewer, sitcoms more.
  static let cuesPerMinute = 6.0...22.0
  /// Many an episode holds no more than so much of the clips that it may have.
  private static let leastClips = 0.3

  /// Adds a batch that would be asked; where lines are guessed, to one end alone.
  mutating func ask(
    _ usage: TokenUsage, price: TokenPrice, atLeast: Bool = true, atMost: Bool = true
  ) {
    if atLeast {
      let scaled = Self.scaled(usage, Self.inputShare.lowerBound, Self.outputShare.lowerBound)
      requests.least += 1
      inputTokens.least += scaled.input
      outputTokens.least += scaled.output
      costUSD.least += price.cost(of: scaled)
    }
    if atMost {
      let scaled = Self.scaled(usage, Self.inputShare.upperBound, Self.outputShare.upperBound)
      requests.most += 1
      inputTokens.most += scaled.input
      outputTokens.most += scaled.output
      costUSD.most += price.cost(of: scaled)
    }
  }

  private static func scaled(
    _ usage: TokenUsage, _ inputShare: Double, _ outputShare: Double
  ) -> TokenUsage {
    TokenUsage(
      input: Int((Double(usage.input) * inputShare).rounded()),
      output: Int((Double(usage.output) * outputShare).rounded()))
  }

  /// Adds the clips, as packets of the episode's own.
  /// - Parameters:
  ///   - most: clips that it may have.
  ///   - seconds: of the episode.
  mutating func cut(
    most: Int, ofBytes bytes: Int64, seconds: Double, selection: SelectionSettings,
    clip: ClipSettings
  ) {
    let least = max(min(1, most), Int(Double(most) * Self.leastClips))
    clips = EstimateReport.Span(least, max(least, most))
    guard seconds > 0 else { return }
    let rate = Double(bytes) / seconds
    let copies = Self.copies(clip)
    let shortest = selection.contextMinimum.seconds
    let longest = selection.contextMaximum.seconds + clip.leadInMaximum.seconds
    let low = min(seconds, Double(clips.least) * shortest) * rate * copies
    let high = min(seconds, Double(clips.most) * longest) * rate * copies
    clipBytes = EstimateReport.Span(Int64(low), Int64(max(low, high)))
  }

  /// How often each clip is on the disk: the reel is all clips once more.
  static func copies(_ clip: ClipSettings) -> Double { clip.reel == .on ? 2 : 1 }

  /// Lines that stand for those that can't be read without reading the whole file.
  static func guessedTranscript(cues: Int, language: String) -> Transcript {
    Transcript(
      language: language,
      cues: (1...max(1, cues)).map {
        Cue(number: $0, start: .zero, end: .zero, text: "What would you have done in my place?")
      })
  }
}
