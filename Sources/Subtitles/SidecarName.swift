/// What the name of a subtitle file beside an episode says.
///
/// Names are matched in any case and any Unicode normalisation. A name with a tag that is not known
/// doesn't match: it may well belong to another episode whose name begins alike.
package struct SidecarName: Sendable, Hashable {
  /// BCP 47 primary language subtag; nil when the name doesn't say it.
  package var language: String?
  /// Only what is foreign in the dialogue.
  package var isForced: Bool
  package var isHearingImpaired: Bool
  /// Of people who talk about the film.
  package var isCommentary: Bool
  /// Whether it does not bear the episode's name.
  package var isStranger = false
  /// Lowercase, without the dot.
  package var fileExtension: String

  /// What is not read among them is refused by name.
  package static let extensions: Set<String> = [
    "srt", "vtt", "ass", "ssa", "smi", "sub", "idx", "sup", "ttml", "dfxp",
  ]

  /// A file in the episode's own folder: `Stem.srt`, `Stem.en.srt`, `Stem.eng.forced.srt`.
  ///
  /// - Parameter episodeStem: the episode's file name without its extension.
  package init?(fileName: String, episodeStem: String) {
    guard let (base, fileExtension) = Self.split(fileName), !episodeStem.isEmpty else { return nil }
    let stem = episodeStem.lowercased()
    guard base.hasPrefix(stem) else { return nil }
    let rest = base.dropFirst(stem.count)
    guard rest.first.map({ "._- [(".contains($0) }) ?? true else { return nil }
    // Behind another mark than a dot all of it is one tag, which has to be known.
    let tags = rest.first == "." ? rest.split(separator: ".").map(String.init) : [String(rest)]
    self.init(tags: rest.isEmpty ? [] : tags, fileExtension: fileExtension)
  }

  /// A file in the folder of an episode that is the only one there, whatever it is called: `Film.srt`, `subs.en.srt`;
  /// but not one that names another episode.
  ///
  /// - Parameter episodeStem: the episode's file name without its extension.
  package init?(fileName: String, besideOnlyEpisode episodeStem: String) {
    guard let (base, fileExtension) = Self.split(fileName),
      EpisodeCode(in: base) == EpisodeCode(in: episodeStem),
      EpisodeCode(in: base) != nil || !Self.differInANumber(base, episodeStem.lowercased())
    else { return nil }
    var tags = base.split(separator: ".").map(String.init)[...]
    // As many tags at the end as are known.
    while !tags.isEmpty {
      if let name = SidecarName(tags: Array(tags), fileExtension: fileExtension) {
        self = name
        isStranger = true
        return
      }
      tags = tags.dropFirst()
    }
    self.init(tags: [], fileExtension: fileExtension)
    isStranger = true
  }

  /// A file in a `Subs` folder beside the episode: `Stem.en.srt`, `Stem/2_English.srt`,
  /// `2_English.srt`.
  ///
  /// - Parameters:
  ///   - fileNameInSubsFolder: the path from that folder on, with "/" between its parts.
  ///   - onlyEpisode: whether no other episode could own the folder; only then do names count that
  ///     don't hold the stem.
  package init?(fileNameInSubsFolder path: String, episodeStem: String, onlyEpisode: Bool) {
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last, parts.count <= 2, !episodeStem.isEmpty else { return nil }
    var isOwn = onlyEpisode
    if parts.count == 2 {
      guard parts[0].lowercased() == episodeStem.lowercased() else { return nil }
      isOwn = true
    }
    if let named = SidecarName(fileName: name, episodeStem: episodeStem) {
      self = named
      return
    }
    guard isOwn, let (base, fileExtension) = Self.split(name) else { return nil }
    let unnumbered = base.drop { $0.isASCII && $0.isNumber }.drop { "_-. ".contains($0) }
    let tags = unnumbered.split { $0 == "." || $0 == "," }.map(String.init)
    self.init(tags: tags, fileExtension: fileExtension)
  }

  /// "show - 01" and "show - 02" are two episodes.
  private static func differInANumber(_ one: String, _ other: String) -> Bool {
    let one = one.filter { $0.isLetter || $0.isNumber }
    let other = other.filter { $0.isLetter || $0.isNumber }
    let shared = one.commonPrefix(with: other)
    let next = (one.dropFirst(shared).first, other.dropFirst(shared).first)
    return next.0?.isNumber ?? false || next.1?.isNumber ?? false
      ? shared > 0 && one.count > shared && other.count > shared : false
  }

  private enum Tag {
    case language(String)
    case forced
    case hearingImpaired
    case commentary
    /// Says nothing that matters here.
    case neutral
  }

  private init?(tags: [String], fileExtension: String) {
    language = nil
    isForced = false
    isHearingImpaired = false
    isCommentary = false
    self.fileExtension = fileExtension
    var sawHi = false
    for tag in tags {
      // "Film.en.2.srt": a second one in that language.
      if language != nil, tag.allSatisfy({ $0.isASCII && $0.isNumber }), tag.count <= 2 { continue }
      guard let meanings = Self.meanings(of: tag, sawHi: &sawHi) else { return nil }
      for meaning in meanings {
        switch meaning {
        case .language(let code):
          guard language == nil || language == code else { return nil }
          language = code
        case .forced: isForced = true
        case .hearingImpaired: isHearingImpaired = true
        case .commentary: isCommentary = true
        case .neutral: break
        }
      }
    }
    // "hi" is Hindi where nothing else names a language, and hearing-impaired elsewhere.
    if sawHi {
      if language == nil { language = "hi" } else { isHearingImpaired = true }
    }
  }

  /// Nil when any part of the tag is not known.
  private static func meanings(of tag: String, sawHi: inout Bool) -> [Tag]? {
    let pieces = tag.split { " -_()[],+&".contains($0) }.map(String.init)
    guard !pieces.isEmpty else { return nil }
    let flags = pieces.map(flag)
    if flags.allSatisfy({ $0 == nil }), !pieces.contains("hi"),
      let code = LanguageTag.primary(pieces.count == 1 ? pieces[0] : tag)
    {
      return [.language(code)]
    }
    var meanings: [Tag] = []
    for (piece, flag) in zip(pieces, flags) {
      if let flag {
        meanings.append(flag)
      } else if piece == "hi" {
        if sawHi { meanings.append(.hearingImpaired) }
        sawHi = true
      } else if let code = LanguageTag.primary(piece) {
        meanings.append(.language(code))
      } else {
        return nil
      }
    }
    return meanings
  }

  private static func flag(_ piece: String) -> Tag? {
    switch piece {
    case "forced", "foreign", "signs", "songs": .forced
    case "sdh", "cc", "hoh", "captions": .hearingImpaired
    case "commentary", "comments": .commentary
    case "default", "full", "und", "normal", "regular", "sub", "subs", "subtitle", "subtitles",
      "synced", "sync",
      "resync", "utf8", "ai", "whisper", "subgen", "auto", "machine", "translated", "original":
      .neutral
    default: nil
    }
  }

  /// The lowercase name without its extension, and that; nil for files of other kinds.
  private static func split(_ fileName: String) -> (base: String, fileExtension: String)? {
    let name = fileName.lowercased()
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let fileExtension = String(name[name.index(after: dot)...])
    guard extensions.contains(fileExtension) else { return nil }
    return (String(name[..<dot]), fileExtension)
  }
}

extension String {
  /// The number of characters that two texts begin with in common.
  fileprivate func commonPrefix(with other: String) -> Int {
    zip(self, other).prefix { $0 == $1 }.count
  }
}
