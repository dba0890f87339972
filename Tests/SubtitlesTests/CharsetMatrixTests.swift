import Foundation
import Testing

@testable import Subtitles

/// Dialogue in every charset that can hold it.
@Suite struct CharsetMatrixTests {
  private struct Sample {
    var name: String
    var language: String
    var text: String
  }

  /// A subtitle file of each language, and what lies in the shared data.
  private static let samples: [Sample] = {
    var samples = SpokenSamples.texts.map { language, text in
      let entries = text.split(separator: "\n").enumerated().map { index, line in
        "\(index + 1)\r\n00:00:0\(index),000 --> 00:00:0\(index),900\r\n\(line)\r\n"
      }
      return Sample(name: "sample", language: language, text: entries.joined(separator: "\r\n"))
    }
    for file in SharedData.files(in: "subtitles") where file.pathExtension == "vtt" {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      let name = file.lastPathComponent.split(separator: ".").map(String.init)
      samples.append(Sample(name: name[0], language: name[1], text: text))
    }
    return samples
  }()

  /// The bytes in a charset, where it holds all of the text and they are not in ASCII alone.
  private static func encoded(_ text: String, _ charset: String) -> [UInt8]? {
    guard let bytes = CharsetConverter.encode(text, as: charset),
      bytes.contains(where: { $0 >= 0x80 }),
      String(validating: bytes, as: UTF8.self) == nil,
      let back = CharsetConverter.convert(bytes[...], from: charset), back.errors == 0,
      String(decoding: back.bytes, as: UTF8.self) == text
    else { return nil }
    return bytes
  }

  private func misread(withHint: Bool) -> (failures: [String], pairs: Int) {
    var failures: [String] = []
    var pairs = 0
    for sample in Self.samples {
      for (charset, languages) in CharsetTable.languages where languages.contains(sample.language) {
        guard let bytes = Self.encoded(sample.text, charset) else { continue }
        pairs += 1
        let decoded = try? DecodedText(bytes, language: withHint ? sample.language : nil)
        let text = decoded.map { String(decoding: $0.bytes, as: UTF8.self) }
        if text != sample.text {
          failures.append(
            "\(sample.name) \(sample.language) in \(charset): \(decoded?.charset.description ?? "refused")"
          )
        }
      }
    }
    return (failures, pairs)
  }

  @Test func withTheLanguageEveryCharsetIsRead() {
    let (failures, pairs) = misread(withHint: true)
    #expect(pairs > 60)
    #expect(failures == [], "\(failures.count) of \(pairs)")
  }

  @Test func withoutTheLanguageToo() {
    let (failures, pairs) = misread(withHint: false)
    #expect(failures == [], "\(failures.count) of \(pairs)")
  }

  @Test func aWrongHintBeatsNoEvidence() {
    for sample in Self.samples where ["ko", "ja", "ru", "el", "zh"].contains(sample.language) {
      for (charset, languages) in CharsetTable.languages where languages.contains(sample.language) {
        guard let bytes = Self.encoded(sample.text, charset) else { continue }
        for hint in ["en", "pl", "tr"] {
          let decoded = try? DecodedText(bytes, language: hint)
          #expect(
            decoded.map { String(decoding: $0.bytes, as: UTF8.self) } == sample.text,
            "\(sample.name) \(sample.language) in \(charset) as \(hint)")
        }
      }
    }
  }

  @Test func aForcedCharsetIsTaken() throws {
    let polish = try #require(Self.samples.first { $0.language == "pl" })
    let bytes = try #require(Self.encoded(polish.text, "windows-1250"))
    for name in ["windows-1250", "cp1250", "CP1250", "Windows-1250"] {
      let decoded = try DecodedText(bytes, forced: name)
      #expect(decoded.charset == CharsetDecision(name: "windows-1250", basis: .forced))
      #expect(String(decoding: decoded.bytes, as: UTF8.self) == polish.text)
    }
    let latin = try DecodedText(bytes, forced: "latin1").charset.name
    #expect(latin == "ISO-8859-1")
    #expect(throws: SubtitleError.self) { try DecodedText(bytes, forced: "klingon") }
    #expect(DecodedText.isCharset("cp949") && DecodedText.isCharset("euc-kr"))
    #expect(
      !DecodedText.isCharset("klingon") && !DecodedText.isCharset("") && !DecodedText.isCharset("-")
    )
    // Unicode says so itself.
    #expect(try DecodedText(Array(polish.text.utf8), forced: "cp1250").charset.name == "UTF-8")
  }

  @Test func unicodeInEveryForm() throws {
    let text = "1\n00:00:01,000 --> 00:00:02,000\nÇa va 안녕 👋\n"
    for charset in ["UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"] {
      let mark = try #require(CharsetConverter.encode("\u{FEFF}", as: charset))
      let bytes = try #require(CharsetConverter.encode(text, as: charset))
      let decoded = try DecodedText(mark + bytes)
      #expect(decoded.charset == CharsetDecision(name: charset, basis: .mark))
      #expect(String(decoding: decoded.bytes, as: UTF8.self) == text)
      // An odd last byte costs nothing but itself.
      #expect(try DecodedText(mark + bytes + [0x20]).bytes == decoded.bytes)
    }
    let japanese = try #require(Self.samples.first { $0.language == "ja" })
    let escaped = try #require(CharsetConverter.encode(japanese.text, as: "ISO-2022-JP"))
    #expect(try DecodedText(escaped).charset.name == "ISO-2022-JP")
    #expect(String(decoding: try DecodedText(escaped).bytes, as: UTF8.self) == japanese.text)
  }

  /// Files of other projects, against their twins in UTF-8.
  @Test(.enabled(if: !SharedData.files(in: "zoo").isEmpty, SharedData.reason))
  func theZooIsReadRight() throws {
    let expected = [
      "ar.cp1256": "windows-1256", "fr.cp1252": "windows-1252", "ja.cp932": "Shift_JIS",
      "ja.euc_jp": "EUC-JP", "ja.iso2022_jp": "ISO-2022-JP", "ja.utf-16-be": "UTF-16BE",
      "ja.utf-16-le": "UTF-16LE", "ko.cp949": "EUC-KR", "ko.euc_kr": "EUC-KR",
      "ru.cp1251": "windows-1251", "ru.koi8_r": "KOI8-R", "zh.big5": "Big5",
      "zh.gb18030": "GB18030",
    ]
    for file in SharedData.files(in: "zoo") {
      guard let key = expected.keys.first(where: { file.lastPathComponent.contains("__\($0).") })
      else { continue }
      let decoded = try DecodedText(Array(Data(contentsOf: file)))
      #expect(decoded.charset.name == expected[key], "\(key): \(decoded.charset)")
      #expect(decoded.charset.basis != .statistics || decoded.charset.confidence >= 60, "\(key)")
    }
  }
}
