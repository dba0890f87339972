import Foundation
import Subtitles
import Testing

/// Each file of the zoo is read as Tests/Zoo/expected.tsv says, which `make zoo` holds against other readers.
@Suite struct ZooTests {
  private static let table = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "Zoo/expected.tsv")

  @Test(.enabled(if: !SharedData.files(in: "zoo").isEmpty, SharedData.reason))
  func isReadAsTheTableSays() throws {
    let text = String(decoding: try Data(contentsOf: Self.table), as: UTF8.self)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
    let rows = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    let files = SharedData.files(in: "zoo").filter { $0.lastPathComponent != "MANIFEST.tsv" }
    #expect(rows.map { String($0[0]) }.sorted() == files.map(\.lastPathComponent).sorted())
    let known = Dictionary(uniqueKeysWithValues: rows.map { (String($0[0]), $0.map(String.init)) })
    for file in files {
      let name = file.lastPathComponent
      #expect(Array(known[name]?.dropFirst().prefix(5) ?? []) == (try row(of: file)), "\(name)")
    }
  }

  /// Format, charset, number of cues, the first and the last of them.
  private func row(of file: URL) throws -> [String] {
    do {
      let read = try SubtitleParser.parse(
        Array(Data(contentsOf: file)), .init(fileExtension: file.pathExtension))
      let shown = [read.cues.first, read.cues.last].map { cue in
        cue.map { "\($0.start.milliseconds)-\($0.end.milliseconds) \(crc32($0.text))" } ?? ""
      }
      return [read.format.rawValue, read.charset.name, "\(read.cues.count)"] + shown
    } catch let error as SubtitleError {
      return [error.code.rawValue, "", "0", "", ""]
    }
  }

  private func crc32(_ text: String) -> String {
    var rest = UInt32.max
    for byte in text.utf8 {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 0 ? rest >> 1 : rest >> 1 ^ 0xEDB8_8320 }
    }
    let digits = String(~rest, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
