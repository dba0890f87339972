/// What WordNet's sentence frames say about a verb.
enum Frames {
  /// Frames such as "Somebody ----s something".
  private static let withObject: Set = [
    8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20, 21, 24, 25, 26, 30, 31,
  ]

  static func takesObject(_ synset: Synset) -> Bool {
    synset.frames.contains(where: withObject.contains)
  }

  static func standsAlone(_ synset: Synset) -> Bool {
    synset.frames.contains { !withObject.contains($0) }
  }
}
