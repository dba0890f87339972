import Foundation
import ServiceHost

/// What commands say: results on standard output, everything else on standard error.
enum Output {
  static func line(_ text: String = "") {
    // Nobody reads any more: `langflix status | head` wants no more lines.
    if !StandardStream.output.write(text + "\n") { exit(0) }
  }

  static func error(_ text: String) {
    StandardStream.error.write("langflix: \(text)\n")
  }

  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    line(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Asks on the terminal; no where there is none.
  static func confirms(_ question: String) -> Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
    StandardStream.error.write("\(question) [y/N] ")
    let answer = readLine()?.lowercased() ?? ""
    return answer == "y" || answer == "yes"
  }

  /// Text from file names and answers, without what a terminal would obey.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { HiddenCharacters.contains($0) ? "\u{FFFD}" : $0 }))
  }
}
