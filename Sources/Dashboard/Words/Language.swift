/// A language that pages are written in.
enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case korean = "ko"

  /// What it calls itself.
  var ownName: String {
    switch self {
    case .english: "English"
    case .korean: "한국어"
    }
  }

  /// The one to switch to.
  var other: Language {
    switch self {
    case .english: .korean
    case .korean: .english
    }
  }

  /// The one of a browser's `Accept-Language` that it wants most; English where it names none of ours.
  init(accepting header: String?) {
    var best: (language: Language, weight: Double)?
    for part in (header ?? "").prefix(1_000).split(separator: ",") {
      let fields = part.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
      guard let tag = fields.first?.split(separator: "-").first,
        let language = Language(rawValue: String(tag))
      else { continue }
      let quality = fields.dropFirst().first { $0.hasPrefix("q=") }
      let weight = quality.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      // Of two that are wanted alike the first one is meant.
      if weight > best?.weight ?? 0 { best = (language, weight) }
    }
    self = best?.language ?? .english
  }
}
