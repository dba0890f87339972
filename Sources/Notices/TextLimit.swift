/// Cuts texts to what a receiver takes, at the end of a character and with a mark.
enum TextLimit {
  static func cut(_ text: String, toUTF8 limit: Int) -> String {
    cut(text, to: limit, mark: 3) { $0.utf8.count }
  }

  /// Receivers that count characters may mean any of several things; this counts most.
  static func cut(_ text: String, toUTF16 limit: Int) -> String {
    cut(text, to: limit, mark: 1) { $0.utf16.count }
  }

  private static func cut(
    _ text: String, to limit: Int, mark: Int, size: (Character) -> Int
  ) -> String {
    var room = limit
    var end = text.startIndex
    var endWithMark = end
    while end < text.endIndex {
      room -= size(text[end])
      guard room >= 0 else { return text[..<endWithMark] + "…" }
      text.formIndex(after: &end)
      if room >= mark { endWithMark = end }
    }
    return text
  }
}
