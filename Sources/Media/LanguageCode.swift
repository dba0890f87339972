import Subtitles

/// Three-letter codes, which MP4 and Matroska want.
package enum LanguageCode {
  /// ISO 639-2 (terminology) code of a BCP 47 tag; "und" where it is not known.
  package static func threeLetters(_ tag: String) -> String {
    let primary = LanguageTag.primary(tag) ?? tag.lowercased()
    if let code = codes[primary] { return code }
    let isCode = primary.utf8.count == 3 && primary.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    return isCode ? primary : "und"
  }

  private static let codes: [String: String] = {
    let pairs = """
      af afr ar ara az aze be bel bg bul bn ben bs bos ca cat cs ces cy cym da dan de deu el ell \
      en eng eo epo es spa et est eu eus fa fas fi fin fil fil fr fra ga gle gl glg gu guj he heb \
      hi hin hr hrv hu hun hy hye id ind is isl it ita ja jpn ka kat kk kaz km khm kn kan ko kor \
      ky kir la lat lo lao lt lit lv lav mk mkd ml mal mn mon mr mar ms msa mt mlt my mya ne nep \
      nb nob nl nld nn nno no nor pa pan pl pol pt por ro ron ru rus si sin sk slk sl slv sq sqi \
      sr srp sv swe sw swa ta tam te tel tg tgk th tha tl tgl tr tur uk ukr ur urd uz uzb vi vie \
      xh xho yi yid zh zho zu zul
      """.split(separator: " ").map(String.init)
    return Dictionary(
      uniqueKeysWithValues: stride(from: 0, to: pairs.count - 1, by: 2).map {
        (pairs[$0], pairs[$0 + 1])
      })
  }()
}
