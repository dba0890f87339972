import Foundation

/// A manifest as a page needs it, read as leniently as can be: people edit it, and older versions wrote less.
struct GalleryManifest: Decodable {
  struct Episode: Decodable {
    var name: String?
    var file: String?
  }
  struct Languages: Decodable {
    var source: String?
    var target: String?
  }
  struct Extract: Decodable {
    var dictionaryForm: String?
    var file: String?
    var startS: Double?
    var durationS: Double?
  }
  struct Clip: Decodable {
    var file: String?
    var poster: String?
    var durationS: Double?
    var extracts: [Lenient<Extract>]?
  }
  struct Context: Decodable {
    var firstCue: Int?
    var startS: Double?
  }
  struct Cue: Decodable {
    var number: Int
    var startS: Double
    var endS: Double
    var text: String
    var speaker: String?
    var translation: String?
  }
  struct Span: Decodable {
    var cue: Int
    var start: Int
    var end: Int
  }
  struct Expression: Decodable {
    var phrase: String?
    var dictionaryForm: String
    var partOfSpeech: String?
    var meaning: String?
    var examples: [String]?
    var translation: String?
    var literalMeaning: String?
    var register: String?
    var level: String?
    var similar: [String]?
    var usageNote: String?
    var cues: [Int]?
    var spans: [Lenient<Span>]?
  }
  struct Group: Decodable {
    var number: Int?
    var state: String?
    var clip: Clip?
    var failure: String?
    var context: Context?
    var cues: [Lenient<Cue>]?
    var expressions: [Lenient<Expression>]?
    var alsoHere: [Lenient<Expression>]?
  }

  var episode: Episode?
  var languages: Languages?
  var groups: [Lenient<Group>]?
  var failedBatches: Int?
  var pendingBatches: Int?

  /// Nil for what is no manifest.
  init?(_ bytes: [UInt8]) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let manifest = try? decoder.decode(GalleryManifest.self, from: Data(bytes)) else {
      return nil
    }
    self = manifest
  }

  /// One of a list, which may be nonsense without spoiling the others.
  struct Lenient<Value: Decodable>: Decodable {
    let value: Value?

    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
  }
}

extension Optional {
  /// What can be read of a list.
  func readable<Value>() -> [Value] where Wrapped == [GalleryManifest.Lenient<Value>] {
    (self ?? []).compactMap(\.value)
  }
}
