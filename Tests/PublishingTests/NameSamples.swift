/// Names that episodes bear, and what expressions may hold.
enum NameSamples {
  /// File stems.
  static let episodes = [
    "Show.S01E02.Pilot.1080p.WEB-DL.x264-GRP", "show s1e2", "Show - 1x02 - Pilot", "Show.101.Pilot",
    "Show 2024.01.31 Guest", "31-01-2024", "20240131", "Show E01", "Show Ep 1", "Show.Ep.01",
    "Show Part 1", "Show Part II", "Show.Part.One.Begin", "Part IV", "Pt.2 Night", "Show pt I",
    "Counter-Part-II end", "Part i part x part v part iii", "Show - 12", "12", "01 - Pilot",
    "S02E03E04",
    "S01E01-E02", "S01E01 - S01E02", "Show S01", "Season 1 Episode 3", "Episode 16", "1 of 6",
    "[Group] Show - 07 [ABCD1234]", "Show [1x05]", "Show.S2016E05", "S010E05", "Show 889", "8 1/2",
    "한국 드라마 3화", "제1화", "1화", "제12회 시작", "드라마.E05.241231.1080p-NEXT", "第4話", "[第12话]",
    "三体 第一集", "ドラマ 第１話 ①", "٣ ٤ حلقة", "Rocky Ⅱ", "𝟏𝟎𝟏", "1️⃣x0️⃣2️⃣", "CON", "nul",
    "Aux", "COM1", "LPT¹", "con.S01E01", "...", " . ", "-", "", "a/b\n\u{1B}c",
    "Who? <What>: \"*|\\",
    "\u{FFFD}\u{FFFD}x", "ends. ", "\u{202E}gpj.exe", "a\u{200B}b\u{200D}c\u{FEFF}", "\u{3164}",
    "e\u{301}\u{302}\u{303}tude", "한글", "\u{E000}private", "👩‍👩‍👧 Family 👍🏽", "1\u{1F3FB}",
    "*\u{1F3FB}#\u{1F3FB}", "\u{0D4E}/\u{0D4E}1", "Show trailer", "A Free Sample", "x-other",
    "x-short",
    String(repeating: "긴 제목 ", count: 40) + "S03E04", String(repeating: "é", count: 127),
    String(repeating: "a", count: 255), "a" + String(repeating: "\u{301}", count: 100),
    String(repeating: "Part vi", count: 30), "special", "Show.special", "Specials", "sp01",
  ]

  /// Dictionary forms, as an extractor may give them.
  static let phrases = [
    "give up", "I mean", "i guess so", "one thing at a time", "part one", "do your part i guess",
    "24/7",
    "on cloud 9", "catch-22", "../../../etc/passwd", "what's up?", "S01E01", "눈치가 빠르다", "一石二鳥",
    "", "...", "V for victory", "x marks the spot", "in part", "\u{0D4E}/x", "on the other-short",
    "free trailer", String(repeating: "so far and yet so near ", count: 30),
  ]

  /// Names of all sorts of characters, the same at every run.
  static func random(count: Int) -> [String] {
    var generator = Seeded(state: 0x5EED)
    let pieces = [
      "S01E02", "1x03", "Part", "part", "pt", " ", " ", ".", "-", "_", "II", "iv", "one", "Nine",
      "E", "e",
      "Episode", "7", "42", "2024", "화", "제", "第", "話", "한", "국", "\u{1112}\u{1161}", "か\u{3099}",
      "é",
      "e\u{301}", "\u{301}", "\u{200D}", "\u{202E}", "\u{2066}", "\u{FE0F}", "\u{AD}", "😀", "👨‍👩‍👦",
      "🇰🇷",
      "\u{FFFD}", "\u{E123}", "\u{0D4E}", "\u{0600}", "٣", "２", "②", "\u{7}", "/", "\\", ":", "*",
      "?", "\"",
      "<", ">", "|", "'", "&", "!", "~", "$", "%", "con", "NUL", "Ω", "Ⅻ", "\u{F900}", "\u{0958}",
      "İ", "ß",
    ]
    return (0..<count).map { _ in
      let length = Int.random(in: 0...24, using: &generator)
      return (0..<length).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }
  }

  /// SplitMix64.
  private struct Seeded: RandomNumberGenerator {
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
