import Foundation

/// The note type of langflix's notes: its fields, its two cards and how they look.
///
/// Its number and its fields' order never change: a learner's collection holds notes of it.
enum AnkiNoteType {
  static let number: Int64 = 1_606_000_000_001
  static let name = "langflix expression"

  static let fields = [
    "Expression", "Dictionary form", "Meaning", "Translation", "Literal meaning", "Sentence",
    "Sentence translation", "Sound", "Picture", "Clip", "Register", "Level", "Similar",
    "Usage note", "Series", "Episode", "Time",
  ]

  static let cards: [(name: String, front: String, back: String)] = [
    (
      "Recognition",
      """
      <div class="sentence">{{Sentence}}</div>
      <div class="expression">{{Expression}}</div>
      """,
      """
      <div class="sentence">{{Sentence}}</div>
      <div class="expression">{{Expression}}</div>
      <hr id="answer">
      \(answer)
      """
    ),
    (
      "Listening",
      """
      {{#Sound}}<div class="ear" role="img" aria-label="Listen">&#128066;</div>{{Sound}}{{/Sound}}
      """,
      """
      {{Sound}}
      <div class="sentence">{{Sentence}}</div>
      <div class="expression">{{Expression}}</div>
      <hr id="answer">
      \(answer)
      """
    ),
  ]

  private static let answer = """
    {{#Translation}}<div class="translation">{{Translation}}</div>{{/Translation}}
    {{#Literal meaning}}<div class="literal">{{Literal meaning}}</div>{{/Literal meaning}}
    {{#Meaning}}<div class="meaning">{{Meaning}}</div>{{/Meaning}}
    {{#Sentence translation}}<div class="other">{{Sentence translation}}</div>{{/Sentence translation}}
    {{#Picture}}<div class="picture">{{Picture}}</div>{{/Picture}}
    {{Clip}}
    {{#Usage note}}<div class="note">{{Usage note}}</div>{{/Usage note}}
    {{#Similar}}<div class="similar">&asymp; {{Similar}}</div>{{/Similar}}
    <div class="source">{{Dictionary form}}{{#Level}} · {{Level}}{{/Level}}{{#Register}} · {{Register}}{{/Register}}
    <br>{{Series}} {{Episode}}{{#Time}} · {{Time}}{{/Time}}</div>
    """

  private static let style = """
    .card { font-family: system-ui, sans-serif; font-size: 20px; text-align: center; line-height: 1.45; }
    .sentence { max-width: 34em; margin: 0.6em auto; }
    .expression { font-size: 1.4em; font-weight: 600; margin: 0.4em 0; }
    .translation { font-size: 1.2em; }
    .literal, .other, .note, .similar, .source { opacity: 0.75; margin-top: 0.5em; }
    .literal, .source { font-size: 0.8em; }
    .ear { font-size: 3em; }
    .picture img { max-width: 100%; max-height: 40vh; border-radius: 6px; }
    """

  /// As the collection's table `col` keeps it.
  static func json(deck: Int64) -> [String: Any] {
    [
      "id": number, "name": name, "type": 0, "mod": 0, "usn": -1, "sortf": 0, "did": deck,
      "css": style, "latexPre": latexBefore, "latexPost": "\\end{document}", "tags": [String](),
      "vers": [Int](),
      "flds": fields.enumerated().map { place, field in
        [
          "name": field, "ord": place, "sticky": false, "rtl": false, "font": "Arial", "size": 20,
          "media": [String](),
        ] as [String: Any]
      },
      "tmpls": cards.enumerated().map { place, card in
        [
          "name": card.name, "ord": place, "qfmt": card.front, "afmt": card.back, "bqfmt": "",
          "bafmt": "", "did": NSNull(),
        ] as [String: Any]
      },
      // Which fields a card needs so as not to be empty.
      "req": [
        [0, "any", [0, 5]] as [Any],
        [1, "all", [soundField]] as [Any],
      ],
    ]
  }

  static let soundField = 7

  private static let latexBefore = """
    \\documentclass[12pt]{article}
    \\special{papersize=3in,5in}
    \\usepackage[utf8]{inputenc}
    \\usepackage{amssymb,amsmath}
    \\pagestyle{empty}
    \\setlength{\\parindent}{0in}
    \\begin{document}
    """
}
