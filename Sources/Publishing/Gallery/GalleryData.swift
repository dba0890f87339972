/// What a page's script makes the page of. Times are on each clip's clock, in seconds.
struct GalleryData: Encodable, Equatable {
  enum Kind: String, Encodable { case episode, season }

  struct Episode: Encodable, Equatable {
    var title: String
    /// Of its own page; nil on that page itself.
    var href: String?
    var source: String?
    var target: String?
    /// Parts of the dialogue that are still to be searched.
    var pending: Int
    /// Parts of the dialogue that could not be searched.
    var failed: Int
    var groups: [Group]
  }

  struct Group: Encodable, Equatable {
    /// Its first cue's number, which stays whatever comes later.
    var cue: Int
    var clip: String?
    var poster: String?
    var failure: String?
    /// Where its dialogue begins in the episode, in seconds.
    var at: Double
    var cues: [Cue]
    var expressions: [Expression]
  }

  struct Cue: Encodable, Equatable {
    var start: Double
    var end: Double
    var text: String
    var speaker: String?
    var translation: String?
    var marks: [Mark]
  }

  /// Where an expression stands in a cue's text, in UTF-16 code units.
  struct Mark: Encodable, Equatable {
    var start: Int
    var end: Int
    /// Its place among the group's expressions.
    var expression: Int
  }

  struct Expression: Encodable, Equatable {
    var form: String
    var phrase: String
    var partOfSpeech: String?
    var meaning: String?
    var translation: String?
    var literal: String?
    var note: String?
    var register: String?
    var level: String?
    var similar: [String]
    var examples: [String]
    /// Whether it is one that the clip was not chosen for.
    var also: Bool
    /// Its sentence.
    var from: Double
    var to: Double
    /// The sentence's own file.
    var extract: String?
  }

  struct Link: Encodable, Equatable {
    var title: String
    var href: String
  }

  var kind: Kind
  var title: String
  var episodes: [Episode]
  /// Episodes that are not shown here.
  var others: [Link]
}
