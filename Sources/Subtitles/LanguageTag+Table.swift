extension LanguageTag {
  /// A language in each line: its ISO 639-1 code, then whatever else names it. A language
  /// may take several lines; on a clash the earlier line wins.
  static let table = """
    en, eng, English, British English, American English
    es, spa, Spanish, Español, Castellano, Castilian, Castilian Spanish, European Spanish
    es, Latino, Latin American Spanish, Español Latinoamericano
    fr, fra, fre, French, Français, Canadian French, European French
    de, deu, ger, German, Deutsch
    it, ita, Italian, Italiano
    pt, por, Portuguese, Português, European Portuguese
    pt, pob, pb, Brazilian, Brazilian Portuguese, Português Brasileiro
    nl, nld, dut, Dutch, Nederlands, Flemish, Vlaams
    sv, swe, Swedish, Svenska
    no, nor, Norwegian, Norsk
    no, nb, nob, Bokmål, Norwegian Bokmål, Norsk Bokmål
    no, nn, nno, Nynorsk, Norwegian Nynorsk, Norsk Nynorsk
    da, dan, Danish, Dansk
    fi, fin, Finnish, Suomi
    is, isl, ice, Icelandic, Íslenska
    pl, pol, Polish, Polski
    cs, ces, cze, Czech, Čeština, Česky
    sk, slk, slo, Slovak, Slovenčina, Slovenský
    sl, slv, Slovenian, Slovene, Slovenščina
    hr, hrv, scr, Croatian, Hrvatski
    sr, srp, scc, Serbian, Srpski, Српски
    bs, bos, Bosnian, Bosanski
    mk, mkd, mac, Macedonian, Македонски
    sq, sqi, alb, Albanian, Shqip
    bg, bul, Bulgarian, Български
    ro, ron, rum, mo, mol, Romanian, Română, Moldavian
    hu, hun, Hungarian, Magyar
    el, ell, gre, Greek, Ελληνικά
    tr, tur, Turkish, Türkçe
    ru, rus, Russian, Русский
    uk, ukr, Ukrainian, Українська
    be, bel, Belarusian, Беларуская
    lt, lit, Lithuanian, Lietuvių
    lv, lav, Latvian, Latviešu
    et, est, Estonian, Eesti
    he, heb, iw, Hebrew, עברית
    ar, ara, Arabic, العربية
    fa, fas, per, Persian, Farsi, فارسی
    ur, urd, Urdu, اردو
    hi, hin, Hindi, हिन्दी, हिंदी
    bn, ben, Bengali, Bangla, বাংলা
    ta, tam, Tamil, தமிழ்
    te, tel, Telugu, తెలుగు
    ml, mal, Malayalam, മലയാളം
    kn, kan, Kannada, ಕನ್ನಡ
    mr, mar, Marathi, मराठी
    si, sin, Sinhala, Sinhalese, සිංහල
    th, tha, Thai, ไทย, ภาษาไทย
    vi, vie, Vietnamese, Tiếng Việt
    id, ind, in, Indonesian, Bahasa Indonesia
    ms, msa, may, Malay, Bahasa Melayu
    tl, tgl, fil, Filipino, Tagalog
    ko, kor, Korean, 한국어, 조선말
    ja, jpn, jap, Japanese, 日本語
    zh, zho, chi, cmn, yue, chs, cht, zht, zhe, zt, Chinese, Mandarin, Cantonese
    zh, Simplified Chinese, Traditional Chinese, 中文, 普通话, 國語, 粵語
    zh, 简体中文, 繁體中文, 繁体中文, 简体, 繁體
    ca, cat, Catalan, Català, Valencian
    eu, eus, baq, Basque, Euskara
    gl, glg, Galician, Galego
    ka, kat, geo, Georgian, ქართული
    hy, hye, arm, Armenian, Հայերեն
    az, aze, Azerbaijani, Azərbaycanca
    kk, kaz, Kazakh, Қазақша
    af, afr, Afrikaans
    cy, cym, wel, Welsh, Cymraeg
    ga, gle, Irish, Gaeilge
    """
}
